import CTorture
import Engine
import EventLog
import Glibc
import Testing

/// Whether this process may follow a child call by call.
private let canFollow: Bool = {
  let scratch = Scratch()
  return Followed(scratch, ["note", scratch.path + "/none", scratch.path + "/spool"]).error == 0
}()

/// One run of the torture program with a fault in one of its system calls.
private struct Followed {
  let error: Int32
  let result: torture_result
  /// What it said it had done, one line each.
  let said: [String]

  init(
    _ scratch: Scratch, _ arguments: [String], at place: Int = -1,
    _ fault: torture_fault = torture_none, _ argument: Int = 0
  ) {
    let output = scratch.write([], to: "said")
    let file = open(output, O_WRONLY | O_APPEND | O_CLOEXEC)
    var words = ([Child.torture] + arguments).map { strdup($0) }
    words.append(nil)
    let settings: [String] = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
    var variables = settings.map { strdup($0) }
    variables.append(nil)
    var result = torture_result()
    error = torture_run(words, variables, file, place, fault, argument, &result)
    for word in words + variables { free(word) }
    close(file)
    self.result = result
    said = String(decoding: fileBytes(output), as: UTF8.self).split(separator: "\n").map(
      String.init)
  }
}

/// What is done, from which state of a store, and stopped at every system call of it.
private enum Deed: String, CaseIterable {
  /// A note is appended to a log that is whole.
  case note
  /// A note is appended to a log that ends in an interrupted write.
  case repair
  /// A note is appended to a log whose repair was itself interrupted.
  case secondRepair = "second_repair"
  case declare
  /// A declaration and a note are in the spool, and are offered.
  case offer
}

@Suite(.serialized, .enabled(if: canFollow, "the system does not let us follow a process"))
struct `A process that is stopped at any of its system calls` {
  private let scratch = Scratch()
  private let id = "2025-11-21-checkout"
  private var home: String { scratch.path + "/home" }
  private var log: String { home + "/incidents/\(id).jsonl" }

  // MARK: - The states that deeds begin from

  private func empty(_ path: String) {
    for name in Scratch.names(in: path) { Scratch.remove(path + "/" + name) }
  }

  private func prepare(_ deed: Deed) throws {
    empty(scratch.path)
    let store = FileStore(home: home)
    try store.prepare()
    var before = MemoryLog()
    before.append(
      EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)])), at: start)
    before.append(note("before"), at: start)
    switch deed {
    case .declare: break
    case .note: _ = scratch.write(before.fileBytes, to: "home/incidents/\(id).jsonl")
    case .repair:
      _ = scratch.write(
        before.fileBytes + Array(#"{"seq":3,"id":"01"#.utf8), to: "home/incidents/\(id).jsonl")
    case .secondRepair:
      _ = scratch.write(
        before.fileBytes + Array("{\"seq\":3,\"id\":\"01\n{\"seq\":3".utf8),
        to: "home/incidents/\(id).jsonl")
    case .offer:
      var calls = FileCalls.system
      calls.write = { _, _ in -Int(EIO) }
      let failing = FileStore(home: home, calls: calls)
      let recorder = Recorder(
        store: failing, spool: Spool(for: failing, paths: [scratch.path + "/spool"]))
      _ = try recorder.declare(title: "Checkout", author: mira, now: { start }) { id in
        EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)]))
      }
      let other = "2025-11-20-mail"
      _ = scratch.write(sampleLog(notes: 1).fileBytes, to: "home/incidents/\(other).jsonl")
      _ = try recorder.record(note("kept"), in: other, author: mira, now: { start })
    }
  }

  private func run(
    _ deed: Deed, at call: Int = -1, _ fault: torture_fault = torture_none, _ argument: Int = 0
  ) -> Followed {
    let what =
      switch deed {
      case .note, .repair, .secondRepair: "note"
      case .declare: "declare"
      case .offer: "offer"
      }
    return Followed(
      scratch, [what, home, scratch.path + "/spool"], at: call, fault, argument)
  }

  // MARK: - What has to hold afterwards

  /// Lets the next process do its work, and checks that nothing is lost, doubled, damaged or in the way.
  private func checkAfter(_ deed: Deed, _ run: Followed, _ what: String) throws {
    let store = FileStore(home: home)
    for id in try store.ids() {
      let before = try Reading(try store.path(of: id))
      #expect(!before.events.isEmpty, "\(what): \(id) is an empty log")
    }
    let recorder = Recorder(
      store: store, spool: Spool(for: store, paths: [scratch.path + "/spool"]))
    _ = recorder.offerAgain(now: { _ in start + .hours(1) })
    // What was written and not confirmed stays kept until the system is started again.
    let left = recorder.kept.filter { $0.state == .notRecorded }
    #expect(left.isEmpty, "\(what): \(left)")
    var words: [String] = []
    for id in try store.ids() {
      let path = try store.path(of: id)
      let outcome = LogWriter(path: path).append(note("after"), author: mira, now: { start })
      guard case .recorded = outcome else {
        Issue.record("\(what): \(outcome)")
        return
      }
      let reading = try Reading(path)
      #expect(reading.reader.damageCount == 0, "\(what): \(reading.reader.damage)")
      #expect(reading.reader.tornTail == nil, "\(what)")
      #expect(reading.events.map(\.sequence) == Array(1...reading.events.count), "\(what)")
      #expect(Set(reading.events.map(\.id)).count == reading.events.count, "\(what)")
      #expect(reading.events[0].kind == .incidentDeclared, "\(what)")
      words += reading.texts
    }
    #expect(words.count { $0 == "word" } <= 1, "\(what)")
    if run.said.contains("recorded word") { #expect(words.contains("word"), "\(what)") }
    if run.said.contains("kept word") { #expect(words.contains("word"), "\(what)") }
    let declared = try store.ids().count { $0.hasPrefix(id) }
    switch deed {
    case .declare:
      #expect(declared <= 1, "\(what)")
      let wasSaid = run.said.contains("recorded \(id)") || run.said.contains("kept \(id)")
      if wasSaid { #expect(declared == 1, "\(what)") }
    case .offer:
      #expect(declared == 1, "\(what)")
      #expect(words.count { $0 == "kept" } == 1, "\(what)")
    case .note, .repair, .secondRepair: #expect(words.contains("before"), "\(what)")
    }
  }

  private func calls(of deed: Deed) throws -> Int {
    try prepare(deed)
    let whole = run(deed)
    #expect(whole.result.status == 0, "\(deed): \(whole.said)")
    #expect(whole.said.contains { $0.hasPrefix("recorded") }, "\(deed): \(whole.said)")
    return whole.result.calls
  }

  // MARK: - The programme

  @Test(arguments: Deed.allCases)
  fileprivate func `and killed loses nothing, and the next one goes on`(_ deed: Deed) throws {
    let calls = try calls(of: deed)
    #expect(calls > 8)
    for call in 0..<calls {
      try prepare(deed)
      let run = run(deed, at: call, torture_kill)
      #expect(run.result.status == -SIGKILL, "\(deed), call \(call)")
      try checkAfter(deed, run, "\(deed), killed at call \(call)")
    }
  }

  @Test func `and interrupted in a declaration leaves an incident or nothing`() throws {
    for call in 0..<(try calls(of: .declare)) {
      try prepare(.declare)
      let run = run(.declare, at: call, torture_interrupt)
      try checkAfter(.declare, run, "interrupted at call \(call)")
    }
  }

  /// Whether any log ends in an unfinished line.
  private func endsTorn() throws -> Bool {
    let store = FileStore(home: home)
    return try store.ids().contains { id in
      try Reading(try store.path(of: id)).reader.tornTail != nil
    }
  }

  @Test func `and torn in any of its writes loses nothing, and the next one goes on`() throws {
    var stopped = 0
    var torn = 0
    for deed in Deed.allCases {
      try prepare(deed)
      let writes = run(deed).result.writes
      #expect(writes > 1, "\(deed)")
      for write in 0..<writes {
        for taken in stride(from: 0, to: 1000, by: 7) {
          try prepare(deed)
          let run = run(deed, at: write, torture_tear, taken)
          // It took all there was to write.
          guard run.result.status == -SIGKILL else { break }
          stopped += 1
          if try endsTorn() { torn += 1 }
          try checkAfter(deed, run, "\(deed), write \(write) took \(taken) bytes")
        }
      }
    }
    #expect(stopped > 300)
    #expect(torn >= 200, "of \(stopped)")
  }

  @Test(arguments: Deed.allCases, [EIO, ENOSPC, EMFILE])
  fileprivate func `and told an error says what became of the words, and keeps them`(
    _ deed: Deed, _ error: Int32
  ) throws {
    let calls = try calls(of: deed)
    for call in 0..<calls {
      try prepare(deed)
      let run = run(deed, at: call, torture_fail, Int(error))
      let what = "\(deed), call \(call) (\(run.result.call)) failed with \(error): \(run.said)"
      // Without memory no program goes on; that is no matter of files.
      if run.result.is_memory == 1, run.result.status < 0 { continue }
      #expect(run.result.status >= 0, "\(what)")
      #expect(!run.said.contains { $0.hasPrefix("lost") }, "\(what)")
      try checkAfter(deed, run, what)
    }
  }
}
