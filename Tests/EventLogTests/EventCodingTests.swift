import Engine
import EventLog
import Testing

struct `Event coding` {
  private let time = Timestamp(milliseconds: 1_763_686_800_123)

  @Test func `a line holds its keys in order and ends in a seal over its predecessor`() throws {
    var log = MemoryLog()
    log.append(
      EventDraft(.noteAdded, occurred: time - .minutes(5), EventData(["text": "tab\t\"quote\" ü"])),
      author: Author(actor: "mira", source: "cli/mira@ops1"), at: time)
    let text = String(decoding: log.fileBytes, as: UTF8.self)
    let body = String(text.dropLast(76))
    #expect(
      body == #"{"seq":1,"id":"019aa3ec-dafb-7000-8000-000000000001","#
        + #""recorded":"2025-11-21T01:00:00.123Z","occurred":"2025-11-21T00:55:00.123Z","#
        + #""actor":"mira","source":"cli/mira@ops1","kind":"note.added","#
        + #""data":{"text":"tab\t\"quote\" ü"}"#)
    let seal = String(decoding: Digest.hex(Digest.zero + Array(body.utf8)), as: UTF8.self)
    #expect(text.hasSuffix(",\"hash\":\"\(seal)\"}\n"))
    #expect(log.events[0].hash == seal)
  }

  @Test(arguments: [
    #"{"seq":7,"id":"019aa3d5-2c1b-7000-8000-000000000001","recorded":"2025-11-21T01:00:00.123Z","actor":"m","source":"s","kind":"note.added","data":{"text":"}{\"]"}}"#,
    #"{"kind":"note.added","new":[{"seq":9}],"data":{"text":"}{\"]"},"source":"s","actor":"m","recorded":"2025-11-21T01:00:00.123Z","seq":7,"seq":8,"id":"019aa3d5-2c1b-7000-8000-000000000001"}"#,
    #"{"seq":7,"id":"019aa3d5-2c1b-7000-8000-000000000001","recorded":"2025-11-21T01:00:00.123Z","actor":"m","source":"s","kind":"note.added","data":{"text":"}{\"]"},"newer":null,"hash":"?"}"#,
    #" { "seq" : 7 , "id" : "019AA3D5-2C1B-7000-8000-000000000001", "recorded":"2025-11-21T02:00:00.123+01:00","actor":"m","source":"s","kind":"note.added","data":{"text":"}{\"]"} } "#,
  ])
  func `keys in any order and unknown ones are read`(_ line: String) throws {
    let event = try #require(EventCoding.event(in: Array(line.utf8)[...]))
    #expect(event.sequence == 7)
    #expect(event.id == EventID("019aa3d5-2c1b-7000-8000-000000000001"))
    #expect(event.recorded == time)
    #expect(event.actor == "m")
    #expect(event.source == "s")
    #expect(event.kind == .noteAdded)
    #expect(event.data.string("text") == "}{\"]")
    #expect(event.line == Array(line.utf8)[...])
  }

  @Test func `no beginning of a line and no line with an end lost is an event`() throws {
    var log = MemoryLog()
    let event = log.append(
      EventDraft(.noteAdded, occurred: time, EventData(["text": "a \\ b"])), at: time + .seconds(1))
    let line = Array(event.line)
    for count in 0..<line.count {
      #expect(EventCoding.event(in: line[..<count]) == nil, "\(count) bytes")
    }
    #expect(EventCoding.event(in: (line + [125])[...]) == nil)
  }

  @Test(arguments: EventKind.allCases)
  func `every kind comes back as it was written`(_ kind: EventKind) {
    var log = MemoryLog()
    let event = log.append(EventDraft(kind, EventData([:])), at: time)
    #expect(event.kind == kind)
    #expect(event.kindName == kind.rawValue)
  }

  @Test func `a kind from a newer version keeps its name and its data`() throws {
    let line = EventCoding.line(
      sequence: 1, id: EventID(named: "x"), recorded: time, occurred: nil,
      author: Author(actor: "a", source: "b"), kind: "moon.landed", data: EventData(["crater": 4]),
      after: Digest.zero)
    let event = try #require(EventCoding.event(in: line[...]))
    #expect(event.kind == .unknown)
    #expect(event.kindName == "moon.landed")
    #expect(event.data.integer("crater") == 4)
  }

  @Test func `a payload over several lines is written on one`() throws {
    let data = EventData(bytes: Array("{\n  \"a\": [1,\n 2]\n}".utf8)[...])
    let line = EventCoding.line(
      sequence: 1, id: EventID(named: "x"), recorded: time, occurred: nil,
      author: Author(actor: "a", source: "b"), kind: "note.added", data: data, after: Digest.zero)
    #expect(!line.contains(10))
    #expect(EventCoding.event(in: line[...])?.data.value("a") == [1, 2])
  }

  @Test func `the same name gives the same identity and another name another`() {
    #expect(EventID(named: "step 1") == EventID(named: "step 1"))
    #expect(EventID(named: "step 1") != EventID(named: "step 2"))
    var log = MemoryLog()
    let first = log.append(
      EventDraft(.noteAdded, identity: .named("n"), EventData(["text": "1"])), at: time)
    let second = log.append(
      EventDraft(.noteAdded, identity: .named("n"), EventData(["text": "2"])), at: time)
    #expect(first.line == second.line)
    #expect(log.events.count == 1)
  }
}
