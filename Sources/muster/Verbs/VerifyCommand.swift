import ArgumentParser
import Documents
import Engine
import EventLog

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every line and seal of an incident's log.",
    discussion: """
      Each line is sealed with SHA-256 over the seal before it and its own bytes: a changed, removed or \
      added line inside the log is found. That the newest lines were cut off shows only against a head \
      that is known from elsewhere: every update and report carries one, --since SEQ:HASH checks it.
      With standard tools: for each line, the last 75 bytes are ',"hash":"…"}'; the hash is the SHA-256 \
      of the 64 characters of the seal before (64 zeros at first) followed by the line without those 75 bytes.
      Exit status: 0 whole, 1 damaged.

      Example: muster verify
      Example: muster verify --since 41:9f3a…
      """)

  @OptionGroup var target: IncidentOptions
  @Option(help: ArgumentHelp("A head that is known from elsewhere.", valueName: "seq:hash"))
  var since: Typed?
  @Option(
    help: ArgumentHelp(
      "Record that the damage was looked at, and why it is lived with.", valueName: "reason"))
  var accept: Typed?
  @Option(name: .customLong("as"), help: ArgumentHelp("Who did it.", valueName: "name"))
  var actor: Typed?
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let choice = try IncidentChoice(
      store: try StoreAccess(home: target.store.home), typed: target.incident
    ).forReading()
    let (store, id) = (choice.store, choice.id)
    let head = try since.map { typed throws(Failure) in
      guard let head = Head(typed.text) else {
        throw Failure(
          .usage, "'\(typed.text)' is no head; it looks like 41:9f3a… with 64 characters")
      }
      return head
    }
    let path = try store.path(of: id)
    var log = FoldedLog(path: path, since: head)
    try log.refresh(at: WallClock.now)
    if let accept, !log.logReader.damage.isEmpty {
      var session = try RecordingSession(
        store: store, log: (id, log), actor: actor?.text, at: nil)
      let receipt = try session.record(
        .damageAccepted(log.logReader.damage, reason: accept.text))
      try receipt.print(asJSON: json)
      return
    }
    try tell(log, path: path)
    if !log.logReader.damage.isEmpty || log.logReader.alarm != nil { throw ExitCode(1) }
  }

  private func tell(_ log: FoldedLog, path: String) throws(Failure) {
    let reader = log.logReader
    if json { return try Output.json(report(of: log, path: path)) }
    var lines = reader.damage.map { $0.description(path: path) }
    if reader.damageCount > reader.damage.count {
      lines.append("… and \(reader.damageCount - reader.damage.count) more")
    }
    lines += reader.acceptedDamage.map { $0.description(path: path) + " (accepted)" }
    switch reader.alarm {
    case .rolledBack(let highest, let now):
      lines.append(
        "\(path): ends at \(now.sequence), without the line \(highest.description): lines are missing or were replaced"
      )
    case .missing: lines.append("\(path): is gone")
    case nil: break
    }
    if let tail = reader.tornTail {
      lines.append(
        "\(path): byte \(tail.offset): \(tail.count) bytes of an unfinished line; the next writer closes it off"
      )
    }
    let verdict =
      reader.damage.isEmpty && reader.alarm == nil
      ? "whole: \(reader.eventCount) events"
      : "DAMAGED: \(reader.damageCount) places in \(reader.eventCount) events"
    lines.append("\(path): \(verdict), head \(reader.head.description)")
    try Output.lines(lines)
  }

  private func report(of log: FoldedLog, path: String) -> JSON {
    let reader = log.logReader
    let open = reader.damage.map { SituationReport.Damage($0, path: path, isAccepted: false) }
    let accepted = reader.acceptedDamage.map {
      SituationReport.Damage($0, path: path, isAccepted: true)
    }
    return .object([
      "file": .string(path), "whole": .bool(reader.damage.isEmpty && reader.alarm == nil),
      "events": .whole(reader.eventCount), "bytes": .whole(reader.byteCount),
      "head": .object([
        "seq": .whole(reader.head.sequence), "hash": .string(reader.head.hash),
      ]),
      "damage": .array((open + accepted).map(\.json)),
      "torn_tail": reader.tornTail.map {
        .object(["offset": .whole($0.offset), "bytes": .whole($0.count)])
      } ?? .null,
      "missing_lines": .bool(reader.alarm != nil),
    ])
  }
}
