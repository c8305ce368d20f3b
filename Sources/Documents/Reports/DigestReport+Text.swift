package import Engine
import Wording

extension DigestReport {
  /// One line: what it is, and of which time.
  package func title(in zone: TimeZoneRules) -> String {
    let days = (to - from).wholeSeconds > 2 * 86_400
    return days
      ? "Incidents from \(InstantText.date(from, in: zone)) to \(InstantText.date(to, in: zone))"
      : "Incidents up to \(InstantText.full(to, in: zone))"
  }

  /// Everything, a line for each incident.
  package func text(in zone: TimeZoneRules) -> String {
    var lines: [String] = []
    func section(_ name: String, _ rows: [Row], _ words: (Row) -> String) {
      guard !rows.isEmpty else { return }
      lines.append("\(name): \(rows.count)")
      lines += rows.sorted { ($0.at, $0.id) < ($1.at, $1.id) }.map {
        "- \($0.severity) \($0.title) (\($0.id)): \(words($0))"
      }
    }
    func time(_ row: Row) -> String { InstantText.short(row.at, in: zone, near: to) }
    section("Declared", declared) { time($0) }
    section("Closed", closed) { "\($0.state), \(time($0))" }
    section("Open", open) { "\($0.state) for \(InstantText.roughSpan(to - $0.at))" }
    section("Overdue afterwards", overdue) { "\($0.state), due \(time($0))" }
    if lines.isEmpty { lines = ["No incident was declared, none is open, and nothing is overdue."] }
    return lines.joined(separator: "\n")
  }
}
