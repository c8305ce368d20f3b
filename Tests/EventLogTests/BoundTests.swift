import CTorture
import Engine
import EventLog
import Glibc
import Synchronization
import Testing

@Suite(.serialized)
struct `Untrusted bytes at the end of a log` {
  private let scratch = Scratch()

  /// Kinds of junk, each repeated to a length.
  private static let kinds: [(name: String, unit: [UInt8])] = [
    ("words", Array("zzz\n".utf8)), ("line ends", [10]), ("zeros", [0]), ("no line end", [120]),
    ("stopped writes", Array("{\"seq\":3,\"id\":\"\n".utf8)),
    ("seals", Array(#"x,"hash":"\#(String(repeating: "a", count: 64))"}"#.utf8) + [10]),
    ("events without a seal", Array(#"{"seq":3,"id":"x","data":{}}"#.utf8) + [10]),
    ("the identity", Array("019aa3ec-dafb-7000-8000-0000000000ff \n".utf8)),
  ]

  private func junk(_ unit: [UInt8], _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + unit.count)
    while bytes.count < count { bytes += unit }
    return Array(bytes.prefix(count))
  }

  private final class Reads: Sendable {
    let count = Atomic<Int>(0)
    let underLock = Atomic<Int>(0)
    let isLocked = Atomic<Bool>(false)
  }

  private func counting(_ reads: Reads) -> FileCalls {
    var calls = FileCalls.system
    calls.read = { file, room, offset in
      let count = FileCalls.system.read(file, room, offset)
      reads.count.add(max(0, count), ordering: .relaxed)
      if reads.isLocked.load(ordering: .relaxed) {
        reads.underLock.add(max(0, count), ordering: .relaxed)
      }
      return count
    }
    calls.lock = { file in
      let error = FileCalls.system.lock(file)
      if error == 0 { reads.isLocked.store(true, ordering: .relaxed) }
      return error
    }
    calls.unlock = { file in
      reads.isLocked.store(false, ordering: .relaxed)
      return FileCalls.system.unlock(file)
    }
    return calls
  }

  @Test(arguments: kinds.map(\.name))
  func `of any size are read a few times at most, and hardly anything under the lock`(
    _ kind: String
  ) throws {
    let unit = try #require(Self.kinds.first { $0.name == kind }?.unit)
    let before = sampleLog(notes: 1)
    // Around the stretches in which the end is looked at; the longest only where there are few lines to judge.
    let stretches =
      unit.count > 1 || unit == [10] ? [4096, 1 << 16] : [4096, 1 << 16, 1 << 20, 4 << 20]
    let edges = stretches.flatMap { [$0 - 300, $0 - 1, $0, $0 + 1] }
    for size in [0, 1, 2, 3, 75, 300] + edges + [300_000] {
      let path = scratch.write(before.fileBytes + junk(unit, size), to: "a.jsonl")
      let reads = Reads()
      var draft = note("on")
      draft.identity = .known(try #require(EventID("019aa3ec-dafb-7000-8000-0000000000ff")))
      let outcome = LogWriter(path: path, calls: counting(reads)).append(
        draft, author: mira, now: { start })
      guard case .recorded(let event) = outcome else {
        Issue.record("\(size): \(outcome)")
        return
      }
      let read = reads.count.load(ordering: .relaxed)
      let underLock = reads.underLock.load(ordering: .relaxed)
      #expect(read <= 24 * size + 40_000, "\(size)")
      #expect(underLock <= 70_000, "\(size)")
      let reading = try Reading(path)
      #expect(reading.events.filter { $0.id == event.id }.count == 1, "\(size)")
      #expect(reading.texts.last == "on")
    }
  }

  /// Instructions where the processor counts them for us, else nanoseconds of processor time: neither grows while others
  /// have the machine.
  private func measured(_ body: () -> Void) -> Double {
    var before = timespec()
    var after = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
    let counter = torture_count_instructions()
    body()
    let instructions = torture_counted(counter)
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
    if instructions > 0 { return Double(instructions) }
    return Double(after.tv_sec - before.tv_sec) * 1e9 + Double(after.tv_nsec - before.tv_nsec)
  }

  @Test(arguments: kinds.map(\.name))
  func `cost work in proportion to their length`(_ kind: String) throws {
    let unit = try #require(Self.kinds.first { $0.name == kind }?.unit)
    let before = sampleLog(notes: 1)
    func cost(_ size: Int) -> Double {
      (0..<3).map { _ in
        let path = scratch.write(before.fileBytes + junk(unit, size), to: "a.jsonl")
        return measured {
          _ = LogWriter(path: path).append(note("on"), author: mira, now: { start })
        }
      }.min() ?? 0
    }
    let small = cost(32 << 10)
    let large = cost(256 << 10)
    // Eight times the bytes: eight times the work, sixty-four times where it grows with the square.
    #expect(large < small * 24, "\(kind): \(small) for 32 KiB, \(large) for 256 KiB")
  }

  @Test func `line ends that are only counted cost less than half of those that are listed`() {
    let before = sampleLog(notes: 1)
    func cost(_ count: Int) -> Double {
      let path = scratch.write(before.fileBytes + junk([10], count), to: "a.jsonl")
      return (0..<3).map { _ in
        measured { _ = LogReader(path: path).damageCountAfterReading }
      }.min() ?? 0
    }
    let listed = (cost(1000) - cost(0)) / 1000
    let counted = (cost(201_000) - cost(1000)) / 200_000
    #expect(counted * 2 < listed, "\(counted) for one that is counted, \(listed) for one listed")
    let path = scratch.write(before.fileBytes + junk([10], 5000), to: "a.jsonl")
    #expect(LogReader(path: path).damageCountAfterReading == 5000)
  }

  @Test func `a signal is taken while a long end is read`() throws {
    let path = scratch.write(
      sampleLog(notes: 1).fileBytes + junk([120], 6 << 20), to: "a.jsonl")
    var terminated = sigset_t()
    var before = sigset_t()
    sigemptyset(&terminated)
    sigaddset(&terminated, SIGTERM)
    // Threads of tests hold signals off.
    pthread_sigmask(SIG_UNBLOCK, &terminated, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var calls = FileCalls.system
    let held = Reads()
    calls.read = { file, room, offset in
      var signals = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &signals)
      if sigismember(&signals, SIGTERM) == 1 { held.underLock.add(room.count, ordering: .relaxed) }
      return FileCalls.system.read(file, room, offset)
    }
    _ = LogWriter(path: path, calls: calls).append(note("on"), author: mira, now: { start })
    #expect(held.underLock.load(ordering: .relaxed) <= 70_000)
  }

  // MARK: - Checked before anything is written

  @Test func `a number after which none can come is refused before the log is touched`() throws {
    var log = sampleLog(notes: 1)
    let line = EventCoding.line(
      sequence: 999_999_999_999_999_999, id: EventID(named: "last"), recorded: start, occurred: nil,
      author: mira, kind: "note.added", data: EventData(["text": "last"]), after: log.hash)
    let bytes = log.fileBytes + line + [10]
    let path = scratch.write(bytes, to: "a.jsonl")
    let outcome = LogWriter(path: path).append(note("on"), author: mira, now: { start })
    guard case .notRecorded(_, _, let error) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(error == .numbersExhausted(path: path, sequence: 999_999_999_999_999_999))
    #expect(error.mayPass)
    #expect(fileBytes(path) == bytes)
    log = MemoryLog()
  }

  @Test(arguments: [#""words""#, "[1]", "7", "", "{\"a\":", "{}}"])
  func `what would not be read as an event is refused before the log is touched`(_ data: String)
    throws
  {
    let bytes = sampleLog(notes: 1).fileBytes
    let path = scratch.write(bytes, to: "a.jsonl")
    let draft = EventDraft(.noteAdded, EventData(bytes: Array(data.utf8)[...]))
    let outcome = LogWriter(path: path).append(draft, author: mira, now: { start })
    switch outcome {
    case .notRecorded(_, _, let error):
      #expect(error == .notAnEvent(path: path, kind: "note.added"))
      #expect(fileBytes(path) == bytes)
    case .recorded:
      #expect(try Reading(path).reader.damageCount == 0)
    default: Issue.record("\(outcome)")
    }
  }
}

extension LogReader {
  /// Reads all there is, and answers how many places are damaged.
  fileprivate var damageCountAfterReading: Int {
    do throws(LogError) { _ = try read(at: start) { _ in } } catch { return -1 }
    return damageCount
  }
}
