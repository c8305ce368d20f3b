import Engine
import YAML

extension SchemaReader {
  /// Far more than any team has; each fact may name all of them.
  private static var mostSeverities: Int { 64 }

  mutating func readSeverities(_ fields: SchemaFields) throws(ProcedureError) {
    var ids = TakenIDs()
    let nodes = try fields.facts("severities") { [$0] }
    guard nodes.count <= Self.mostSeverities else {
      throw context.error(
        at: nodes[Self.mostSeverities], "more than \(Self.mostSeverities) severities",
        remedy: "leave some out")
    }
    for node in nodes {
      let inner = try SchemaFields(
        node, "a severity", keys: ["id", "name", "rank", "targets", "rules"], context)
      _ = try inner.required("id", "SEV-1")
      let id = try id(inner, from: "", &ids)
      let partial = PartialProcedure.PartialSeverity(
        id: id, name: try inner.text("name"), rank: try inner.integer("rank", in: 0...99),
        targets: inner.states("targets") ? try targets(inner) : nil,
        rules: inner.states("rules") ? try rules(inner) : nil, line: inner.line)
      severities.append(StatedSeverity(partial: partial, node: node))
    }
    procedure.severities = severities.enumerated().map { index, stated in
      stated.partial.whole(rank: index + 1)
    }
  }

  /// A list of targets, or a short mapping of kinds to times.
  private func targets(_ fields: SchemaFields) throws(ProcedureError) -> [Severity.Target] {
    guard let entries = try fields.value("targets")?.entries else {
      return try fields.facts("targets") { node throws(ProcedureError) in
        [try self.target(node)]
      }
    }
    var targets: [Severity.Target] = []
    for entry in entries {
      guard let kind = Severity.Target.Kind(rawValue: entry.key.lowercased()) else {
        throw context.error(
          line: entry.line, column: entry.column, "unknown target '\(entry.key)'",
          remedy: NearestMatch.remedy(
            entry.key, among: Severity.Target.Kind.allCases.map(\.rawValue)))
      }
      let within = try fields.allowance(of: entry.value)
      targets.append(
        Severity.Target(
          kind: kind, within: within, text: Self.words(kind, within), line: entry.line))
    }
    return targets
  }

  private func target(_ node: YAMLNode) throws(ProcedureError) -> Severity.Target {
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
      text: try fields.text("text") ?? Self.words(kind, within), line: fields.line)
  }

  private static func words(_ kind: Severity.Target.Kind, _ within: Allowance) -> String {
    "\(kind.rawValue) within \(AllowanceText.write(within))"
  }

  /// A list of rules, or a short mapping of labels to texts.
  private func rules(_ fields: SchemaFields) throws(ProcedureError) -> [Severity.Rule] {
    guard let entries = try fields.value("rules")?.entries else {
      return try fields.facts("rules") { node throws(ProcedureError) in
        let inner = try SchemaFields(node, "a rule", keys: ["label", "text"], self.context)
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

  // MARK: Mentions

  /// The severity or severities that a fact is about, remembered for `checkReferences`; nil alone: all.
  mutating func severity(_ fields: SchemaFields) throws(ProcedureError) -> [String?] {
    guard let value = try fields.value("severity") else { return [nil] }
    var names: [String?] = []
    for node in value.items ?? [value] {
      let name = try fields.text(of: node, "severity")
      if names.contains(name) { continue }
      guard names.count < Self.mostSeverities else {
        throw context.error(
          at: node, "more than \(Self.mostSeverities) severities", remedy: "leave some out")
      }
      references.append(Reference(kind: .severity, name: name, node: node))
      names.append(name)
    }
    return names.isEmpty ? [nil] : names
  }

  mutating func severityList(_ fields: SchemaFields) throws(ProcedureError) -> [String] {
    guard let value = try fields.value("severities") else { return [] }
    for node in value.items ?? [value] {
      let name = try fields.text(of: node, "severities")
      references.append(Reference(kind: .severity, name: name, node: node))
    }
    return try fields.texts("severities")
  }
}
