import Engine
import EventLog
import Glibc
import Synchronization
import Testing

struct `The spool` {
  private let scratch = Scratch()
  private let id = "2025-11-21-spooled"

  private func recorder(_ calls: FileCalls = .system) throws -> Recorder {
    let store = Store(home: scratch.path + "/home", calls: calls)
    return Recorder(store: store, spool: Spool(for: store, paths: [scratch.path + "/spool"]))
  }

  private func prepared() throws {
    let store = Store(home: scratch.path + "/home")
    try store.prepare()
    _ = scratch.write(sampleLog(notes: 1).fileBytes, to: "home/incidents/\(id).jsonl")
  }

  @Test func `what was not recorded is offered again as the same fact at its time`() throws {
    try prepared()
    var failing = FileCalls.system
    failing.write = { _, _ in -Int(ENOSPC) }
    let recorder = try recorder(failing)
    let result = try recorder.record(note("words"), in: id, author: mira, now: { start })
    let file = try #require(result.spooled)
    var status = stat()
    #expect(lstat(file, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    let entry = try #require(recorder.spool.entries().first)
    #expect(entry.state == .notRecorded)
    #expect(entry.draft.data.string("text") == "words")

    let later = try self.recorder()
    let offered = try later.offerAgain(now: { _ in start + .hours(1) })
    guard case .recorded(let event)? = offered.first?.appended else {
      Issue.record("\(offered)")
      return
    }
    #expect(event.id == entry.id)
    #expect(event.occurred == start)
    #expect(event.recorded == start + .hours(1))
    #expect(event.source == mira.source)
    #expect(later.spool.entries().isEmpty)
    #expect(try later.offerAgain(now: { _ in start }).isEmpty)
  }

  @Test func `after a failed sync everything is spooled, and leaves only from a fresh copy`() throws
  {
    try prepared()
    var failing = FileCalls.system
    let syncs = Failures()
    failing.synchronize = { file in
      syncs.count.add(1, ordering: .relaxed).newValue == 1
        ? EIO : FileCalls.system.synchronize(file)
    }
    let recorder = try recorder(failing)
    let first = try recorder.record(note("one"), in: id, author: mira, now: { start })
    guard case .unconfirmed(_, EIO) = first.appended else {
      Issue.record("\(first)")
      return
    }
    #expect(recorder.unsyncedSince(id) == start)
    let other = try self.recorder()
    #expect(other.unsyncedSince(id) == start, "another process knows as well")
    let second = try other.record(note("two"), in: id, author: mira, now: { start + .seconds(5) })
    guard case .recorded = second.appended else {
      Issue.record("\(second)")
      return
    }
    #expect(second.spooled != nil)
    #expect(other.spool.entries().map(\.state) == [.unconfirmed, .unconfirmed])
    #expect(try other.offerAgain(now: { _ in start }).isEmpty, "never on the same file")

    // A copy that the second event did not make it into.
    let path = try other.store.path(of: id)
    let bytes = fileBytes(path)
    let cut = bytes.dropLast().lastIndex(of: 10).map { $0 + 1 } ?? 0
    _ = scratch.write(bytes[..<cut], to: "copy")
    rename(scratch.path + "/copy", path)
    let third = try self.recorder()
    #expect(third.unsyncedSince(id) == nil)
    let offered = try third.offerAgain(now: { _ in start + .hours(1) })
    #expect(offered.count == 2)
    #expect(third.spool.entries().isEmpty)
    let reading = try Reading(path)
    #expect(reading.texts.suffix(2) == ["one", "two"])
    #expect(reading.events.last?.occurred == start + .seconds(5))
  }

  private final class Failures: Sendable {
    let count = Atomic<Int>(0)
  }

  @Test func `an incident that could not be declared is declared when it can be`() throws {
    var failing = FileCalls.system
    failing.write = { _, _ in -Int(EIO) }
    let recorder = try recorder(failing)
    let result = try recorder.declare(title: "No disk", author: mira, now: { start }) { id in
      EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)]))
    }
    #expect(result.incident == "2025-11-21-no-disk")
    #expect(result.spooled != nil)
    #expect(try recorder.store.ids().isEmpty, "no empty log stays behind")
    let later = try self.recorder()
    #expect(try later.offerAgain(now: { _ in start + .minutes(1) }).count == 1)
    #expect(try later.store.ids() == [result.incident])
    #expect(later.spool.entries().isEmpty)
  }

  @Test func `a stale decision and what can never be recorded are not kept`() throws {
    try prepared()
    let recorder = try recorder()
    let stale = try recorder.record(
      note("x"), in: id, author: mira, expecting: 1, now: { start })
    #expect(stale.spooled == nil)
    let long = String(repeating: "x", count: EventCoding.maximumLineCount)
    let tooLong = try recorder.record(note(long), in: id, author: mira, now: { start })
    guard case .notRecorded(_, _, .tooLong) = tooLong.appended else {
      Issue.record("\(tooLong)")
      return
    }
    #expect(recorder.spool.entries().isEmpty)
  }

  @Test func `a place that others may write to is not trusted`() throws {
    try prepared()
    let place = scratch.path + "/spool"
    mkdir(place, 0o777)
    chmod(place, 0o777)
    var failing = FileCalls.system
    failing.write = { _, _ in -Int(EIO) }
    let result = try recorder(failing).record(note("x"), in: id, author: mira, now: { start })
    #expect(result.spooled == nil)
    #expect(result.spoolError == .cannotSpool(path: place, error: EPERM))
  }

  @Test func `a place on another file system comes first`() throws {
    let elsewhere = Scratch(onDisk: true)
    let store = Store(home: scratch.path)
    let spool = Spool(for: store, paths: [scratch.path + "/near", elsewhere.path + "/far"])
    var near = stat()
    var far = stat()
    #expect(lstat(scratch.path, &near) == 0 && lstat(elsewhere.path, &far) == 0)
    let differ = near.st_dev != far.st_dev
    #expect(spool.places.first?.path.hasSuffix(differ ? "/far" : "/near") == true)
    #expect(spool.places.first?.isElsewhere == differ)
  }
}
