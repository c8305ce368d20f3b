package import Engine
import Wording

/// One follow-up of an incident.
package struct ActionRow: Hashable, Sendable {
  package var incident: String
  package var sequence: Int
  package var text: String
  package var owner: String?
  package var due: Timestamp?
  package var done: Timestamp?
  package var added: Timestamp
  package var state: Deadline.State

  package var isDone: Bool { done != nil }
  package var isOverdue: Bool { state == .breached }

  /// The follow-ups of an incident that stand, in the order in which they were added.
  package static func all(
    of incident: Incident, at now: Timestamp, in context: TimeContext = TimeContext()
  ) -> [ActionRow] {
    let deadlines = incident.deadlines(at: now, in: context).filter { $0.kind == .action }
    return incident.actions.entries.map { entry in
      let sequence = entry.stamp.sequence
      let deadline = deadlines.first { $0.id == "action:\(sequence)" }
      return ActionRow(
        incident: incident.id, sequence: sequence,
        text: incident.correctedWords(of: sequence) ?? entry.value.text,
        owner: entry.value.owner, due: entry.value.due,
        done: incident.finishedActions[sequence]?.effective, added: entry.stamp.effective,
        state: deadline?.state ?? .pending)
    }
  }

  /// `open`, `done`, `OVERDUE by 3 d`, never by colour alone.
  package func words(at now: Timestamp, in zone: TimeZoneRules) -> String {
    if let done { return "done \(InstantText.date(done, in: zone))" }
    guard let due else { return "open, no date" }
    let span = InstantText.span(due - now)
    return due <= now ? "OVERDUE by \(span)" : "due \(InstantText.date(due, in: zone)), in \(span)"
  }

  package var json: JSON {
    .object([
      "incident": .string(incident), "seq": .whole(sequence), "text": .string(text),
      "owner": .orNull(owner), "due": .orNull(due?.rfc3339), "done": .orNull(done?.rfc3339),
      "added": .string(added.rfc3339), "state": .string(state.rawValue),
    ])
  }
}

/// Follow-ups of many incidents, tracked until done.
package struct ActionsReport: Sendable {
  package var rows: [ActionRow]
  package var now: Timestamp
  package var zone: TimeZoneRules
  /// Whether what is done is listed, and not only counted.
  package var listsDone = true

  /// What is listed.
  package var listed: [ActionRow] { listsDone ? rows : rows.filter { !$0.isDone } }

  /// Open ones first, the most overdue on top, those without a date after those with one; done ones last.
  package init(_ rows: [ActionRow], at now: Timestamp, in zone: TimeZoneRules) {
    self.now = now
    self.zone = zone
    self.rows = rows.sorted { one, other in
      if one.isDone != other.isDone { return other.isDone }
      let dues = (one.due ?? .distantFuture, other.due ?? .distantFuture)
      if dues.0 != dues.1 { return dues.0 < dues.1 }
      return (one.incident, one.sequence) < (other.incident, other.sequence)
    }
  }

  package var document: ReportDocument {
    var document = ReportDocument(title: "Action items")
    let open = rows.count { !$0.isDone }
    let overdue = rows.count { $0.isOverdue }
    document.facts = [
      .init("Open", "\(open)"), .init("Overdue", "\(overdue)"),
      .init("Done", "\(rows.count - open)"),
    ]
    if !listed.isEmpty {
      document.sections = [
        .init(
          "Items",
          [
            .table(
              header: ["State", "Item", "Owner", "Incident", "Entry"],
              rows: listed.map { row in
                [
                  row.isOverdue
                    ? .strong(row.words(at: now, in: zone)) : .init(row.words(at: now, in: zone)),
                  .init(row.text), .init(row.owner ?? "no owner"), .quiet(row.incident),
                  .quiet("\(row.sequence)"),
                ]
              })
          ])
      ]
    }
    return document
  }

  package var json: JSON { .array(listed.map(\.json)) }

  package var csv: String {
    let header = ["incident", "seq", "text", "owner", "due", "done", "state"]
    let lines = listed.map { row in
      [
        row.incident, "\(row.sequence)", row.text, row.owner ?? "", row.due?.rfc3339 ?? "",
        row.done?.rfc3339 ?? "", row.state.rawValue,
      ]
    }
    return CSV.text(header: header, rows: lines)
  }
}

/// Comma-separated values with harmless cells (RFC 4180).
package enum CSV {
  package static func text(header: [String], rows: [[String]]) -> String {
    ([header] + rows).map { $0.map(Harmless.csv).joined(separator: ",") + "\r\n" }.joined()
  }
}
