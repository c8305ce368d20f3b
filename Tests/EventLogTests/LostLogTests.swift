import Engine
import EventLog
import Glibc
import Testing

/// The log of an open incident that was emptied or taken away is missed: its hint says that it was there.
struct `A log that was lost` {
  private let scratch = Scratch()
  private var store: FileStore { FileStore(home: scratch.path) }

  private func declare(_ title: String) throws -> String {
    let store = store
    let new = try store.create(
      title: title, id: nil, began: nil, author: mira, now: { start }
    ) { id in
      EventDraft(
        .incidentDeclared, EventData(["format": 1, "id": .string(id), "title": .string(title)]))
    }
    _ = try store.openIDs(at: start)
    return new.id
  }

  private func takeAway(_ id: String) throws {
    #expect(unlink(try store.path(of: id)) == 0)
    try age(id)
  }

  /// Makes a hint as old as one that is not of a declaration being written.
  private func age(_ id: String) throws {
    var times = [
      timeval(tv_sec: 1_500_000_000, tv_usec: 0), timeval(tv_sec: 1_500_000_000, tv_usec: 0),
    ]
    #expect(utimes(store.openDirectory + "/" + id, &times) == 0)
  }

  private func unread() throws -> [String: UnreadLog] {
    var unread: [String: UnreadLog] = [:]
    try store.survey(.open, at: start) { unread[$0.id] = $0.unread }
    return unread
  }

  @Test(arguments: [UnreadLog.emptied, .missing, .notReadable])
  func `is found by whoever looks for open incidents, as it was known last`(_ loss: UnreadLog)
    throws
  {
    let id = try declare("Checkout")
    switch loss {
    case .emptied: truncate(try store.path(of: id), 0)
    case .missing: try takeAway(id)
    default:
      try takeAway(id)
      mkdir(try store.path(of: id), 0o755)
    }
    for _ in 1...2 {
      #expect(try unread() == [id: loss])
      #expect(try store.openIDs(at: start) == [id])
      try store.survey(.open, at: start) { #expect($0.lastKnown?.title == "Checkout") }
    }
    #expect(access(store.openDirectory + "/" + id, F_OK) == 0)
  }

  @Test func `takes nothing away from an incident that can be recorded in`() throws {
    let gone = try declare("Checkout")
    let there = try declare("Mail")
    try takeAway(gone)
    #expect(try store.openIDs(at: start) == [there])
    #expect(try unread() == [gone: .missing])
    #expect(store.isLost(gone))
    #expect(!store.isLost(there))
  }

  @Test func `is told apart from a declaration that was stopped`() throws {
    let store = store
    try store.prepare()
    let id = "2025-11-21-stopped"
    store.makeHintIfAllowed(id)
    try age(id)
    let aside = scratch.write([], to: "incidents/.\(id).77.new")
    #expect(try unread() == [:])
    var times = [
      timeval(tv_sec: 1_500_000_000, tv_usec: 0), timeval(tv_sec: 1_500_000_000, tv_usec: 0),
    ]
    #expect(utimes(aside, &times) == 0)
    // The next declaration takes away what the stopped one left.
    _ = try declare("Other")
    #expect(try unread() == [:])
    #expect(access(aside, F_OK) != 0)
    #expect(access(store.openDirectory + "/" + id, F_OK) != 0)
  }

  @Test func `is not begun anew by words that were kept for it`() throws {
    let id = try declare("Checkout")
    let path = try store.path(of: id)
    let whole = fileBytes(path)
    truncate(path, 0)
    let spool = Spool(for: store, paths: [scratch.path + "/spool"])
    let recorder = Recorder(store: store, spool: spool)
    _ = recorder.keep(
      note("kept"), in: id, author: mira, at: start, because: .emptied(path: path))
    #expect(recorder.offerAgain(now: { _ in start }).offered.count == 1)
    #expect(fileBytes(path).isEmpty)
    #expect(recorder.kept.count == 1)
    _ = scratch.write(whole, to: "incidents/\(id).jsonl")
    _ = recorder.offerAgain(now: { _ in start })
    #expect(recorder.kept.isEmpty)
    #expect(fileBytes(path).count > whole.count)
  }
}
