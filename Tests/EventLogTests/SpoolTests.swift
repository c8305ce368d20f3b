import Engine
import EventLog
import Glibc
import Synchronization
import Testing

struct `The spool` {
  private let scratch = Scratch()
  private let id = "2025-11-21-spooled"

  private func recorder(_ calls: FileCalls = .system) throws -> Recorder {
    let store = FileStore(home: scratch.path + "/home", calls: calls)
    return Recorder(store: store, spool: Spool(for: store, paths: [scratch.path + "/spool"]))
  }

  private func prepared() throws {
    let store = FileStore(home: scratch.path + "/home")
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
    let entry = try #require(recorder.kept.first)
    #expect(entry.state == .notRecorded)
    #expect(entry.draft.data.string("text") == "words")

    let later = try self.recorder()
    let offered = later.offerAgain(now: { _ in start + .hours(1) }).offered
    guard case .recorded(let event)? = offered.first?.appended else {
      Issue.record("\(offered)")
      return
    }
    #expect(event.id == entry.id)
    #expect(event.occurred == start)
    #expect(event.recorded == start + .hours(1))
    #expect(event.source == mira.source)
    #expect(later.kept.isEmpty)
    #expect(later.offerAgain(now: { _ in start }).offered.isEmpty)
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
    #expect(other.kept.map(\.state) == [.unconfirmed, .unconfirmed])
    #expect(other.offerAgain(now: { _ in start }).offered.isEmpty, "never on the same file")

    // A copy that the second event did not make it into.
    let path = scratch.path + "/home/incidents/\(id).jsonl"
    let bytes = fileBytes(path)
    let cut = bytes.dropLast().lastIndex(of: 10).map { $0 + 1 } ?? 0
    _ = scratch.write(bytes[..<cut], to: "copy")
    rename(scratch.path + "/copy", path)
    let third = try self.recorder()
    #expect(third.unsyncedSince(id) == nil)
    let offered = third.offerAgain(now: { _ in start + .hours(1) }).offered
    #expect(offered.count == 2)
    #expect(third.kept.isEmpty)
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
    #expect(later.offerAgain(now: { _ in start + .minutes(1) }).offered.count == 1)
    #expect(try later.store.ids() == [result.incident])
    #expect(later.kept.isEmpty)
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
    #expect(recorder.kept.isEmpty)
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
    let store = FileStore(home: scratch.path)
    let spool = Spool(for: store, paths: [scratch.path + "/near", elsewhere.path + "/far"])
    var near = stat()
    var far = stat()
    #expect(lstat(scratch.path, &near) == 0 && lstat(elsewhere.path, &far) == 0)
    let differ = near.st_dev != far.st_dev
    #expect(spool.places.first?.path.hasSuffix(differ ? "/far" : "/near") == true)
    #expect(spool.places.first?.isElsewhere == differ)
  }
}

struct `What the spool holds` {
  private let scratch = Scratch()

  private func recorder(failing error: Int32? = nil) -> Recorder {
    var calls = FileCalls.system
    if let error { calls.write = { _, _ in -Int(error) } }
    let store = FileStore(home: scratch.path + "/home", calls: calls)
    return Recorder(store: store, spool: Spool(for: store, paths: [scratch.path + "/spool"]))
  }

  private func declare(_ recorder: Recorder, _ title: String) throws -> Recorder.Recorded {
    try recorder.declare(title: title, author: mira, now: { start }) { id in
      EventDraft(
        .incidentDeclared, EventData(["format": 1, "id": .string(id), "title": .string(title)]))
    }
  }

  private func reading(_ recorder: Recorder, _ id: String) throws -> Reading {
    try Reading(scratch.path + "/home/incidents/\(id).jsonl")
  }

  private let id = "2025-11-21-checkout"

  @Test func `a kept declaration becomes an incident of its own where its id is taken meanwhile`()
    throws
  {
    #expect(try declare(recorder(failing: EIO), "Checkout").spooled != nil)
    let other = recorder()
    #expect(try declare(other, "checkout!").incident == id)
    for _ in 0..<3 { _ = other.offerAgain(now: { _ in start + .minutes(1) }) }
    #expect(try other.store.ids() == [id, id + "-2"])
    #expect(try reading(other, id).events.count == 1)
    let own = try reading(other, id + "-2")
    #expect(own.events.count == 1)
    #expect(own.events[0].data.string("title") == "Checkout")
    #expect(own.events[0].data.string("id") == id + "-2")
    #expect(own.reader.damageCount == 0)
    #expect(other.kept.isEmpty)
  }

  @Test func `a declaration that got into its log before it left the spool is not made twice`()
    throws
  {
    _ = try declare(recorder(failing: EIO), "Checkout")
    let later = recorder()
    _ = try declare(later, "checkout")
    let kept = later.kept
    let file = try #require(kept.first?.path)
    let bytes = fileBytes(file)
    _ = later.offerAgain(now: { _ in start })
    _ = scratch.write(
      bytes, to: "spool/" + (file.split(separator: "/").last.map(String.init) ?? ""))
    #expect(later.kept.count == 1)
    let again = recorder().offerAgain(now: { _ in start }).offered
    guard case .present? = again.first?.appended, again.count == 1 else {
      Issue.record("\(again)")
      return
    }
    #expect(try later.store.ids() == [id, id + "-2"])
    #expect(later.kept.isEmpty)
  }

  @Test func `kept words go to the incident they were for, not to another that has its name now`()
    throws
  {
    let first = recorder()
    _ = try declare(first, "Checkout")
    let failing = recorder(failing: EIO)
    #expect(try failing.record(note("ours"), in: id, author: mira, now: { start }).spooled != nil)
    let path = scratch.path + "/home/incidents/\(id).jsonl"
    rename(path, path + ".away")
    let other = recorder()
    _ = try declare(other, "checkout")
    let offered = other.offerAgain(now: { _ in start }).offered
    guard case .notRecorded(_, _, .otherIncident)? = offered.first?.appended else {
      Issue.record("\(offered)")
      return
    }
    #expect(try reading(other, id).events.count == 1)
    #expect(other.kept.count == 1)
    rename(path + ".away", scratch.path + "/home/incidents/\(id)-2.jsonl")
    #expect(other.offerAgain(now: { _ in start }).offered.first?.incident == id + "-2")
    #expect(try reading(other, id + "-2").texts == ["ours"])
    #expect(try reading(other, id).events.count == 1)
    #expect(other.kept.isEmpty)
  }

  @Test func `one entry that cannot be recorded holds up no other`() throws {
    _ = try declare(recorder(), "Checkout")
    let failing = recorder(failing: EIO)
    for (second, text) in ["one", "two"].enumerated() {
      _ = try failing.record(
        note(text), in: id, author: mira, now: { start + .seconds(Int64(second)) })
    }
    let kept = failing.kept
    let gone = String(decoding: fileBytes(try #require(kept.first?.path)), as: UTF8.self)
      .replacing(id, with: "2025-11-21-gone")
      .replacing(
        try #require(kept.first?.id.description), with: "019aa3ec-dafb-7000-8000-00000000000a")
    let name = try #require(kept.first?.path).replacing(
      try #require(kept.first?.id.description), with: "019aa3ec-dafb-7000-8000-00000000000a")
    _ = scratch.write(
      Array(gone.utf8), to: "spool/" + (name.split(separator: "/").last.map(String.init) ?? ""))
    let later = recorder()
    let offers = later.offerAgain(now: { _ in start })
    #expect(offers.offered.count == 3)
    #expect(try reading(later, id).texts == ["one", "two"])
    #expect(later.kept.map(\.incident) == ["2025-11-21-gone"])
  }

  @Test(arguments: [
    #""data":"words""#, #""data":[1]"#, #""data":7"#, #""data":null"#, #""data":{}"#,
  ])
  func `a file that no event can be made of is set aside before a log is touched`(_ data: String)
    throws
  {
    _ = try declare(recorder(), "Checkout")
    _ = try recorder(failing: EIO).record(note("words"), in: id, author: mira, now: { start })
    let file = try #require(recorder().kept.first?.path)
    let text = String(decoding: fileBytes(file), as: UTF8.self)
      .replacing(#""data":{"text":"words"}"#, with: data)
    let name = "spool/" + (file.split(separator: "/").last.map(String.init) ?? "")
    _ = scratch.write(Array(text.utf8), to: name)
    let later = recorder()
    let offers = later.offerAgain(now: { _ in start })
    let isObject = data.hasSuffix("{}")
    #expect(offers.setAside.count == (isObject ? 0 : 1))
    #expect(try reading(later, id).events.count == (isObject ? 2 : 1))
    #expect(try reading(later, id).reader.damageCount == 0)
    #expect(recorder().offerAgain(now: { _ in start }).setAside.isEmpty, "told once")
    for path in offers.setAside { #expect(fileBytes(path) == Array(text.utf8), "the words stay") }
  }

  @Test func `the same store by another way has the same spool`() throws {
    _ = try declare(recorder(), "Checkout")
    _ = try recorder(failing: EIO).record(note("words"), in: id, author: mira, now: { start })
    let link = scratch.path + "/link"
    #expect(symlink(scratch.path + "/home", link) == 0)
    let store = FileStore(home: link)
    let spool = Spool(for: store, paths: [scratch.path + "/spool"])
    #expect(spool.entries().count == 1)
  }

  @Test func `a declaration that is stopped anywhere leaves no empty log`() throws {
    let store = FileStore(home: scratch.path + "/home")
    var calls = FileCalls.system
    calls.write = { _, _ in
      // Whoever looks while the first line is being written finds nothing.
      -Int(EIO)
    }
    let failing = FileStore(home: scratch.path + "/home", calls: calls)
    let created = try failing.create(
      title: "Checkout", id: nil, began: nil, author: mira, now: { start }
    ) { id in
      EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)]))
    }
    guard case .notRecorded = created.outcome else {
      Issue.record("\(created.outcome)")
      return
    }
    #expect(try store.ids().isEmpty)
  }
}
