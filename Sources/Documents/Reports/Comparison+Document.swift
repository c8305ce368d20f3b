package import Engine

extension Comparison {
  package func document(of title: String, in zone: TimeZoneRules, near: Timestamp) -> ReportDocument
  {
    func time(_ instant: Timestamp?) -> String {
      instant.map { InstantText.short($0, in: zone, near: near) } ?? "-"
    }
    func words(_ side: Side?) -> String {
      guard let side else { return "no rule" }
      let result = side.result.map { " (\($0.rawValue))" } ?? ""
      if side.result == nil {
        guard side.due != nil || side.fired != nil else { return "no countdown" }
        return side.fired.map { "called \(time($0))" } ?? "due \(time(side.due)), not called"
      }
      return "due \(time(side.due))\(result)"
    }
    var document = ReportDocument(title: "\(title): \(other) instead of \(own)")
    if !severities.isEmpty {
      document.facts = [.init("Severities", severities.joined(separator: ", "))]
    }
    document.sections = [
      .init(
        "What would have been due",
        [
          .table(
            header: ["What", own, other, "Difference"],
            rows: rows.map { row in
              let difference = row.earlier.map { span -> String in
                if span == .zero { return "the same" }
                return InstantText.span(span) + (span > .zero ? " earlier" : " later")
              }
              let what = row.kind == .escalation ? "Call \(row.label)" : row.label
              return [
                .strong(what), .init(words(row.own)), .init(words(row.other)),
                .init(difference ?? ""),
              ]
            })
        ])
    ]
    document.footer = [
      "The same facts under another procedure; what people would have done differently is not guessed."
    ]
    return document
  }

  package var json: JSON {
    func side(_ side: Side?) -> JSON {
      guard let side else { return .null }
      return .object([
        "due": .orNull(side.due?.rfc3339), "fired": .orNull(side.fired?.rfc3339),
        "result": .orNull(side.result?.rawValue),
      ])
    }
    return .object([
      "own": .string(own), "other": .string(other),
      "severities": .array(severities.map(JSON.string)),
      "rows": .array(
        rows.map { row in
          .object([
            "kind": .string(row.kind.rawValue), "label": .string(row.label),
            "own": side(row.own), "other": side(row.other),
            "earlier_seconds": row.earlier.map { .integer($0.wholeSeconds) } ?? .null,
          ])
        }),
    ])
  }
}
