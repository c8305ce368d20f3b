import Engine
import EventLog
import Glibc
import Procedures
import Runtime
import Testing

struct `A log that cannot be read` {
  private let home: String
  private let time = HandTime()
  private let author = Author(actor: "mira", source: "console")

  init() throws {
    var template = Array("/tmp/muster-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    home = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private var store: FileStore { FileStore(home: home + "/home") }

  private var recorder: Recorder {
    Recorder(store: store, spool: Spool(for: store, paths: [home + "/spool"]))
  }

  private func declare() throws -> String {
    let procedure = try #require(BuiltInProcedures.named("standard")).read()
    return try recorder.declare(title: "Checkout", author: author, now: { time.now }) { id in
      do throws(Rejection) {
        return try Incident.declare(
          Declaration(id: id, title: "Checkout", procedure: procedure), at: time.now)
      } catch {
        return EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)]))
      }
    }.incident
  }

  private func commands(_ id: String, _ recorder: Recorder) throws -> CommandRecorder {
    CommandRecorder(
      try FoldedLog(of: id, in: store), by: author, recorder: recorder, time: time)
  }

  @Test(arguments: [true, false])
  func `a log that cannot be read takes no entries; they are kept and recorded later`(
    _ wasRead: Bool
  ) throws {
    let id = try declare()
    let recorder = recorder
    let commands = try commands(id, recorder)
    if wasRead { try commands.log.readOn(at: time.now) }
    let path = try store.path(of: id)
    rename(path, path + ".away")
    mkdir(path, 0o755)
    for command in [Command.note("words"), .acknowledge, .setSeverity("SEV-2")] {
      guard case .unreadable(let error) = commands.record({ _ in command }) else {
        Issue.record("it could be read")
        return
      }
      #expect(error.isOfReading)
      guard case .lost(let lost) = commands.keepUnread(command, occurred: nil, because: error)
      else {
        Issue.record("\(command) is not kept")
        return
      }
      #expect(lost.spooled != nil)
    }
    #expect(recorder.trouble.keptCount(of: id) == 3)
    rmdir(path)
    rename(path + ".away", path)
    #expect(recorder.offerAgain(now: { _ in time.now }).offered.count == 3)
    let log = try FoldedLog(of: id, in: store)
    try log.readOn(at: time.now)
    #expect(log.sequence == 4)
    #expect(log.incident.time(of: .acknowledged) != nil)
    #expect(recorder.kept.isEmpty)
  }
}
