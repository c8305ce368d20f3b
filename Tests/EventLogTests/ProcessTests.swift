import Engine
import EventLog
import Glibc
import Testing

@Suite(.serialized)
struct `Many writers` {
  private let scratch = Scratch(onDisk: true)

  @Test func `eight processes leave one gapless chain of all their events`() throws {
    let path = scratch.write(sampleLog(notes: 0).fileBytes, to: "a.jsonl")
    let children = (0..<8).map { _ in Child(scratch, "append", path, "500") }
    for child in children { #expect(child.wait() == 0, "\(child.text)") }
    let reading = try Reading(path)
    #expect(reading.events.map(\.sequence) == Array(1...4001))
    #expect(Set(reading.events.map(\.id)).count == 4001)
    #expect(Set(reading.events.dropFirst().map(\.source)).count == 8)
    #expect(reading.reader.damageCount == 0)
    #expect(reading.reader.tornTail == nil)
  }

  @Test(arguments: [("loop", 40, 0), ("tear", 20, 10)])
  func `a killed writer loses nothing whose append had returned`(
    _ mode: String, _ kills: Int, _ tornTails: Int
  ) throws {
    let path = scratch.write(sampleLog(notes: 0).fileBytes, to: "a.jsonl")
    let acknowledgements = scratch.write([UInt8](repeating: 0, count: 8), to: "acknowledged")
    let acknowledged = open(acknowledgements, O_RDONLY | O_CLOEXEC)
    defer { close(acknowledged) }
    func newest() -> Int {
      var number: UInt64 = 0
      return pread(acknowledged, &number, 8, 0) == 8 ? Int(number) : -1
    }
    let reader = LogReader(path: path)
    var torn = 0
    var identities: [Int: EventID] = [:]
    for _ in 0..<kills {
      let before = newest()
      let child = Child(scratch, mode, path, acknowledgements)
      let deadline = ContinuousClock.now + .seconds(30)
      while mode == "loop", newest() == before, ContinuousClock.now < deadline {}
      if mode == "tear" {
        #expect(child.wait() == -SIGKILL)
      } else {
        usleep(UInt32.random(in: 0..<2000))
        child.kill()
      }
      _ = try reader.read(at: start) { event in
        #expect(identities.updateValue(event.id, forKey: event.sequence) == nil)
      }
      #expect(mode == "tear" || newest() > before, "the writer wrote nothing: \(child.text)")
      #expect(reader.head.sequence >= newest())
      if reader.tornTail != nil { torn += 1 }
    }
    #expect(torn >= tornTails)
    let writer = LogWriter(path: path)
    guard
      case .recorded(let last) = writer.append(note("whole again"), author: mira, now: { start })
    else {
      Issue.record("not recorded")
      return
    }
    let reading = try Reading(path)
    #expect(reading.events.map(\.sequence) == Array(1...last.sequence))
    #expect(reading.reader.damageCount == 0)
    #expect(reading.reader.tornTail == nil)
    // Whoever followed saw the same events as whoever reads afterwards.
    #expect(identities.allSatisfy { number, id in reading.events[number - 1].id == id })
    if mode == "tear" {
      #expect(reading.events.count { $0.kind == .logRepaired } >= 1)
    }
  }

  @Test func `whoever holds the lock is named`() throws {
    let path = scratch.write(sampleLog(notes: 0).fileBytes, to: "a.jsonl")
    let child = Child(scratch, "hold", path, "-")
    let deadline = ContinuousClock.now + .seconds(30)
    while child.text != "held\n", ContinuousClock.now < deadline { sched_yield() }
    let writer = LogWriter(path: path, patience: .milliseconds(20))
    let outcome = writer.append(note("waits"), author: mira, now: { start })
    guard case .notRecorded(_, _, .locked(_, let holder)) = outcome else {
      Issue.record("\(outcome)")
      child.kill()
      return
    }
    #expect(holder == LockHolder(process: child.process, name: "log-torture"))
    #expect(try Reading(path).events.count == 1, "readers never wait")
    child.kill()
    guard case .recorded = writer.append(note("had it"), author: mira, now: { start }) else {
      Issue.record("not recorded after the holder had gone")
      return
    }
  }

  @Test func `a file that may not grow takes what fits and loses nothing`() throws {
    let before = sampleLog(notes: 1).fileBytes
    var shortWrites = 0
    for extra in 0... {
      let path = scratch.write(before, to: "a.jsonl")
      let child = Child(scratch, "limit", path, "\(before.count + extra)")
      #expect(child.wait() == 0)
      let words = child.text.split(separator: "\n")
      #expect(words.count == 2 && words[1] == "recorded", "\(extra): \(child.text)")
      let reading = try Reading(path)
      #expect(reading.reader.damageCount == 0, "\(extra)")
      #expect(reading.reader.tornTail == nil)
      #expect(reading.events.map(\.sequence) == Array(1...reading.events.count))
      #expect(reading.texts.last?.hasPrefix("2 ") == true)
      let kept = reading.texts.contains { $0.hasPrefix("1 ") }
      if words[0] == "recorded" {
        #expect(kept)
        break
      }
      #expect(words[0] == "not recorded \(EFBIG)")
      shortWrites += 1
    }
    #expect(shortWrites > 300)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func `a reader without permission to write reads, and is told so when it writes`() throws {
    let path = scratch.write(sampleLog(notes: 4).fileBytes, to: "a.jsonl")
    chmod(scratch.path, 0o755)
    chmod(path, 0o644)
    let child = Child(scratch, "read", path, "65534")
    #expect(child.wait() == 0)
    #expect(child.text == "5\nnot recorded: cannot open \(path): Permission denied\n")
  }
}
