import Display
import Documents
import Engine
import Glibc

/// What would go out, and where, for somebody to look at first.
struct UpdatePreview {
  let update: Command.OutgoingUpdate
  let places: Destinations
  /// Places that nobody has filled in.
  let open: [String]
  /// What the template's author had in mind at some of them.
  var hints: [(place: String, example: String)] = []
  /// That the template was written for another moment than the present one; nil: it was not.
  var moment: String?
  let isDrill: Bool
  let clock: LocalClock

  /// The text on standard output, exactly as it would go out, and everything about it on standard error.
  func print(asJSON: Bool) throws(Failure) {
    if asJSON { return try Output.jsonLine(json) }
    try Output.text(update.text)
    for line in lines { Output.remark(line) }
  }

  /// Shows it, and goes on only after a yes.
  func ask() throws(Failure) {
    let text = Sanitizer.clean(update.text, .multiLine)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      Output.remark("  \(line)")
    }
    for line in lines { Output.remark(line) }
    let question = places.ways.isEmpty ? "Record it as sent?" : "Send it?"
    guard TerminalQuestion.ask(question) else {
      throw Failure(.notNow, "nothing was recorded and nothing was sent")
    }
  }

  private var lines: [String] {
    var lines = [
      "to \(update.audience ?? "the team")"
        + (update.channel.map { " in \($0)" } ?? "")
        + (update.status.map { ", status \($0)" } ?? "")
    ]
    lines.append("goes to \(places.words)")
    lines.append(
      update.next.map { "next update promised by \(InstantText.exact($0, in: clock.zone))" }
        ?? "no next update is promised")
    lines.append(update.head.map { "log head \($0)" } ?? "the log is empty")
    if !open.isEmpty { lines.append("STILL OPEN: \(open.joined(separator: ", "))") }
    lines += hints.map { "  \($0.place) in the template: \($0.example)" }
    if let moment { lines.append(moment.prefix(1).uppercased() + moment.dropFirst()) }
    if isDrill { lines.append("DRILL: nothing is delivered") }
    return lines
  }

  private var json: JSON {
    .object([
      "text": .string(update.text), "audience": .orNull(update.audience),
      "channel": .orNull(update.channel), "template": .orNull(update.template),
      "status": .orNull(update.status), "next": .orNull(update.next?.rfc3339),
      "head": .orNull(update.head), "open": .array(open.map(JSON.string)),
      "via": .array(places.ways.map(JSON.string)), "copy": .bool(places.copies),
      "file": .orNull(places.file), "drill": .bool(isDrill),
    ])
  }
}
