import Engine
import YAML

/// Templates, runbooks, decisions and remarks.
extension SchemaReader {
  mutating func templates(_ fields: SchemaFields) throws(ProcedureError) -> [Template] {
    var ids = TakenIDs()
    var templates: [Template] = []
    for node in try fields.facts("templates", { [$0] }) {
      let inner = try SchemaFields(
        node, "a template", keys: ["id", "title", "body", "severities"], context)
      let title = try inner.text("title")
      if title == nil { _ = try inner.required("id", "update") }
      let id = try id(inner, from: title ?? "", &ids)
      guard let body = try inner.text("body") else { throw inner.missing("body", "|") }
      templates.append(
        Template(
          id: id, title: title ?? id, body: body, severities: try severityList(inner),
          line: inner.line))
    }
    return templates
  }

  func runbooks(_ fields: SchemaFields) throws(ProcedureError) -> [Runbook] {
    var ids = TakenIDs()
    return try fields.facts("runbooks") { node throws(ProcedureError) in
      let inner = try SchemaFields(node, "a runbook", keys: ["id", "title", "steps"], self.context)
      let title = try inner.required("title", "Database down")
      let id = try self.id(inner, from: title, &ids)
      let steps = try inner.facts("steps") { node throws(ProcedureError) in
        [try self.step(node)]
      }
      return [Runbook(id: id, title: title, steps: steps, line: inner.line)]
    }
  }

  private func step(_ node: YAMLNode) throws(ProcedureError) -> Runbook.Step {
    if let text = node.text { return Runbook.Step(text: text, line: node.line) }
    let fields = try SchemaFields(node, "a runbook step", keys: ["text", "command"], context)
    let text = try fields.text("text")
    let command = try fields.text("command")
    guard text != nil || command != nil else { throw fields.missing("text", "Restart it") }
    return Runbook.Step(text: text ?? "", command: command, line: fields.line)
  }

  func decisions(_ fields: SchemaFields) throws(ProcedureError) -> [DecisionQuestion] {
    try fields.facts("decisions") { node throws(ProcedureError) in
      let inner = try SchemaFields(
        node, "a decision", keys: ["question", "yes", "no"], self.context)
      return [
        DecisionQuestion(
          question: try inner.required("question", "Was there a deployment?"),
          yes: try inner.text("yes"), no: try inner.text("no"), line: inner.line)
      ]
    }
  }

  func remarks(_ fields: SchemaFields) throws(ProcedureError) -> [Remark] {
    try fields.facts("remarks") { node throws(ProcedureError) in
      let inner = try SchemaFields(node, "a remark", keys: ["kind", "text"], self.context)
      guard let kind: Remark.Kind = try inner.choice("kind") else {
        throw inner.missing("kind", "assumed")
      }
      return [
        Remark(
          line: inner.line, kind: kind, text: try inner.text("text") ?? "")
      ]
    }
  }
}
