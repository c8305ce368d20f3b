import Engine
import EventLog
import Glibc
import Synchronization
import Testing

struct `A recovery that is itself interrupted` {
  private let scratch = Scratch()

  private final class Count: Sendable {
    let value = Atomic<Int>(0)
  }

  /// A writer that is stopped after so many bytes.
  private func stopped(after count: Int, _ path: String) -> LogWriter {
    var calls = FileCalls.system
    let system = calls.write
    let written = Count()
    calls.write = { file, bytes in
      let room = count - written.value.load(ordering: .relaxed)
      guard room > 0 else { return -Int(EIO) }
      let taken = system(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(room)))
      written.value.add(max(0, taken), ordering: .relaxed)
      return taken
    }
    return LogWriter(path: path, calls: calls)
  }

  /// Checks that a log is sound, without gaps, and holds what was there before and each of the words at most once.
  private func expectWhole(_ path: String, _ before: MemoryLog, _ what: String) throws {
    let reading = try Reading(path)
    #expect(reading.reader.damageCount == 0, "\(what): \(reading.reader.damage)")
    #expect(reading.reader.tornTail == nil, "\(what)")
    #expect(reading.events.map(\.sequence) == Array(1...reading.events.count), "\(what)")
    #expect(reading.events.prefix(before.events.count).map(\.id) == before.events.map(\.id))
    #expect(Set(reading.events.map(\.id)).count == reading.events.count, "\(what)")
    #expect(reading.texts.last == "whole", "\(what)")
    #expect(try Verification(path: path, at: start).isSound, "\(what)")
  }

  @Test(arguments: [1, 2, 7, 40, 150, 220])
  func `two torn writes in a row, the second anywhere inside the repair, leave a sound log`(
    _ first: Int
  ) throws {
    let before = sampleLog(notes: 2)
    var tried = 0
    for second in 0..<800 where second < 4 || second % 5 == 0 {
      let path = scratch.write(before.fileBytes, to: "a.jsonl")
      let one = stopped(after: first, path).append(note("lost"), author: mira, now: { start })
      guard case .notRecorded = one else { break }
      let two = stopped(after: second, path).append(note("lost too"), author: mira, now: { start })
      let last = LogWriter(path: path).append(note("whole"), author: mira, now: { start })
      guard case .recorded = last else {
        Issue.record("\(first), \(second): \(last)")
        return
      }
      try expectWhole(path, before, "\(first) bytes, then \(second)")
      guard case .notRecorded = two else { break }
      tried += 1
    }
    #expect(tried > 100)
  }

  @Test
  func `any number of interrupted writes in a row leave a sound log, and each is accounted for`()
    throws
  {
    var random = SystemRandomNumberGenerator()
    let before = sampleLog(notes: 1)
    for round in 0..<150 {
      let path = scratch.write(before.fileBytes, to: "a.jsonl")
      let stops = (0..<Int.random(in: 2...7, using: &random)).map { _ in
        Bool.random(using: &random)
          ? Int.random(in: 0...3, using: &random) : Int.random(in: 0...700, using: &random)
      }
      for stop in stops {
        _ = stopped(after: stop, path).append(note("lost"), author: mira, now: { start })
      }
      guard
        case .recorded = LogWriter(path: path).append(note("whole"), author: mira, now: { start })
      else {
        Issue.record("\(stops)")
        return
      }
      try expectWhole(path, before, "round \(round): \(stops)")
    }
  }

  @Test func `what was mended is said`() throws {
    let before = sampleLog(notes: 1)
    let path = scratch.write(before.fileBytes + Array("{\"se".utf8), to: "a.jsonl")
    let writer = LogWriter(path: path)
    _ = writer.append(note("on"), author: mira, now: { start })
    #expect(writer.mended == .closedOff(bytes: 4))
    _ = writer.append(note("on"), author: mira, now: { start })
    #expect(writer.mended == nil)
    let bytes = fileBytes(path)
    _ = scratch.write(bytes.dropLast(), to: "a.jsonl")
    let next = LogWriter(path: path)
    _ = next.append(note("on"), author: mira, now: { start })
    #expect(next.mended == .finished(sequence: 5))
  }

  @Test func `lines that no stopped writer leaves stay damage, whatever follows`() throws {
    let before = sampleLog(notes: 1)
    for junk in ["zzz\n", "\n zzz\n", "{\"seq\":9,\"id\":\"\n", "{}\n{\"seq\":3,\"id\":\"0"] {
      let path = scratch.write(before.fileBytes + Array(junk.utf8), to: "a.jsonl")
      _ = LogWriter(path: path).append(note("on"), author: mira, now: { start })
      let found = try Verification(path: path, at: start)
      #expect(!found.isSound, "\(junk)")
      #expect(found.damageCount == junk.filter { $0 == "\n" }.count, "\(junk): \(found.damage)")
    }
  }
}
