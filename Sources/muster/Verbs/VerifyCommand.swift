import ArgumentParser
import Documents
import Engine
import EventLog
import TeamStore

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every line and seal of an incident's log.",
    discussion: """
      The seal of a line is the SHA-256 of the seal before it and its own bytes, so a changed, removed or \
      added line inside the log is found. Missing lines at the end are found only by comparison with a head \
      known from another source: every update and report has one; pass it as --since SEQ:HASH. \
      A repair covers only what an interrupted write left directly before it. Damage that was accepted \
      only after the --since head is reported and counts.
      With standard tools: for each line, the last 75 bytes are ',"hash":"…"}'; the hash is the SHA-256 \
      of the 64 characters of the seal before (64 zeros at first) followed by the line without those 75 bytes.
      Exit status: 0 intact, 1 damaged or not as at --since.

      --store-log checks the log of the store itself, where alerts lie.

      Example: muster verify
      Example: muster verify --since 41:9f3a…
      """)

  @OptionGroup var target: IncidentOptions
  @Option(help: ArgumentHelp("Compare with a head from another source.", valueName: "seq:hash"))
  var since: Typed?
  @Option(
    help: ArgumentHelp(
      "Accept the damage, with a reason, and record that as an entry.", valueName: "reason"))
  var accept: Typed?
  @Option(name: .customLong("as"), help: ArgumentHelp("Who did it.", valueName: "name"))
  var actor: Typed?
  @Flag(name: .long, help: "The log of the store instead of an incident's.") var storeLog = false
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    if storeLog { return try checkStore() }
    let choice = try IncidentChoice(
      store: try StoreAccess(home: target.store.home), typed: target.incident
    ).forReading()
    let (store, id) = (choice.store, choice.id)
    let head = try head()
    let log = try store.wholeLog(of: id, since: head)
    try log.refresh(at: WallClock.now)
    if let accept, !log.reader.damage.isEmpty {
      guard store.team?.folder.isLocal(id) ?? true else {
        throw Failure(
          .notNow, "\(id) is shared: its damage is looked after by 'muster store doctor'")
      }
      var session = try RecordingSession(
        store: store, log: log, actor: actor?.text, at: nil)
      let receipt = try session.record(
        .damageAccepted(log.reader.damage, reason: accept.text))
      try receipt.print(asJSON: json)
      return
    }
    let found = Verification(of: log.reader, since: head)
    try json ? Output.json(report(of: found, log.reader.alarm)) : tell(found, log.reader.alarm)
    if !found.isSound { throw ExitCode(1) }
  }

  private func head() throws(Failure) -> Head? {
    guard let since else { return nil }
    guard let head = Head(since.text) else {
      throw Failure(.usage, "'\(since.text)' is not SEQ:HASH, such as 41:9f3a… with 64 characters")
    }
    return head
  }

  /// The log of the store, where there is one yet.
  private func checkStore() throws {
    guard target.incident == nil, accept == nil else {
      throw Failure(.usage, "--store-log goes with --since and --json only")
    }
    let store = try StoreAccess(home: target.store.home).store
    guard store.hasLog else {
      return Output.remark("\(store.logPath) is not there yet: no alert has come")
    }
    let reader = LogReader(path: store.logPath, since: try head())
    do throws(LogError) { _ = try reader.read(at: WallClock.now) { _ in } } catch {
      throw Failure(error)
    }
    let found = Verification(of: reader, since: try head())
    try json ? Output.json(report(of: found, reader.alarm)) : tell(found, reader.alarm)
    if !found.isSound { throw ExitCode(1) }
  }

  private func tell(_ found: Verification, _ alarm: LogAlarm?) throws(Failure) {
    try Output.lines(Self.lines(of: found, alarm))
  }

  /// What was found, the verdict last.
  static func lines(of found: Verification, _ alarm: LogAlarm?) -> [String] {
    let path = found.path
    var lines = found.damage.map { $0.description(path: path) }
    if found.damageCount > found.damage.count {
      lines.append("… and \(found.damageCount - found.damage.count) more")
    }
    lines += found.acceptedDamage.map { damage in
      let isNews = found.acceptedSince.contains(damage)
      return damage.description(path: path)
        + (isNews ? " (accepted after that head)" : " (accepted)")
    }
    switch alarm {
    case .rolledBack(let highest, let now):
      lines.append(
        "\(path): ends at entry \(now.sequence), without entry \(highest.description): lines are missing or were replaced"
      )
    case .missing: lines.append("\(path): missing")
    case nil: break
    }
    if let tail = found.tornTail {
      lines.append(
        "\(path): byte \(tail.offset): \(tail.count) bytes of an unfinished line; the next write repairs it"
      )
    }
    if found.isEmpty {
      lines.append(
        "\(path): DAMAGED: no entry at all; it was emptied, or its declaration was interrupted")
    } else {
      lines.append("\(path): \(Self.verdict(found)), head \(found.head.description)")
    }
    return lines
  }

  private static func verdict(_ found: Verification) -> String {
    let accepted = found.acceptedDamage.count
    if found.isSound {
      return accepted == 0
        ? "intact: \(found.events) events"
        : "intact except for \(accepted) accepted damaged places: \(found.events) events"
    }
    if found.damageCount > 0 {
      return "DAMAGED: \(found.damageCount) places in \(found.events) events"
    }
    return "DIFFERS from the --since head: \(found.events) events"
  }

  private func report(of found: Verification, _ alarm: LogAlarm?) -> JSON {
    let path = found.path
    let open = found.damage.map { SituationReport.Damage($0, path: path, isAccepted: false) }
    let accepted = found.acceptedDamage.map {
      SituationReport.Damage($0, path: path, isAccepted: true)
    }
    return .object([
      "file": .string(path), "whole": .bool(found.isSound),
      "events": .whole(found.events), "bytes": .whole(found.bytes),
      "head": .object([
        "seq": .whole(found.head.sequence), "hash": .string(found.head.hash),
      ]),
      "damage": .array((open + accepted).map(\.json)),
      "torn_tail": found.tornTail.map {
        .object(["offset": .whole($0.offset), "bytes": .whole($0.count)])
      } ?? .null,
      "missing_lines": .bool(alarm != nil), "empty": .bool(found.isEmpty),
      "accepted_since": .whole(found.acceptedSince.count),
    ])
  }
}
