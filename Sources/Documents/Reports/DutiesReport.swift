package import Engine
import Wording

/// One post-mortem duty of an incident.
package struct DutyRow: Hashable, Sendable {
  package var incident: String
  package var what: PostmortemDuty.What
  package var label: String
  package var due: Timestamp?
  package var state: Deadline.State
  /// When it was done, or waived.
  package var settled: Timestamp?
  package var by: String?
  /// Where it was published.
  package var place: String?
  /// The condition, or why it was waived.
  package var reason: String?
  package var rule: Deadline.Rule?

  package var isOpen: Bool { state.isRunning }
  package var isOverdue: Bool { state == .breached }

  /// The duties of an incident's procedure in its order.
  package static func all(
    of incident: Incident, at now: Timestamp, in context: TimeContext = TimeContext()
  ) -> [DutyRow] {
    incident.deadlines(at: now, in: context).compactMap { deadline in
      guard let what = deadline.duty else { return nil }
      let published = incident.postmortems.entries.first { $0.value.what == what }
      return DutyRow(
        incident: incident.id, what: what, label: deadline.label, due: deadline.due,
        state: deadline.state, settled: deadline.settled, by: deadline.by,
        place: published?.value.place, reason: deadline.reason, rule: deadline.rule)
    }
  }

  /// `due 2026-11-23 08:00 UTC, in 2 d`, `OVERDUE by 3 h`, `done 2026-11-22 by mira`: never by colour alone.
  package func words(at now: Timestamp, in zone: TimeZoneRules) -> String {
    let author = by.map { " by \($0)" } ?? ""
    switch state {
    case .met, .metLate:
      let late = state == .metLate ? ", late" : ""
      return "done \(settled.map { InstantText.full($0, in: zone) } ?? "")\(author)\(late)"
    case .cancelled:
      guard settled != nil else { return "not required" }
      return "waived\(reason.map { ": \($0)" } ?? "")\(by.map { ", by \($0)" } ?? "")"
    default:
      guard let due else { return "open, no due date yet" }
      let span = InstantText.span(due - now)
      return due <= now
        ? "OVERDUE by \(span)" : "due \(InstantText.full(due, in: zone)), in \(span)"
    }
  }

  package var json: JSON {
    .object([
      "incident": .string(incident), "what": .string(what.rawValue), "label": .string(label),
      "due": .orNull(due?.rfc3339), "state": .string(state.rawValue),
      "settled": .orNull(settled?.rfc3339), "by": .orNull(by), "where": .orNull(place),
      "reason": .orNull(reason),
      "rule": rule.map { .object(["text": .string($0.text), "line": .whole($0.line)]) } ?? .null,
    ])
  }
}

/// Post-mortem duties of many incidents, tracked until done.
package struct DutiesReport: Sendable {
  package var rows: [DutyRow]
  package var now: Timestamp
  package var zone: TimeZoneRules

  /// Open ones first, the most overdue on top; settled ones last.
  package init(_ rows: [DutyRow], at now: Timestamp, in zone: TimeZoneRules) {
    self.now = now
    self.zone = zone
    self.rows = rows.enumerated().sorted { one, two in
      if one.element.isOpen != two.element.isOpen { return one.element.isOpen }
      let dues = (one.element.due ?? .distantFuture, two.element.due ?? .distantFuture)
      return (dues.0, one.offset) < (dues.1, two.offset)
    }.map(\.element)
  }

  package var document: ReportDocument {
    var document = ReportDocument(title: "Post-mortems")
    document.facts = [
      .init("Open", "\(rows.count { $0.isOpen })"),
      .init("Overdue", "\(rows.count { $0.isOverdue })"),
    ]
    document.sections = [
      .init(
        "Duties",
        [
          .table(
            header: ["State", "What", "Incident", "Where"],
            rows: rows.map { row in
              let words = row.words(at: now, in: zone)
              return [
                row.isOverdue ? .strong(words) : .init(words), .init(row.label),
                .quiet(row.incident), .init(row.place ?? ""),
              ]
            })
        ])
    ]
    return document
  }

  package var json: JSON { .array(rows.map(\.json)) }
}
