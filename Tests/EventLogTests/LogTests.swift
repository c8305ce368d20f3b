import Engine
import EventLog
import Testing

struct `A log in a file` {
  private let scratch = Scratch()

  @Test func `what is appended is read, sealed and in order, also by a reader that follows`() throws
  {
    let path = scratch.write(sampleLog(notes: 0).fileBytes, to: "a.jsonl")
    let writer = LogWriter(path: path)
    let reader = LogReader(path: path)
    var seen: [Int] = []
    for number in 2...40 {
      let outcome = writer.append(note("note \(number)"), author: mira, now: { start })
      guard case .recorded(let event) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(event.sequence == number)
      _ = try reader.read(at: start) { seen.append($0.sequence) }
      #expect(reader.head == Head(sequence: number, hash: try #require(event.hash)))
    }
    #expect(seen == Array(1...40))
    #expect(reader.damage.isEmpty)
    #expect(reader.tornTail == nil)
    #expect(try Reading(path).reader.head == reader.head)
  }

  @Test func `a decision made on an older event is answered with the newest number`() throws {
    let path = scratch.write(sampleLog(notes: 2).fileBytes, to: "a.jsonl")
    let writer = LogWriter(path: path)
    guard
      case .conflict(let actual) = writer.append(
        note("stale"), author: mira, expecting: 2, now: { start })
    else {
      Issue.record("no conflict")
      return
    }
    #expect(actual == 3)
    #expect(try Reading(path).events.count == 3)
    guard case .recorded = writer.append(note("ok"), author: mira, expecting: 3, now: { start })
    else {
      Issue.record("not recorded")
      return
    }
  }

  @Test func `a fact with a name is recorded once`() throws {
    let path = scratch.write(sampleLog(notes: 3).fileBytes, to: "a.jsonl")
    var draft = note("the step fell due")
    draft.identity = .named("step 1, round 1")
    guard
      case .recorded(let first) = LogWriter(path: path).append(draft, author: mira, now: { start }),
      case .recorded = LogWriter(path: path).append(note("between"), author: mira, now: { start }),
      case .present(let second) = LogWriter(path: path).append(draft, author: mira, now: { start })
    else {
      Issue.record("not once")
      return
    }
    #expect(first.line == second.line)
    #expect(try Reading(path).events.count == 6)
  }
}

struct `A store` {
  private let scratch = Scratch()

  private func declare(_ store: FileStore, _ title: String) throws -> String {
    let created = try store.create(title: title, id: nil, began: nil, author: mira, now: { start })
    { id in
      EventDraft(
        .incidentDeclared, EventData(["format": 1, "id": .string(id), "title": .string(title)]))
    }
    guard case .recorded(let event) = created.outcome else {
      Issue.record("\(created.outcome)")
      return created.id
    }
    #expect(event.sequence == 1)
    return created.id
  }

  @Test func `incidents get an id of day and title, numbered where it is taken`() throws {
    let store = FileStore(home: scratch.path + "/deep/home")
    #expect(
      try declare(store, "Checkout: 500er für Käufer!") == "2025-11-21-checkout-500er-fur-kaufer")
    #expect(
      try declare(store, "checkout 500ER fur kaufer") == "2025-11-21-checkout-500er-fur-kaufer-2")
    #expect(try declare(store, "日本") == "2025-11-21-incident")
    #expect(try store.ids().count == 3)
  }

  @Test func `an exercise and a real incident never have the same id`() throws {
    let store = FileStore(home: scratch.path + "/home")
    #expect(try declare(store.drills, "drill x") == "2025-11-21-drill-x")
    #expect(try declare(store, "Drill: x") == "2025-11-21-drill-x-2")
    #expect(try declare(store.drills, "drill x") == "2025-11-21-drill-x-3")
  }

  @Test(arguments: [
    "../x", "2025-11-21-../x", "2025-11-21-", "2025-11-21--a", "2025-02-30-a", "2025-11-21-A",
    "2025-11-21-a/b", "", "2025-11-21-a b", "2025-11-21-" + String(repeating: "a", count: 70),
  ])
  func `nothing but an id becomes a path`(_ id: String) {
    #expect(throws: LogError.invalidID(id)) { try FileStore(home: scratch.path).path(of: id) }
  }
}
