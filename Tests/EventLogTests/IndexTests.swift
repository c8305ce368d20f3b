import Engine
import EventLog
import Glibc
import Testing

/// What a store remembers of its logs is never believed over them.
struct `The index of a store` {
  private let scratch = Scratch()

  private func store() throws -> FileStore {
    let store = FileStore(home: scratch.path)
    try store.prepare()
    return store
  }

  private func copyIn(_ log: MemoryLog, as id: String, seconds: Int = 1_500_000_000) {
    let path = scratch.write(log.fileBytes, to: "incidents/\(id).jsonl")
    var times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
    #expect(utimes(path, &times) == 0)
  }

  private func closed(_ log: MemoryLog) -> MemoryLog {
    var log = log
    log.append(EventDraft(.incidentClosed, EventData(["outcome": "cancelled"])), at: start)
    return log
  }

  /// What another process finds out.
  private func survey(_ scope: SurveyScope = .all) throws -> [String: Bool] {
    var found: [String: Bool] = [:]
    try FileStore(home: scratch.path).survey(scope, at: start) { found[$0.id] = $0.isOpen }
    return found
  }

  private var catalog: String { scratch.path + "/index/catalog" }

  /// Whether an incident comes from the index, without its log being read.
  private func isRemembered(_ id: String) throws -> Bool {
    try FileStore(home: scratch.path).remembered(id, .outline) != nil
  }

  @Test func `what was read once is not read again by anybody`() throws {
    _ = try store()
    for number in 10...30 { copyIn(sampleLog(notes: 1), as: "2025-11-\(number)-x") }
    copyIn(closed(sampleLog(notes: 1)), as: "2025-11-09-closed")
    #expect(try survey().count == 22)
    for number in 10...30 { #expect(try isRemembered("2025-11-\(number)-x")) }
    let again = try FileStore(home: scratch.path).openIDs(at: start)
    #expect(again.count == 21)
    var rows: [String: Int] = [:]
    try FileStore(home: scratch.path).survey(.all, at: start) { found in
      rows[found.id] = found.incident?.timeline.count
      #expect(found.log == nil)
    }
    #expect(rows["2025-11-09-closed"] == 3)
    #expect(rows["2025-11-10-x"] == 2)
  }

  @Test func `a log put in the place of another counts at once, though it looks as old`() throws {
    _ = try store()
    copyIn(sampleLog(notes: 1), as: "2025-11-10-x")
    #expect(try survey() == ["2025-11-10-x": true])
    copyIn(closed(sampleLog(notes: 1)), as: "2025-11-10-x")
    #expect(try survey() == ["2025-11-10-x": false])
    #expect(unlink(scratch.path + "/incidents/2025-11-10-x.jsonl") == 0)
    #expect(try survey() == [:])
  }

  @Test func `a line that somebody appends is seen, with the hash of its predecessor or without`()
    throws
  {
    let store = try store()
    copyIn(sampleLog(notes: 1), as: "2025-11-10-x")
    #expect(try survey() == ["2025-11-10-x": true])
    let closing = EventDraft(.incidentClosed, EventData(["outcome": "cancelled"]))
    _ = try store.writer(of: "2025-11-10-x").append(closing, author: mira, now: { start })
    #expect(try survey() == ["2025-11-10-x": false])
    let path = scratch.path + "/incidents/2025-11-10-x.jsonl"
    let file = open(path, O_WRONLY | O_APPEND)
    _ = Glibc.write(file, "junk\n", 5)
    close(file)
    #expect(try survey() == ["2025-11-10-x": false])
    #expect(
      try !isRemembered("2025-11-10-x"), "a damaged log is read each time, so that it is told")
  }

  @Test func `an index that is damaged, of another program or gone is made anew`() throws {
    _ = try store()
    for number in 10...20 { copyIn(sampleLog(notes: 1), as: "2025-11-\(number)-x") }
    #expect(try survey().count == 11)
    let whole = fileBytes(catalog)
    #expect(whole.count > 1000)
    for place in stride(from: 0, to: whole.count, by: 97) {
      var bytes = whole
      bytes[place] ^= 0x5A
      _ = scratch.write(bytes, to: "index/catalog")
      #expect(try survey().values.allSatisfy { $0 })
      #expect(try survey().count == 11)
    }
    for count in stride(from: 0, to: whole.count, by: 211) {
      _ = scratch.write(whole[..<count], to: "index/catalog")
      #expect(try survey().count == 11)
    }
    #expect(unlink(catalog) == 0)
    #expect(try survey().count == 11)
    #expect(fileBytes(catalog).count > 1000)
  }

  @Test func `what several processes add is kept, and what was added is cleared up`() throws {
    let store = try store()
    let id = "2025-11-10-x"
    copyIn(sampleLog(notes: 1), as: id)
    #expect(try survey().count == 1)
    var most = 0
    for number in 0..<900 {
      let other = FileStore(home: scratch.path)
      let log = try FoldedLog(of: id, in: other, .outline)
      try log.readOn(at: start)
      let outcome = try other.writer(of: id).append(
        note("\(number)"), author: mira, expecting: log.sequence, now: { start })
      log.apply(try #require(outcome.event))
      try log.readOn(at: start)
      #expect(!log.hasTimeline, "an outline is enough for what is one's own")
      other.remember(log, at: start)
      most = max(most, fileBytes(catalog).count)
    }
    #expect(try isRemembered(id))
    #expect(most < 600 << 10)
    let log = try FoldedLog(of: id, in: store, .outline)
    try log.readOn(at: start)
    #expect(log.incident.timeline.count == 902)
    #expect(log.sequence == 902)
  }

  @Test func `an outline is given up for all of the log where somebody else has written`() throws {
    let store = try store()
    let id = "2025-11-10-x"
    copyIn(sampleLog(notes: 3), as: id)
    #expect(try survey().count == 1)
    let log = try FoldedLog(of: id, in: store, .outline)
    try log.readOn(at: start)
    #expect(!log.hasTimeline)
    _ = try FileStore(home: scratch.path).writer(of: id).append(
      note("other"), author: mira, now: { start })
    try log.readOn(at: start)
    #expect(log.hasTimeline)
    #expect(log.incident.timeline.rows.count == 5)
    try log.readTimeline(at: start)
    #expect(log.sequence == 5)
  }

  @Test func `words that concern nothing but the timeline leave an incident quiet`() throws {
    let store = try store()
    copyIn(sampleLog(notes: 0), as: "2025-11-10-x")
    #expect(try survey().count == 1)
    let log = try FoldedLog(of: "2025-11-10-x", in: store, .outline)
    try log.readOn(at: start)
    #expect(log.quietUntil == .distantFuture)
    let writer = try store.writer(of: "2025-11-10-x")
    log.apply(try #require(writer.append(note("x"), author: mira, now: { start }).event))
    try log.readOn(at: start)
    #expect(log.quietUntil == .distantFuture)
    let severity = EventDraft(.severityChanged, EventData(["severity": "SEV-1"]))
    log.apply(try #require(writer.append(severity, author: mira, now: { start }).event))
    #expect(log.quietUntil == nil)
  }

  @Test func `the fold of a long log goes on from where it was kept`() throws {
    let store = try store()
    let id = "2025-11-10-long"
    copyIn(sampleLog(notes: 6000), as: id)
    #expect(try survey().count == 1)
    let writer = try store.writer(of: id)
    _ = writer.append(note("new"), author: mira, now: { start })
    let log = try FoldedLog(of: id, in: FileStore(home: scratch.path))
    try log.readOn(at: start)
    #expect(log.rememberedBytes > 1 << 20)
    #expect(log.sequence == 6002)
    #expect(log.incident.timeline.rows.count == 6002)
    #expect(log.reader.eventCount == 6002)
    let anew = FoldedLog(try store.reader(of: id), id: id)
    try anew.readOn(at: start)
    #expect(anew.reader.head == log.reader.head)
    #expect(anew.incident.timeline.rows == log.incident.timeline.rows)
    #expect(anew.reader.lineCount == log.reader.lineCount)
  }

  @Test func `a kept fold is not believed where the log has another line, or is another`() throws {
    let store = try store()
    let id = "2025-11-10-long"
    let path = scratch.path + "/incidents/\(id).jsonl"
    copyIn(sampleLog(notes: 6000), as: id)
    #expect(try survey().count == 1)
    func remembered() throws -> Int {
      let log = try FoldedLog(of: id, in: FileStore(home: scratch.path))
      try log.readOn(at: start)
      return log.rememberedBytes
    }
    #expect(try remembered() > 0)
    // One byte in the middle, and nothing longer.
    var bytes = fileBytes(path)
    bytes[bytes.count / 2] ^= 1
    let file = open(path, O_WRONLY)
    #expect(pwrite(file, bytes, bytes.count, 0) == bytes.count)
    #expect(try remembered() == 0)
    let damaged = try FoldedLog(of: id, in: store)
    try damaged.readOn(at: start)
    #expect(damaged.reader.damageCount > 0)
    // Another log of that length and more.
    var other = sampleLog(notes: 6000, text: "checkout — ümlaut \"quoted\" word")
    other.append(note("more"), at: start)
    #expect(pwrite(file, other.fileBytes, other.fileBytes.count, 0) == other.fileBytes.count)
    close(file)
    #expect(try remembered() == 0)
  }

  @Test func `a kept fold that is damaged is not read`() throws {
    _ = try store()
    let id = "2025-11-10-long"
    copyIn(sampleLog(notes: 6000), as: id)
    #expect(try survey().count == 1)
    let whole = fileBytes(scratch.path + "/index/\(id).fold")
    #expect(whole.count > 6000 * 16)
    for place in stride(from: 0, to: whole.count, by: whole.count / 20) {
      var bytes = whole
      bytes[place] ^= 0x40
      _ = scratch.write(bytes, to: "index/\(id).fold")
      let log = try FoldedLog(of: id, in: FileStore(home: scratch.path))
      try log.readOn(at: start)
      #expect(log.incident.timeline.rows.count == 6001)
      #expect(log.rememberedBytes == 0)
    }
  }

  @Test func `a store that cannot be written beside is read all the same`() throws {
    let store = try store()
    copyIn(sampleLog(notes: 1), as: "2025-11-10-x")
    // A file where the directory should be.
    _ = scratch.write([], to: "index")
    #expect(try survey() == ["2025-11-10-x": true])
    #expect(try store.openIDs(at: start) == ["2025-11-10-x"])
    let log = try FoldedLog(of: "2025-11-10-x", in: store, .outline)
    try log.readOn(at: start)
    store.remember(log, at: start)
    #expect(log.sequence == 2)
  }

  @Test func `the index has the modes of the store`() throws {
    let store = try store()
    copyIn(sampleLog(notes: 1), as: "2025-11-10-x")
    #expect(try survey().count == 1)
    #expect(mode(catalog) == 0o640)
    #expect(mode(scratch.path + "/index") == 0o750)
    try store.makeGroup(getegid())
    #expect(try survey().count == 1)
    #expect(mode(catalog) == 0o660)
    #expect(mode(scratch.path + "/index") == 0o2770)
  }

  private func mode(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }
}
