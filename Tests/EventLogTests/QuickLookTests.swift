import Engine
import EventLog
import Glibc
import Testing

/// The first look of a process at the open incidents passes over closed logs, where nothing can have opened one.
struct `A look at the open incidents of a store` {
  private let scratch = Scratch()
  private let closedID = "2025-11-09-closed"
  private let openID = "2025-11-10-open"

  /// What another process finds open.
  private func openIDs() throws -> [String] {
    try FileStore(home: scratch.path).openIDs(at: start)
  }

  private var closedLog: MemoryLog {
    var log = sampleLog(notes: 1)
    log.append(EventDraft(.incidentClosed, EventData(["outcome": "cancelled"])), at: start)
    return log
  }

  /// Overwrites the log of the closed incident with an open one, in place, as `cp` does.
  private func overwrite() {
    let file = open(scratch.path + "/incidents/\(closedID).jsonl", O_WRONLY | O_TRUNC)
    let bytes = sampleLog(notes: 2).fileBytes
    #expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
    close(file)
  }

  /// A store with an open and a closed incident at all of whose logs somebody has looked, and may rely on it.
  private func lookedAt() throws {
    try FileStore(home: scratch.path).prepare()
    _ = scratch.write(closedLog.fileBytes, to: "incidents/\(closedID).jsonl")
    _ = scratch.write(sampleLog(notes: 1).fileBytes, to: "incidents/\(openID).jsonl")
    // A directory that has only just changed is not relied on.
    var status = stat()
    var now = timespec()
    repeat {
      #expect(stat(scratch.path + "/incidents", &status) == 0)
      clock_gettime(CLOCK_REALTIME, &now)
    } while (now.tv_sec - status.st_ctim.tv_sec) * 1000
      + (now.tv_nsec - status.st_ctim.tv_nsec) / 1_000_000 < 150
    #expect(try openIDs() == [openID])
  }

  @Test func `passes over the log of a closed incident`() throws {
    try lookedAt()
    overwrite()
    #expect(try openIDs() == [openID], "nobody but who looks at every log can know")
    var all: [String: Bool] = [:]
    try FileStore(home: scratch.path).survey(.all, at: start) { all[$0.id] = $0.isOpen }
    #expect(all == [closedID: true, openID: true])
    #expect(try openIDs() == [closedID, openID])
  }

  @Test(arguments: [false, true])
  func `passes over the incident of which the caller knows that it is open`(again: Bool) throws {
    try lookedAt()
    let store = FileStore(home: scratch.path)
    if again { _ = try store.openIDs(at: start) }
    var found: [String] = []
    try store.survey(.openExcept(openID), at: start) { found.append($0.id) }
    #expect(found.isEmpty)
    // It stays on the list of those that are open.
    #expect(access(scratch.path + "/open/\(openID)", F_OK) == 0)
    #expect(try openIDs() == [openID])
  }

  @Test func `finds at the second time what was overwritten in place`() throws {
    try lookedAt()
    let store = FileStore(home: scratch.path)
    #expect(try store.openIDs(at: start) == [openID])
    overwrite()
    #expect(try store.openIDs(at: start) == [closedID, openID])
  }

  @Test func `finds an incident that is opened again, even by who was stopped right after`() throws
  {
    try lookedAt()
    let store = FileStore(home: scratch.path)
    let reopening = EventDraft(.incidentReopened, EventData([:]))
    _ = try store.writer(of: closedID).append(reopening, author: mira, now: { start })
    #expect(try openIDs() == [closedID, openID])
  }

  @Test func `finds a log that was copied in, put in the place of another or taken away`() throws {
    try lookedAt()
    _ = scratch.write(sampleLog(notes: 1).fileBytes, to: "incidents/2025-11-11-new.jsonl")
    #expect(try openIDs() == [openID, "2025-11-11-new"])
    let aside = scratch.write(sampleLog(notes: 2).fileBytes, to: "aside")
    #expect(rename(aside, scratch.path + "/incidents/\(closedID).jsonl") == 0)
    #expect(try openIDs() == [closedID, openID, "2025-11-11-new"])
    #expect(unlink(scratch.path + "/incidents/\(openID).jsonl") == 0)
    #expect(try openIDs() == [closedID, "2025-11-11-new"])
  }

  @Test func `sees what was added to an open log`() throws {
    try lookedAt()
    let closing = EventDraft(.incidentClosed, EventData(["outcome": "cancelled"]))
    _ = try FileStore(home: scratch.path).writer(of: openID).append(
      closing, author: mira, now: { start })
    #expect(try openIDs() == [])
    #expect(try openIDs() == [])
  }
}
