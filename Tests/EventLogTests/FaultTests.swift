import Engine
import EventLog
import Glibc
import Synchronization
import Testing

/// Whether a file system can be mounted here, as root in a machine of one's own can.
private let canMount: Bool = {
  let scratch = Scratch()
  guard mount("tmpfs", scratch.path, "tmpfs", 0, "size=1m") == 0 else { return false }
  return umount2(scratch.path, Int32(MNT_DETACH)) == 0
}()

struct `When the system fails` {
  private let scratch = Scratch()

  private final class Count: Sendable {
    let value = Atomic<Int>(0)
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
    var total: Int { value.load(ordering: .relaxed) }
  }

  /// Writes a number of bytes and fails from then on, as often as it is told to.
  private func calls(taking count: Int, then error: Int32, _ failures: Count) -> FileCalls {
    var calls = FileCalls.system
    let system = calls.write
    calls.write = { file, bytes in
      switch failures.next() {
      case 1:
        if count == 0 { return -Int(error) }
        return system(file, UnsafeRawBufferPointer(rebasing: bytes[..<min(count, bytes.count)]))
      case 2 where count > 0: return -Int(error)
      default: return system(file, bytes)
      }
    }
    return calls
  }

  @Test(arguments: [ENOSPC, EIO, EDQUOT])
  func `a write that fails after any number of bytes is told, mended and loses nothing`(
    _ error: Int32
  ) throws {
    let before = sampleLog(notes: 1)
    var tries = 0
    for count in stride(from: 0, through: 400, by: error == ENOSPC ? 1 : 17) {
      let path = scratch.write(before.fileBytes, to: "a.jsonl")
      let failures = Count()
      let writer = LogWriter(path: path, calls: calls(taking: count, then: error, failures))
      let outcome = writer.append(note("first try"), author: mira, now: { start })
      if case .recorded(let event) = outcome {
        #expect(count > event.line.count, "everything had been taken")
        break
      }
      tries += 1
      guard case .notRecorded(var draft, let time, .cannotWrite(_, let offset, let told)) = outcome
      else {
        Issue.record("\(count) bytes: \(outcome)")
        return
      }
      #expect(failures.total == (count == 0 ? 1 : 2))
      #expect(told == error)
      #expect(offset == before.fileBytes.count + count)
      #expect(try Reading(path).events.map(\.id) == before.events.map(\.id))
      draft.occurred = time
      let again = writer.append(draft, author: mira, now: { start + .seconds(9) })
      switch again {
      case .recorded(let event): #expect(event.occurred == start)
      case .present(let event): #expect(event.line.count == count, "it lacked only its line feed")
      default: Issue.record("\(count) bytes: \(again)")
      }
      let after = try Reading(path)
      #expect(after.reader.damageCount == 0)
      #expect(after.reader.tornTail == nil)
      #expect(after.texts.filter { $0 == "first try" }.count == 1)
      #expect(after.events.last?.effective == start)
      #expect(after.events.map(\.sequence) == Array(1...after.events.count))
    }
    #expect(tries > (error == ENOSPC ? 200 : 10))
  }

  @Test func `a write that takes only some bytes is finished under the same lock`() throws {
    let path = scratch.write(sampleLog(notes: 1).fileBytes, to: "a.jsonl")
    let writes = Count()
    let locks = Count()
    var calls = FileCalls.system
    let system = calls.write
    calls.write = { file, bytes in
      writes.next() == 3
        ? -Int(EINTR)
        : system(file, UnsafeRawBufferPointer(rebasing: bytes[..<min(50, bytes.count)]))
    }
    calls.lock = { file in
      _ = locks.next()
      return FileCalls.system.lock(file)
    }
    let writer = LogWriter(path: path, calls: calls)
    guard case .recorded = writer.append(note("in pieces"), author: mira, now: { start }) else {
      Issue.record("not recorded")
      return
    }
    #expect(writes.total > 4)
    #expect(locks.total == 1)
    let reading = try Reading(path)
    #expect(reading.texts.last == "in pieces")
    #expect(reading.reader.damageCount == 0)
  }

  @Test func `the lock is given back before the sync`() throws {
    let path = scratch.write(sampleLog(notes: 1).fileBytes, to: "a.jsonl")
    var calls = FileCalls.system
    let state = LockState()
    calls.lock = { file in
      state.isLocked.store(true, ordering: .relaxed)
      return FileCalls.system.lock(file)
    }
    calls.unlock = { file in
      state.isLocked.store(false, ordering: .relaxed)
      return FileCalls.system.unlock(file)
    }
    calls.synchronize = { file in
      state.wasLockedAtSync.store(state.isLocked.load(ordering: .relaxed), ordering: .relaxed)
      state.syncs.add(1, ordering: .relaxed)
      return FileCalls.system.synchronize(file)
    }
    let outcome = LogWriter(path: path, calls: calls).append(
      note("x"), author: mira, now: { start })
    guard case .recorded = outcome else {
      Issue.record("\(outcome)")
      return
    }
    let syncs = state.syncs.load(ordering: .relaxed)
    let wasLocked = state.wasLockedAtSync.load(ordering: .relaxed)
    #expect(syncs == 1)
    #expect(!wasLocked)
  }

  private final class LockState: Sendable {
    let isLocked = Atomic<Bool>(false)
    let wasLockedAtSync = Atomic<Bool>(true)
    let syncs = Atomic<Int>(0)
  }

  /// Every call fails once, with every error that it may fail with.
  @Test(arguments: ["open", "lock", "sync", "reserve"], [EIO, ENOSPC, EDQUOT, EMFILE, EINTR])
  func `a call that fails is told for what it is`(_ call: String, _ error: Int32) throws {
    let path = scratch.write(sampleLog(notes: 1).fileBytes, to: "a.jsonl")
    let failed = Count()
    var calls = FileCalls.system
    switch call {
    case "open":
      calls.open = {
        failed.next() == 1 ? -error : FileCalls.system.open($0, $1, $2)
      }
    case "lock": calls.lock = { failed.next() == 1 ? error : FileCalls.system.lock($0) }
    case "sync":
      calls.synchronize = { failed.next() == 1 ? error : FileCalls.system.synchronize($0) }
    default:
      calls.reserve = { failed.next() == 1 ? error : FileCalls.system.reserve($0, $1, $2) }
    }
    let writer = LogWriter(path: path, calls: calls)
    let outcome = writer.append(note("x"), author: mira, now: { start })
    #expect(failed.total >= 1)
    switch (call, outcome) {
    case ("open", .notRecorded(_, _, let told)):
      #expect(told == .cannotOpen(path: path, error: error))
    case ("lock", .recorded): #expect(error == EINTR, "only an interrupted call is tried again")
    case ("lock", .notRecorded(_, _, let told)):
      #expect(told == .cannotWrite(path: path, offset: 0, error: error))
    case ("sync", .unconfirmed(let event, let told)):
      #expect(told == error)
      #expect(event.sequence == 3)
      #expect(failed.total == 1, "a sync that failed is never tried again")
      #expect(writer.unsyncedSince == start)
    case ("reserve", .recorded): #expect(writer.reserveError == error)
    default: Issue.record("\(call): \(outcome)")
    }
    let isThere = outcome.event != nil
    #expect(try Reading(path).events.count == (isThere ? 3 : 2))
    guard case .recorded = writer.append(note("y"), author: mira, now: { start }) else {
      Issue.record("\(call): does not work again")
      return
    }
  }

  @Test(.enabled(if: canMount, "only root can mount a small disk"))
  func `a full disk is told, and the reserve carries an incident on`() throws {
    let disk = scratch.path + "/disk"
    mkdir(disk, 0o755)
    try #require(mount("tmpfs", disk, "tmpfs", 0, "size=4m") == 0)
    defer { umount2(disk, Int32(MNT_DETACH)) }
    let store = FileStore(home: disk + "/home")
    let spool = Spool(for: store, paths: [scratch.path + "/spool"])
    let recorder = Recorder(store: store, spool: spool)
    let declared = try recorder.declare(title: "Full", author: mira, now: { start }) { id in
      EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)]))
    }
    let filler = open(disk + "/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    let block = [UInt8](repeating: 1, count: 4096)
    while write(filler, block, block.count) > 0 {}
    var recorded = 0
    var lost: Recorder.Recorded?
    while lost == nil, recorded < 20_000 {
      let result = try recorder.record(
        note("word \(recorded)"), in: declared.incident, author: mira, now: { start })
      if case .recorded = result.appended { recorded += 1 } else { lost = result }
    }
    #expect(recorded >= 3000, "the reserve is there for this")
    guard case .notRecorded(_, _, .cannotWrite(_, _, let error)) = try #require(lost).appended
    else {
      Issue.record("\(String(describing: lost))")
      return
    }
    #expect(error == ENOSPC)
    #expect(lost?.spooled != nil)
    ftruncate(filler, 0)
    close(filler)
    let offered = recorder.offerAgain(now: { _ in start + .minutes(5) }).offered
    #expect(offered.count == 1)
    #expect(spool.entries().isEmpty)
    let reading = try Reading(try store.path(of: declared.incident))
    #expect(reading.texts == (0...recorded).map { "word \($0)" })
    #expect(reading.events.last?.occurred == start)
    #expect(reading.reader.damageCount == 0)
  }
}
