import Documents
import Engine
import EventLog
import Wording

/// What was recorded, as the verb tells it: sequence, id and title of what it touched, then the words.
struct Receipt {
  var event: RecordedEvent
  var incident: Incident
  /// In whose zone its sentence tells times.
  var clock: LocalClock
  /// The same fact was in the log already.
  var wasPresent = false
  /// Since when the other machines that share the store cannot be reached; nil where they have it.
  var keptSince: Timestamp?
  /// Why they cannot be reached.
  var keptBecause: String?
  /// Repair of an interrupted write that this write made.
  var mended: Mended?
  /// More to say: what was declared, what falls due now.
  var more: [String] = []

  func print(asJSON: Bool) throws(Failure) {
    if let mended { Output.remark(mended.description) }
    if asJSON {
      try Output.jsonLine(json)
    } else {
      try Output.lines([line] + more)
    }
    guard let keptSince else { return }
    let why = keptBecause.map { ": \($0)" } ?? ""
    var failure = Failure(.unconfirmed, Failure.kept(keptSince) + why)
    failure.isKept = true
    throw failure
  }

  var line: String {
    let entry = Entry(event, in: incident, zone: clock.zone)
    let words = entry.text.utf8.count > 200 ? String(entry.text.prefix(160)) + "…" : entry.text
    let known = wasPresent ? " (already recorded)" : ""
    let mark = incident.isDrill ? "DRILL " : ""
    let title = "\(mark)\(incident.shownTitle)"
    let number = event.number.map(String.init) ?? "\u{2013}"
    return "\(number) \(incident.id) \(title) · \(words)\(known)\(past)\(standing)"
  }

  /// Why it changes nothing of what holds, where something later was said.
  private var standing: String {
    incident.overruling(event).map { " · " + $0.words(in: clock.zone, near: event.recorded) } ?? ""
  }

  /// When it happened, where that is not now: what was understood of the time that was typed.
  private var past: String {
    let ago = event.recorded - event.effective
    guard ago >= .seconds(1) else { return "" }
    let time =
      ago >= .hours(12)
      ? InstantText.full(event.effective, in: clock.zone)
      : InstantText.short(event.effective, in: clock.zone, near: event.recorded)
    return " · \(time), \(InstantText.span(ago)) ago"
  }

  var json: JSON {
    .object([
      "seq": event.number.map { .integer(Int64($0)) } ?? .null, "id": .string(incident.id),
      "title": .string(incident.shownTitle), "kind": .string(event.kindName),
      "event": .string(event.id.description), "recorded": .string(event.recorded.rfc3339),
      "effective": .string(event.effective.rfc3339),
      "hash": .orNull(event.isShared ? event.hash : nil),
      "shared": keptSince == nil ? nil : .bool(false),
      "overruled_by": incident.overruling(event).map { .whole($0.sequence) },
      "drill": incident.isDrill ? .bool(true) : nil,
    ])
  }
}
