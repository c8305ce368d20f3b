import Engine
import EventLog
import Glibc
import Testing

/// Every kind of store behaves alike; what is tested here is what everything above relies on.
struct `Every store` {
  private let scratch = Scratch()

  enum Kind: String, CaseIterable, Sendable { case files, memory }

  private func store(_ kind: Kind) -> any Store {
    switch kind {
    case .files: FileStore(home: scratch.path + "/home")
    case .memory: MemoryStore()
    }
  }

  private func declare(_ title: String, in store: any Store, id: String? = nil) throws -> String {
    let new = try store.create(
      title: title, id: id, began: nil, author: mira, now: { start }
    ) { id in
      EventDraft(
        .incidentDeclared, EventData(["format": 1, "id": .string(id), "title": .string(title)]))
    }
    #expect(new.outcome.event?.sequence == 1)
    return new.id
  }

  private func append(_ text: String, to id: String, in store: any Store) throws {
    let outcome = try store.writer(of: id).append(note(text), author: mira, now: { start })
    if case .recorded = outcome { return }
    Issue.record("\(outcome)")
  }

  @Test(arguments: Kind.allCases)
  func `numbers the id of a title that is taken, and refuses one that was given`(_ kind: Kind)
    throws
  {
    let store = store(kind)
    #expect(try declare("Checkout", in: store) == "2025-11-21-checkout")
    #expect(try declare("Checkout", in: store) == "2025-11-21-checkout-2")
    #expect(try store.ids() == ["2025-11-21-checkout", "2025-11-21-checkout-2"])
    #expect(try store.contains("2025-11-21-checkout-2"))
    #expect(try !store.contains("2025-11-21-checkout-3"))
    #expect(throws: LogError.self) {
      try declare("Checkout", in: store, id: "2025-11-21-checkout")
    }
    #expect(throws: LogError.invalidID("../x")) { try store.contains("../x") }
  }

  @Test(arguments: Kind.allCases)
  func `appends on the event that a decision was made on, and else tells the newest`(
    _ kind: Kind
  ) throws {
    let store = store(kind)
    let id = try declare("Checkout", in: store)
    let writer = try store.writer(of: id)
    guard
      case .recorded(let event) = writer.append(
        note("one"), author: mira, expecting: 1, now: { start }),
      case .conflict(actual: 2) = writer.append(
        note("two"), author: mira, expecting: 1, now: { start })
    else {
      Issue.record("neither recorded nor refused")
      return
    }
    #expect(event.sequence == 2)
  }

  @Test(arguments: Kind.allCases)
  func `answers a fact that it has with the event that is there`(_ kind: Kind) throws {
    let store = store(kind)
    let id = try declare("Checkout", in: store)
    var draft = note("once")
    draft.identity = .named("the same delivery")
    let writer = try store.writer(of: id)
    guard case .recorded(let first) = writer.append(draft, author: mira, now: { start }),
      case .present(let second) = writer.append(draft, author: mira, now: { start })
    else {
      Issue.record("not recorded once")
      return
    }
    #expect(first.line == second.line)
  }

  @Test(arguments: Kind.allCases)
  func `reads on after what was read, and finds events by sequence`(_ kind: Kind) throws {
    let store = store(kind)
    let id = try declare("Checkout", in: store)
    for number in 1...900 { try append("note \(number)", to: id, in: store) }
    let log = FoldedLog(try store.reader(of: id), id: id, keeping: .all)
    try log.readOn(at: start)
    #expect(log.sequence == 901)
    #expect(log.incident.timeline.rows.count == 901)
    try append("last", to: id, in: store)
    try log.readOn(at: start)
    #expect(log.events.last?.data.string("text") == "last")
    #expect(log.events.count == 902)
    let found = try store.events([1, 2, 450, 902, 903], of: id)
    #expect(found.keys.sorted() == [1, 2, 450, 902])
    for (sequence, event) in found { #expect(event.line == log.events[sequence - 1].line) }
    #expect(try store.events([], of: id).isEmpty)
  }

  @Test(arguments: Kind.allCases)
  func `hands an incident over and then tells only what is new`(_ kind: Kind) throws {
    let store = store(kind)
    let id = try declare("Checkout", in: store)
    let log = FoldedLog(try store.reader(of: id), id: id, keeping: .newest(bytes: 1 << 20))
    try log.readOn(at: start)
    #expect(log.handOver().incident.title == "Checkout")
    guard case .nothing = try log.news(at: start) else {
      Issue.record("there is no news")
      return
    }
    try append("new", to: id, in: store)
    guard case .events(let events) = try log.news(at: start) else {
      Issue.record("the news are missing")
      return
    }
    #expect(events.map(\.sequence) == [2])
  }

  @Test(arguments: Kind.allCases)
  func `wakes whoever follows a log, until it was looked at`(_ kind: Kind) throws {
    let store = store(kind)
    let id = try declare("Checkout", in: store)
    let follower = try store.follower(of: id, usesNotices: true)
    let descriptor = try #require(follower.descriptor)
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    #expect(!follower.changed())
    #expect(poll(&entry, 1, 0) == 0)
    try append("new", to: id, in: store)
    #expect(poll(&entry, 1, 5000) == 1)
    #expect(follower.changed())
    #expect(!follower.changed())
    #expect(poll(&entry, 1, 0) == 0)
  }

  @Test(arguments: Kind.allCases)
  func `lists what is open and what is not`(_ kind: Kind) throws {
    let store = store(kind)
    let open = try declare("one", in: store)
    let closed = try declare("two", in: store)
    let closing = EventDraft(.incidentClosed, EventData(["outcome": "cancelled"]))
    _ = try store.writer(of: closed).append(closing, author: mira, now: { start })
    #expect(try store.openIDs(at: start) == [open])
    var all: [String: Bool] = [:]
    try store.survey(.all, at: start) { all[$0.id] = $0.incident?.isOpen }
    #expect(all == [open: true, closed: false])
    let reopening = EventDraft(.incidentReopened, EventData([:]))
    _ = try store.writer(of: closed).append(
      reopening, author: mira, now: { start + .seconds(1) })
    #expect(try store.openIDs(at: start) == [open, closed])
  }

  @Test(arguments: Kind.allCases)
  func `says what a log lacks that was seen elsewhere`(_ kind: Kind) throws {
    let store = store(kind)
    let id = try declare("Checkout", in: store)
    let known = Head(sequence: 7, hash: String(repeating: "a", count: 64))
    let reader = try store.reader(of: id, since: known)
    _ = try reader.read(at: start) { _ in }
    #expect(reader.alarm == .rolledBack(highest: known, now: reader.head))
  }
}

struct `A store of files` {
  private let scratch = Scratch()

  private func closedLog() -> MemoryLog {
    var log = sampleLog(notes: 2)
    log.append(EventDraft(.incidentClosed, EventData(["outcome": "cancelled"])), at: start)
    return log
  }

  /// Puts a log there with the times of years ago, as `cp -p` does.
  private func copyIn(_ log: MemoryLog, as id: String) {
    let path = scratch.write(log.fileBytes, to: "incidents/\(id).jsonl")
    var times = [
      timeval(tv_sec: 1_500_000_000, tv_usec: 0), timeval(tv_sec: 1_500_000_000, tv_usec: 0),
    ]
    #expect(utimes(path, &times) == 0)
  }

  @Test func `a log copied in by hand counts at once, whatever its time`() throws {
    let store = FileStore(home: scratch.path)
    try store.prepare()
    copyIn(closedLog(), as: "2025-11-20-closed")
    #expect(try store.openIDs(at: start) == [])
    copyIn(sampleLog(notes: 0), as: "2025-11-19-open")
    #expect(try store.openIDs(at: start) == ["2025-11-19-open"])
  }

  @Test func `a reader that must leave no trace leaves none`() throws {
    let store = FileStore(home: scratch.path)
    try store.prepare()
    copyIn(sampleLog(notes: 0), as: "2025-11-19-open")
    let before = names(scratch.path) + names(store.openDirectory)
    #expect(try store.readOnly.openIDs(at: start) == ["2025-11-19-open"])
    #expect(names(scratch.path) + names(store.openDirectory) == before)
    #expect(try store.openIDs(at: start) == ["2025-11-19-open"])
    #expect(names(store.openDirectory).contains("2025-11-19-open"))
  }

  @Test func `a log that nothing was written to is not open`() throws {
    let store = FileStore(home: scratch.path)
    try store.prepare()
    _ = scratch.write([], to: "incidents/2025-11-19-empty.jsonl")
    _ = scratch.write(Array("{\"seq\":1".utf8), to: "incidents/2025-11-19-torn.jsonl")
    // Neither holds an entry, and none could close it.
    #expect(try store.openIDs(at: start).isEmpty)
  }

  private func names(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }
}

struct `A store in memory` {
  @Test func `keeps what it cannot share yet, without a number`() throws {
    let store = MemoryStore()
    store.put(sampleLog(notes: 1), as: "2025-11-21-x")
    store.outOfReachSince = start
    let recorder = Recorder(store: store, spool: nil)
    let outcome = try recorder.record(
      note("kept"), in: "2025-11-21-x", author: mira, now: { start })
    guard case .kept(let draft, _, since: start) = outcome.appended else {
      Issue.record("\(outcome)")
      return
    }
    #expect(store.log(of: "2025-11-21-x")?.events.count == 2)
    store.outOfReachSince = nil
    let shared = try recorder.record(
      draft, in: "2025-11-21-x", author: mira, now: { start + .minutes(1) })
    guard case .recorded(let event) = shared.appended else {
      Issue.record("\(shared)")
      return
    }
    #expect(draft.identity == .known(event.id))
  }

  @Test func `a log that becomes another is read anew`() throws {
    let store = MemoryStore()
    store.put(sampleLog(notes: 3), as: "2025-11-21-x")
    let log = FoldedLog(try store.reader(of: "2025-11-21-x"), id: "2025-11-21-x", keeping: .all)
    try log.readOn(at: start)
    store.put(sampleLog(notes: 1, text: "other"), as: "2025-11-21-x")
    try log.readOn(at: start)
    #expect(log.events.count == 2)
    #expect(log.incident.timeline.rows.count == 2)
    store.put(nil, as: "2025-11-21-x")
    try log.readOn(at: start)
    #expect(log.isMissing)
    #expect(log.events.count == 2)
  }
}
