/// An update that is owed once ("once after 2 business days"), not again and again.
package struct Notice: Hashable, Sendable {
  package var severity: String?
  package var within: Allowance
  package var audience: String?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, within: Allowance, audience: String? = nil, text: String = "",
    line: Int
  ) {
    self.severity = severity
    self.within = within
    self.audience = audience
    self.text = text
    self.line = line
  }
}

extension Notice: FactOfSeverity {
  package init?(json: JSON) {
    guard json["once"]?.bool == true,
      let within = Allowance(json: json, key: "within_seconds")
    else { return nil }
    self.init(
      severity: json["severity"]?.string, within: within, audience: json["audience"]?.string,
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(
      [JSON.Member("severity", .maybe(severity)), JSON.Member("once", .bool(true))]
        + within.members("within_seconds")
        + [
          JSON.Member("audience", .maybe(audience)), JSON.Member("text", .string(text)),
          JSON.Member("line", .whole(line)),
        ])
  }
}
