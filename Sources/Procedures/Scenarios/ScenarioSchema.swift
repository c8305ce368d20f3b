package import Engine
import YAML

/// The form of a scenario that a drill is made from: what is told, by whom, how long after the clock started.
package enum ScenarioSchema {
  /// Bytes of a document at most.
  package static let limit = 1 << 20
  /// Events at most.
  package static let mostEvents = 5000
  /// A drill is told within so many seconds: thirty days.
  static let longest = 30 * 86_400

  /// Reads a file's bytes.
  ///
  /// `needsTitle` is false for a file of events that are told beside another scenario's.
  package static func read(
    _ bytes: [UInt8], path: String, needsTitle: Bool = true
  ) throws(ProcedureError) -> DrillScenario {
    let node: YAMLNode
    do throws(YAMLError) {
      var limits = YAMLNode.Limits()
      limits.bytes = limit
      limits.values = mostEvents * 20
      node = try YAMLNode.read(bytes, limits: limits)
    } catch {
      throw ProcedureError(error, path: path, document: bytes)
    }
    let context = SchemaContext(path: path, document: bytes)
    return try ScenarioReader(context: context).read(node, needsTitle: needsTitle)
  }

  package static func load(
    _ path: String, needsTitle: Bool = true
  ) throws(ProcedureError) -> DrillScenario {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try BoundedFile.read(path, limit: limit)
    } catch {
      throw ProcedureError(error, path: path)
    }
    return try read(bytes, path: path, needsTitle: needsTitle)
  }
}

/// Takes a scenario out of its mapping.
private struct ScenarioReader {
  let context: SchemaContext

  private static let keys = [
    "title", "about", "severity", "procedure", "detected", "started", "original", "events",
  ]

  func read(_ node: YAMLNode, needsTitle: Bool) throws(ProcedureError) -> DrillScenario {
    let fields = try SchemaFields(node, "a scenario", keys: Self.keys, context)
    let title =
      needsTitle
      ? try fields.required("title", "Checkout returns 502") : try fields.text("title") ?? ""
    try bound(title, to: 1024, "the title", at: node)
    guard fields.states("events") else { throw fields.missing("events", "[]") }
    var script: [Injection] = []
    for event in try fields.facts("events", { [$0] }) {
      guard script.count < ScenarioSchema.mostEvents else {
        throw context.error(
          at: event, "more than \(ScenarioSchema.mostEvents) events", remedy: "leave some out")
      }
      script.append(try injection(event))
    }
    return DrillScenario(
      title: title, about: try fields.text("about"), severity: try fields.text("severity"),
      procedure: try fields.text("procedure"), detected: try span("detected", fields) ?? 0,
      started: try span("started", fields), original: try original(fields),
      script: Drill(source: "", script: script).script)
  }

  private func original(
    _ fields: SchemaFields
  ) throws(ProcedureError) -> [Incident.Milestone: Int] {
    guard let node = try fields.value("original") else { return [:] }
    let keys = DrillScenario.compared.map(\.rawValue)
    let inner = try SchemaFields(node, "the original", keys: keys, context)
    var times: [Incident.Milestone: Int] = [:]
    for milestone in DrillScenario.compared {
      times[milestone] = try span(milestone.rawValue, inner)
    }
    return times
  }

  // MARK: Events

  private static let says = ["alert", "resolved", "note", "finding", "hypothesis", "impact"]
  private static let parts = ["services", "users", "revenue"]

  private func injection(_ node: YAMLNode) throws(ProcedureError) -> Injection {
    let fields = try SchemaFields(
      node, "an event", keys: ["at", "by"] + Self.says + ["key"] + Self.parts, context)
    guard let after = try span("at", fields) else { throw fields.missing("at", "5m") }
    let actor = try fields.text("by") ?? Drill.actor
    try bound(actor, to: 200, "'by' of an event", at: node)
    guard actor.contains(where: { !$0.isWhitespace }) else {
      throw context.error(
        at: node, "'by' of an event is empty", remedy: "write a name, or leave it")
    }
    return Injection(after: after, actor: actor, try event(fields, node))
  }

  private func event(
    _ fields: SchemaFields, _ node: YAMLNode
  ) throws(ProcedureError) -> Injection.Event {
    let stated = Self.says.filter(fields.states)
    let isImpact = stated.first == "impact" || Self.parts.contains(where: fields.states)
    guard stated.count == 1 || (stated.isEmpty && isImpact) else {
      throw context.error(
        at: node,
        stated.isEmpty ? "the event says nothing" : "the event says two things at once",
        remedy: stated.isEmpty
          ? "add one of \(Self.says.joined(separator: ", "))"
          : "make two events of \(stated.joined(separator: " and "))")
    }
    let say = stated.first ?? "impact"
    if let part = Self.parts.first(where: fields.states), say != "impact" {
      throw context.error(
        at: node, "'\(part)' belongs to an impact, and this is a \(say)", remedy: "remove it")
    }
    if fields.states("key"), say != "alert", say != "resolved" {
      throw context.error(
        at: node, "'key' belongs to an alert, and this is a \(say)", remedy: "remove it")
    }
    if say == "impact" { return .impact(try impact(fields, node)) }
    let text = try fields.required(say, "Errors since the deployment")
    try bound(
      text, to: say == "alert" || say == "resolved" ? 1024 : Incident.textLimit,
      "'\(say)' of an event", at: node)
    switch say {
    case "alert": return .alert(title: text, key: try fields.text("key"))
    case "resolved": return .alertOver(title: text, key: try fields.text("key"))
    case "finding": return .finding(text)
    case "hypothesis": return .hypothesis(text)
    default: return .note(text)
    }
  }

  private func impact(
    _ fields: SchemaFields, _ node: YAMLNode
  ) throws(ProcedureError) -> Incident.Impact {
    let impact = Incident.Impact(
      summary: try fields.text("impact"), services: try fields.text("services"),
      users: try fields.text("users"), revenue: try fields.text("revenue"))
    for part in [impact.summary, impact.services, impact.users, impact.revenue] {
      try bound(part ?? "", to: 1024, "a part of an impact", at: node)
    }
    return impact
  }

  // MARK: Bounds

  private func span(_ name: String, _ fields: SchemaFields) throws(ProcedureError) -> Int? {
    guard let value = try fields.value(name) else { return nil }
    guard let seconds = value.text.flatMap({ AllowanceText.seconds($0.trimmed()) }) else {
      throw context.error(
        at: value, "'\(value.shown)' is not a duration", remedy: "write 90s, 5m, 1h30m or seconds")
    }
    guard seconds <= ScenarioSchema.longest else {
      throw context.error(
        at: value, "'\(value.shown)' is longer than a drill lasts",
        remedy: "write at most \(ScenarioSchema.longest / 86_400)d")
    }
    return seconds
  }

  private func bound(
    _ text: String, to limit: Int, _ subject: String, at node: YAMLNode
  ) throws(ProcedureError) {
    guard text.utf8.count > limit else { return }
    throw context.error(
      at: node, "\(subject) has \(text.utf8.count) bytes; the limit is \(limit)",
      remedy: "shorten it")
  }
}
