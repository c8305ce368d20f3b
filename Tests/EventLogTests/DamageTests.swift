import Engine
import EventLog
import Glibc
import Testing

struct `Damage` {
  private let scratch = Scratch()

  @Test func `a log cut anywhere in its last three events takes new ones and loses none`() throws {
    let log = sampleLog(notes: 5)
    let bytes = log.fileBytes
    let first = bytes.count - log.events.suffix(3).reduce(0) { $0 + $1.line.count + 1 }
    for count in first...bytes.count {
      let path = scratch.write(bytes[..<count], to: "a.jsonl")
      let whole = bytes[..<count].count { $0 == 10 }
      let reading = try Reading(path)
      #expect(reading.events.map(\.id) == log.events.prefix(whole).map(\.id), "cut at \(count)")
      let tail = count - 1 - (bytes[..<count].lastIndex(of: 10) ?? -1)
      #expect(reading.reader.tornTail?.count ?? 0 == tail)
      #expect(reading.reader.damageCount == 0)

      let outcome = LogWriter(path: path).append(
        note("new"), author: mira, expecting: tail > 0 && bytes[count] == 10 ? nil : whole,
        now: { start })
      guard case .recorded = outcome else {
        Issue.record("cut at \(count): \(outcome)")
        return
      }
      let after = try Reading(path)
      let lacksOnlyItsEnd = tail > 0 && bytes[count] == 10
      let expected = log.events.prefix(whole + (lacksOnlyItsEnd ? 1 : 0)).map(\.id)
      #expect(after.events.prefix(expected.count).map(\.id) == expected)
      let added = after.events.dropFirst(expected.count).map(\.kind)
      #expect(added == (tail > 0 && !lacksOnlyItsEnd ? [.logRepaired, .noteAdded] : [.noteAdded]))
      #expect(after.events.map(\.sequence) == Array(1...after.events.count))
      #expect(after.reader.damageCount == 0, "cut at \(count): \(after.reader.damage)")
      #expect(Array(fileBytes(path).prefix(count)) == Array(bytes[..<count]))
    }
  }

  @Test(arguments: [UInt8(1), 0x20, 0x80])
  func `a flipped bit anywhere is found and condemns nothing else`(_ bit: UInt8) throws {
    let log = sampleLog(notes: 3)
    let bytes = log.fileBytes
    let starts = bytes.indices.filter { $0 == 0 || bytes[$0 - 1] == 10 }
    for place in bytes.indices {
      var flipped = bytes
      flipped[place] ^= bit
      let path = scratch.write(flipped, to: "a.jsonl")
      let reading = try Reading(path)
      let line = starts.lastIndex { $0 <= place } ?? 0
      if place == bytes.count - 1 {
        #expect(reading.reader.tornTail?.offset == starts[line])
      } else {
        let damage = try #require(reading.reader.damage.first, "bit at \(place)")
        #expect(damage.line == line + 1)
        #expect(damage.offset == starts[line])
        #expect(reading.reader.damageCount <= 3, "bit at \(place): \(reading.reader.damage)")
      }
      let intact = log.events.enumerated().filter { $0.offset != line && $0.offset != line + 1 }
      let ids = reading.events.map(\.id)
      #expect(intact.allSatisfy { ids.contains($0.element.id) }, "bit at \(place)")

      guard case .recorded = LogWriter(path: path).append(note("new"), author: mira, now: { start })
      else {
        Issue.record("bit at \(place): not recorded")
        return
      }
      let after = try Reading(path)
      #expect(after.texts.last == "new")
      #expect(after.reader.damageCount == reading.reader.damageCount, "bit at \(place)")
    }
  }

  @Test func `accepted damage becomes a mark, and new damage at the same place does not`() throws {
    var bytes = sampleLog(notes: 2).fileBytes
    let place = bytes.count - 100
    bytes[place] ^= 1
    let path = scratch.write(bytes, to: "a.jsonl")
    let reading = try Reading(path)
    #expect(reading.reader.damage.map(\.what) == [.badSeal])
    let writer = LogWriter(path: path)
    guard
      case .recorded = writer.append(
        .damageAccepted(reading.reader.damage, reason: "a bad disk"), author: mira, now: { start })
    else {
      Issue.record("not recorded")
      return
    }
    let after = try Reading(path)
    #expect(after.reader.damage.isEmpty)
    #expect(after.reader.acceptedDamage.map(\.line) == [3])
    #expect(try Verification(path: path, at: start).isSound)
    var again = fileBytes(path)
    again[place + 1] ^= 1
    let path2 = scratch.write(again, to: "b.jsonl")
    #expect(try Reading(path2).reader.damage.map(\.line) == [3])
  }

  @Test func `a line too long to keep is passed over and told`() throws {
    let log = sampleLog(notes: 1)
    var bytes = log.fileBytes
    let offset = bytes.count
    bytes += [UInt8](repeating: 120, count: 3 << 20) + [10]
    let path = scratch.write(bytes, to: "a.jsonl")
    guard
      case .recorded(let event) = LogWriter(path: path).append(
        note("after"), author: mira, now: { start })
    else {
      Issue.record("not recorded")
      return
    }
    #expect(event.sequence == 3)
    let reading = try Reading(path)
    let damage = try #require(reading.reader.damage.first)
    #expect(reading.reader.damageCount == 1)
    #expect(damage.what == .oversized)
    #expect(damage.line == 3)
    #expect(damage.offset == offset)
    #expect(damage.count == 3 << 20)
    #expect(
      damage.sha256
        == String(decoding: Digest.hex(bytes[offset..<(bytes.count - 1)]), as: UTF8.self))
    #expect(reading.texts.last == "after")
  }

  @Test(arguments: [1, 4095, 4096, 200_000, 2 << 20])
  func `zeros at the end, as a power cut leaves them, are a torn tail`(_ zeros: Int) throws {
    let bytes = sampleLog(notes: 1).fileBytes + [UInt8](repeating: 0, count: zeros)
    let path = scratch.write(bytes, to: "a.jsonl")
    let reading = try Reading(path)
    #expect(reading.reader.tornTail?.count == zeros)
    guard case .recorded = LogWriter(path: path).append(note("on"), author: mira, now: { start })
    else {
      Issue.record("not recorded")
      return
    }
    let after = try Reading(path)
    #expect(after.reader.damageCount == 0, "\(after.reader.damage)")
    try #require(after.events.map(\.sequence) == [1, 2, 3, 4])
    #expect(after.events[2].data.integer("length") == Int64(zeros))
  }

  @Test func `a number that does not follow is told though its seal holds`() throws {
    var log = sampleLog(notes: 1)
    let line = EventCoding.line(
      sequence: 7, id: EventID(named: "gap"), recorded: start, occurred: nil, author: mira,
      kind: "note.added", data: EventData(["text": "late"]), after: log.hash)
    let path = scratch.write(log.fileBytes + line + [10], to: "a.jsonl")
    let reading = try Reading(path)
    #expect(reading.reader.damage.map(\.what) == [.sequenceGap(expected: 3, found: 7)])
    #expect(reading.texts.last == "late")
    log = MemoryLog()
  }

  @Test func `a bad line at the end is told when it has stood, or a valid event follows`() throws {
    let log = sampleLog(notes: 1)
    let path = scratch.write(log.fileBytes + Array("half a rec\n".utf8), to: "a.jsonl")
    let reader = LogReader(path: path)
    _ = try reader.read(at: start) { _ in }
    #expect(reader.damage.map(\.what) == [.unreadable])
    #expect(reader.settledDamage(at: start + .milliseconds(1999)).isEmpty)
    #expect(reader.settledDamage(at: start + .seconds(2)).count == 1)
    _ = LogWriter(path: path).append(note("next"), author: mira, now: { start })
    _ = try reader.read(at: start) { _ in }
    #expect(reader.settledDamage(at: start).count == 1)
  }

  @Test func `a torn tail remembers since when it stands as it is`() throws {
    let log = sampleLog(notes: 1)
    let path = scratch.write(log.fileBytes + Array("{\"se".utf8), to: "a.jsonl")
    let reader = LogReader(path: path)
    _ = try reader.read(at: start) { _ in }
    _ = try reader.read(at: start + .seconds(3)) { _ in }
    #expect(reader.tornTail == TornTail(offset: log.fileBytes.count, count: 4, since: start))
  }

  @Test func `kinds and keys of a newer version are kept and handed over`() throws {
    var bytes = sampleLog(notes: 0).fileBytes
    let hash = Array(bytes.suffix(67).prefix(64))
    let body =
      Array(
        ##"{"seq":2,"id":"019aa3ec-dafb-7000-8000-0000000000ff","recorded":"2025-11-21T01:00:00.123Z","##
          .utf8)
      + Array(
        ##""mood":"calm","actor":"m","source":"s","kind":"mood.noted","data":{"deep":[{}]}"##.utf8)
    bytes += body + Array(",\"hash\":\"".utf8) + Digest.hex(hash + body) + Array("\"}\n".utf8)
    let path = scratch.write(bytes, to: "a.jsonl")
    let reading = try Reading(path)
    #expect(reading.reader.damageCount == 0)
    #expect(reading.events[1].kindName == "mood.noted")
    guard case .recorded = LogWriter(path: path).append(note("on"), author: mira, now: { start })
    else {
      Issue.record("not recorded")
      return
    }
    #expect(Array(fileBytes(path).prefix(bytes.count)) == bytes)
  }

  @Test func `a log of a newer format is read but not written`() throws {
    var log = MemoryLog()
    log.append(EventDraft(.incidentDeclared, EventData(["format": 2])), at: start)
    let path = scratch.write(log.fileBytes, to: "a.jsonl")
    #expect(try Reading(path).reader.format == 2)
    guard
      case .notRecorded(_, _, let error) = LogWriter(path: path).append(
        note("x"), author: mira, now: { start })
    else {
      Issue.record("written")
      return
    }
    #expect(error == .newerFormat(path: path, format: 2))
    #expect(fileBytes(path) == log.fileBytes)
  }

  @Test func `a link and a directory are refused`() throws {
    let path = scratch.write(sampleLog(notes: 0).fileBytes, to: "a.jsonl")
    let link = scratch.path + "/link.jsonl"
    #expect(symlink(path, link) == 0)
    #expect(throws: LogError.isLink(path: link)) { try Reading(link) }
    guard
      case .notRecorded(_, _, .isLink) = LogWriter(path: link).append(
        note("x"), author: mira, now: { start })
    else {
      Issue.record("written through a link")
      return
    }
    #expect(throws: LogError.isNoFile(path: scratch.path)) { try Reading(scratch.path) }
    #expect(fileBytes(path) == sampleLog(notes: 0).fileBytes)
  }
}

struct `A log that somebody changes behind our back` {
  private let scratch = Scratch()

  private func follow(_ reader: LogReader) throws -> LogProgress {
    let progress = try reader.read(at: start) { _ in }
    if progress == .replaced { _ = try reader.read(at: start) { _ in } }
    return progress
  }

  @Test func `cut off lines raise the alarm until they are back`() throws {
    let log = sampleLog(notes: 4)
    let bytes = log.fileBytes
    let path = scratch.write(bytes, to: "a.jsonl")
    let reader = LogReader(path: path)
    _ = try follow(reader)
    let highest = reader.head
    truncate(path, off_t(bytes.count - log.events[4].line.count - 1))
    #expect(try follow(reader) == .replaced)
    #expect(
      reader.alarm
        == .rolledBack(
          highest: highest, now: Head(sequence: 4, hash: try #require(log.events[3].hash))))
    _ = LogWriter(path: path).append(note("other"), author: mira, now: { start })
    _ = try follow(reader)
    #expect(reader.head.sequence == 5)
    #expect(reader.alarm != nil, "another event of the same number is not the one that was seen")
    _ = scratch.write(bytes, to: "b.jsonl")
    rename(scratch.path + "/b.jsonl", path)
    #expect(try follow(reader) == .replaced)
    #expect(reader.alarm == nil)
    #expect(reader.head == highest)
  }

  @Test func `a log that went away is told, and read again when it is back`() throws {
    let path = scratch.write(sampleLog(notes: 2).fileBytes, to: "a.jsonl")
    let reader = LogReader(path: path)
    _ = try follow(reader)
    rename(path, path + ".away")
    #expect(try follow(reader) == .read(0))
    #expect(reader.alarm == .missing)
    rename(path + ".away", path)
    #expect(try follow(reader) == .read(0))
    #expect(reader.alarm == nil)
    unlink(path)
    _ = try follow(reader)
    _ = scratch.write(sampleLog(notes: 3).fileBytes, to: "a.jsonl")
    #expect(try follow(reader) == .replaced)
    #expect(reader.alarm == nil)
    #expect(reader.eventCount == 4)
  }

  @Test func `what is known from elsewhere is looked for`() throws {
    let log = sampleLog(notes: 3)
    let path = scratch.write(log.fileBytes, to: "a.jsonl")
    let third = Head(sequence: 3, hash: try #require(log.events[2].hash))
    #expect(try Verification(path: path, since: third, at: start).isSound)
    let other = Head(sequence: 3, hash: String(decoding: Digest.zero, as: UTF8.self))
    #expect(try Verification(path: path, since: other, at: start).holdsSince == false)
    let later = Head(sequence: 9, hash: third.hash)
    #expect(try !Verification(path: path, since: later, at: start).isSound)
    #expect(Head(third.description) == third)
    #expect(Head("3:zz") == nil)
  }

  @Test func `a writer goes on in the file that the path leads to now`() throws {
    let path = scratch.write(sampleLog(notes: 2).fileBytes, to: "a.jsonl")
    let writer = LogWriter(path: path)
    _ = writer.append(note("into the first"), author: mira, now: { start })
    rename(path, path + ".away")
    _ = scratch.write(sampleLog(notes: 1).fileBytes, to: "a.jsonl")
    guard case .recorded(let event) = writer.append(note("on"), author: mira, now: { start }) else {
      Issue.record("not recorded")
      return
    }
    #expect(event.sequence == 3)
    #expect(try Reading(path).texts.last == "on")
    #expect(try Reading(path + ".away").texts.last == "into the first")
  }
}
