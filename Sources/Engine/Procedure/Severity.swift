/// How bad an incident is, and what that obliges to.
package struct Severity: Hashable, Sendable {
  package var id: String
  package var name: String
  /// 1 is the worst.
  package var rank: Int
  package var targets: [Target] = []
  /// Who is told and who joins, in the document's words: shown at declaration.
  package var rules: [Rule] = []
  /// What makes an incident one of this severity, in the document's words: shown where one is chosen.
  package var definition: [Passage] = []
  package var examples: [Passage] = []
  package var line: Int

  package init(id: String, name: String, rank: Int, line: Int) {
    self.id = id
    self.name = name
    self.rank = rank
    self.line = line
  }

  package struct Target: Hashable, Sendable {
    package var kind: Kind
    package var within: Allowance
    /// Whom a `communicate` target is about.
    package var audience: String?
    /// The document's words, quoted beside the countdown.
    package var text: String
    package var line: Int

    package init(
      kind: Kind, within: Allowance, audience: String? = nil, text: String, line: Int
    ) {
      self.kind = kind
      self.within = within
      self.audience = audience
      self.text = text
      self.line = line
    }

    package enum Kind: String, CaseIterable, Sendable {
      case acknowledge, respond, triage, mitigate, resolve, communicate
    }
  }

  package struct Rule: Hashable, Sendable {
    package var label: String
    package var text: String
    package var line: Int

    package init(label: String, text: String, line: Int) {
      self.label = label
      self.text = text
      self.line = line
    }
  }

  /// Words of the document.
  package struct Passage: Hashable, Sendable {
    package var text: String
    package var line: Int

    package init(text: String, line: Int) {
      self.text = text
      self.line = line
    }
  }
}

extension Severity: ProcedureFact {
  package init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, name: json["name"]?.string ?? id, rank: json.int("rank") ?? 1,
      line: json.int("line") ?? 0)
    targets = json.facts("targets")
    rules = json.facts("rules")
    definition = json.facts("definition")
    examples = json.facts("examples")
  }

  package var json: JSON {
    .object([
      "id": .string(id), "name": .string(name), "rank": .whole(rank), "line": .whole(line),
      "targets": .facts(targets), "rules": .facts(rules),
      "definition": definition.isEmpty ? nil : .facts(definition),
      "examples": examples.isEmpty ? nil : .facts(examples),
    ])
  }
}

extension Severity.Target: ProcedureFact {
  package init?(json: JSON) {
    guard let kind: Kind = json.word("kind"), let within = Allowance(json: json, key: "seconds")
    else { return nil }
    self.init(
      kind: kind, within: within, audience: json["audience"]?.string,
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(
      [JSON.Member("kind", .string(kind.rawValue))] + within.members("seconds")
        + (audience.map { [JSON.Member("audience", .string($0))] } ?? [])
        + [JSON.Member("text", .string(text)), JSON.Member("line", .whole(line))])
  }
}

extension Severity.Rule: ProcedureFact {
  package init?(json: JSON) {
    guard let text = json["text"]?.string else { return nil }
    self.init(label: json["label"]?.string ?? "", text: text, line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(["label": .string(label), "text": .string(text), "line": .whole(line)])
  }
}

extension Severity.Passage: ProcedureFact {
  package init?(json: JSON) {
    guard let text = json["text"]?.string else { return nil }
    self.init(text: text, line: json.int("line") ?? 0)
  }

  package var json: JSON { .object(["text": .string(text), "line": .whole(line)]) }
}
