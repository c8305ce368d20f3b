import Engine
import YAML

/// Severities, of which front matter may state some, and of each a part.
struct ExactSeverities: ExactForm {
  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    let nodes = try fields.facts("severities") { [$0] }
    guard nodes.count <= SchemaReader.mostSeverities else {
      throw reader.context.error(
        at: nodes[SchemaReader.mostSeverities],
        "more than \(SchemaReader.mostSeverities) severities", remedy: "leave some out")
    }
    for node in nodes { reader.severities.append(try severity(node, &reader)) }
    reader.procedure.severities = reader.severities.enumerated().map { index, stated in
      stated.whole(rank: index + 1)
    }
  }

  private func severity(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> PartialProcedure.PartialSeverity {
    let fields = try SchemaFields(
      node, "a severity",
      keys: ["id", "name", "rank", "targets", "rules", "definition", "examples"], reader.context)
    _ = try fields.required("id", "SEV-1")
    let id = try reader.id(fields, from: "", in: .severities)
    return PartialProcedure.PartialSeverity(
      id: id, name: try fields.text("name"), rank: try fields.integer("rank", in: 0...99),
      targets: fields.states("targets") ? try targets(fields) : nil,
      rules: fields.states("rules") ? try rules(fields) : nil,
      definition: fields.states("definition") ? try passages(fields, "definition") : nil,
      examples: fields.states("examples") ? try passages(fields, "examples") : nil,
      line: fields.line)
  }

  /// A list of targets, or a short mapping of kinds to times.
  private func targets(_ fields: SchemaFields) throws(ProcedureError) -> [Severity.Target] {
    guard let entries = try fields.value("targets")?.entries else {
      return try fields.facts("targets") { node throws(ProcedureError) in
        [try target(node, fields.context)]
      }
    }
    var targets: [Severity.Target] = []
    for entry in entries {
      guard let kind = Severity.Target.Kind(rawValue: entry.key.lowercased()) else {
        throw fields.context.error(
          line: entry.line, column: entry.column, "unknown target '\(entry.key)'",
          remedy: NearestMatch.remedy(
            entry.key, among: Severity.Target.Kind.allCases.map(\.rawValue)))
      }
      let within = try fields.allowance(of: entry.value)
      targets.append(
        Severity.Target(kind: kind, within: within, text: words(kind, within), line: entry.line))
    }
    return targets
  }

  private func target(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Severity.Target {
    let fields = try SchemaFields(
      node, "a target",
      keys: [
        "kind", "within", "seconds", "max_seconds", "business_days", "business_hours", "audience",
        "text",
      ], context)
    guard let kind: Severity.Target.Kind = try fields.choice("kind") else {
      throw fields.missing("kind", "acknowledge")
    }
    guard let within = try fields.allowance("within", "seconds") else {
      throw fields.missing("within", "15m")
    }
    return Severity.Target(
      kind: kind, within: within, audience: try fields.text("audience"),
      text: try fields.text("text") ?? words(kind, within), line: fields.line)
  }

  private func words(_ kind: Severity.Target.Kind, _ within: Allowance) -> String {
    "\(kind.rawValue) within \(AllowanceText.write(within))"
  }

  /// A list of rules, or a short mapping of labels to texts.
  private func rules(_ fields: SchemaFields) throws(ProcedureError) -> [Severity.Rule] {
    guard let entries = try fields.value("rules")?.entries else {
      return try fields.facts("rules") { node throws(ProcedureError) in
        let inner = try SchemaFields(node, "a rule", keys: ["label", "text"], fields.context)
        return [
          Severity.Rule(
            label: try inner.text("label") ?? "", text: try inner.required("text", "tell support"),
            line: inner.line)
        ]
      }
    }
    var rules: [Severity.Rule] = []
    for entry in entries {
      rules.append(
        Severity.Rule(
          label: entry.key, text: try fields.text(of: entry.value, entry.key), line: entry.line))
    }
    return rules
  }

  /// A list of texts or of mappings with a line of their own, or one text.
  private func passages(
    _ fields: SchemaFields, _ name: String
  ) throws(ProcedureError) -> [Severity.Passage] {
    guard let value = try fields.value(name) else { return [] }
    if let text = value.text { return [Severity.Passage(text: text, line: value.line)] }
    return try fields.facts(name) { node throws(ProcedureError) in
      if let text = node.text { return [Severity.Passage(text: text, line: node.line)] }
      let inner = try SchemaFields(node, "a passage", keys: ["text"], fields.context)
      return [
        Severity.Passage(
          text: try inner.required("text", "nobody can sign in"), line: inner.line)
      ]
    }
  }

  func yaml(of procedure: Procedure) -> YAMLValue? { .list(procedure.severities.map(\.yaml)) }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    guard frontMatter.stated.contains(.severities) else { return }
    var result = prose.severities
    for severity in frontMatter.severities {
      if let index = result.firstIndex(where: { isSameName($0.id, severity.id) }) {
        result[index] = severity.laid(over: result[index])
      } else {
        result.append(severity.whole(rank: result.count + 1))
      }
    }
    // A stable sort: equal ranks keep the order of the document.
    prose.severities = result.enumerated().sorted { one, other in
      (one.element.rank, one.offset) < (other.element.rank, other.offset)
    }.map(\.element)
  }
}

extension Severity {
  fileprivate var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("id", id)
    map.add("name", name)
    map.add("rank", .integer(rank))
    map.add(
      "targets",
      targets.map { target in
        var inner = MapBuilder()
        inner.add("kind", target.kind.rawValue)
        inner.add("within", AllowanceText.write(target.within))
        inner.add("audience", target.audience)
        inner.add("text", target.text)
        return inner.value(line: target.line)
      })
    map.add(
      "rules",
      rules.map { rule in
        var inner = MapBuilder()
        inner.add("label", rule.label)
        inner.add("text", rule.text)
        return inner.value(line: rule.line)
      })
    map.add("definition", definition.map(\.yaml))
    map.add("examples", examples.map(\.yaml))
    return map.value(line: line)
  }
}

extension Severity.Passage {
  fileprivate var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("text", text)
    return map.value(line: line)
  }
}
