import Engine
import Procedures
import TestSupport
import Testing
import YAML

@Suite struct `The exact form of a procedure` {
  @Test func `reading what was written gives the same procedure`() throws {
    let procedure = fullProcedure()
    let written = ProcedureSchema.write(procedure)
    #expect(try readSchema(written) == procedure)
    #expect(ProcedureSchema.write(try readSchema(written)) == written)
  }

  @Test func `what JSON says is the same in YAML`() throws {
    let procedure = fullProcedure()
    #expect(try readSchema(procedure.json.text) == procedure)
    #expect(try readSchema(procedure.json.indentedText) == procedure)
  }

  @Test func `the procedure of these tests leaves nothing out`() throws {
    func checkLists(_ value: Any, _ path: String) {
      for child in Mirror(reflecting: value).children {
        let name = "\(path).\(child.label ?? "")"
        let mirror = Mirror(reflecting: child.value)
        guard mirror.displayStyle == .collection || mirror.displayStyle == .optional else {
          continue
        }
        #expect(!mirror.children.isEmpty, "\(name) is empty")
        guard mirror.displayStyle == .collection else { continue }
        // Of each kind of fact, one at least has each of its optional parts.
        var stated: [String: Bool] = [:]
        for fact in mirror.children {
          for part in Mirror(reflecting: fact.value).children {
            let inner = Mirror(reflecting: part.value)
            guard inner.displayStyle == .collection || inner.displayStyle == .optional else {
              continue
            }
            stated[part.label ?? "", default: false] =
              stated[part.label ?? "", default: false] || !inner.children.isEmpty
          }
        }
        for (part, isStated) in stated { #expect(isStated, "\(name).\(part) is nowhere") }
      }
    }
    checkLists(fullProcedure(), "procedure")
  }

  @Test func `short forms say the same as long ones`() throws {
    let short = try readSchema(
      """
      name: Team
      severities:
        - id: P1
          targets: {acknowledge: 15m, resolve: 2 business days}
          rules: {Joins: everyone}
      phases: [{title: Triage, window: 0-15m}]
      checklist:
        - Look
        - {text: Ask, phase: triage, items: [Who?]}
      cadence: [{severity: p1, every: 15-30m}]
      silence: 20m
      """)
    let long = try readSchema(
      """
      name: Team
      severities:
        - id: P1
          name: P1
          rank: 1
          targets:
            - {kind: acknowledge, seconds: 900, text: acknowledge within 15m, line: 4}
            - {kind: resolve, business_days: 2, text: resolve within 2 business days, line: 4}
          rules: [{label: Joins, text: everyone, line: 5}]
          line: 3
      phases: [{id: triage, title: Triage, window_seconds: [0, 900], line: 6}]
      checklist:
        - {id: look, text: Look, depth: 0, line: 8}
        - {id: ask, text: Ask, phase: triage, line: 9}
        - {id: who, text: "Who?", phase: triage, depth: 1, line: 9}
      cadence:
        - {severity: P1, every_seconds: 900, max_seconds: 1800, text: every 15m-30m, line: 10}
      silence: {seconds: 1200, line: 11}
      """)
    #expect(short == long)
  }

  @Test func `a fact stands on its own line unless it says otherwise`() throws {
    let procedure = try readSchema(
      "severities:\n  - id: P1\n    targets:\n      - kind: respond\n        within: 900\n"
        + "  - id: P2\n    line: 77\n")
    #expect(procedure.severities.map(\.line) == [2, 77])
    #expect(procedure.severities[0].targets.map(\.line) == [4])
    #expect(procedure.name == "team")
    #expect(procedure.source == source)
  }

  @Test func `one entry may speak of several severities`() throws {
    let procedure = try readSchema(
      """
      severities: [{id: P1}, {id: P2}]
      escalation:
        - {severity: [P1, P2], to: Lead, after: 5m, since: start, unless: acknowledged}
        - {severity: P1, to: CEO, after: 1h, since: previous, unless: resolved}
      """)
    #expect(procedure.escalation.map(\.severity) == ["P1", "P2", "P1"])
    #expect(procedure.escalation.map(\.level) == [1, 1, 2])
    #expect(procedure.remarks == [])
  }

  @Test func `what a step leaves open is taken the earlier way and remarked`() throws {
    let procedure = try readSchema(
      """
      severities: [{id: P1}, {id: P2}]
      escalation:
        - {severity: P1, to: Lead, after: 5m}
        - {severity: P1, to: CEO, after: 1h}
        - {severity: P2, to: Lead, after: 2h}
        - {severity: P2, to: Nobody}
      """)
    #expect(procedure.escalation.map(\.since) == [.start, .start, .start, .start])
    #expect(procedure.escalation.map(\.unless) == [.resolved, .resolved, .resolved, .resolved])
    #expect(procedure.remarks.map(\.line) == [3, 4, 4, 5])
    #expect(procedure.remarks.map(\.kind) == [.assumed, .ambiguous, .assumed, .assumed])
  }

  static let head = "severities: [{id: P1}, {id: P2}]\n"

  static let sections = Procedure.Part.allCases.map(\.rawValue).joined(separator: ", ")
  static let spans = "write 90s, 15m, 1h30m, 15-30m, 2 business days, 4 business hours, or seconds"
  static let kinds = "acknowledge, respond, triage, mitigate, resolve, communicate"

  static let errors: [(String, String)] = [
    ("name: x\n", "1:1: a procedure has no 'severities'; add one, such as 'severities: []'"),
    (
      "\(head)cadence:\n  - {severity: P9, every: 1h}\n",
      "3:16: unknown severity 'P9'; known: P1, P2; did you mean P1?"
    ),
    (
      "severities:\n  - id: P1\n  - id: p1\n",
      "3:9: the id 'p1' appears twice (first on line 2); give each its own id"
    ),
    (
      "\(head)cadence:\n  - every: -5m\n",
      "3:12: a time cannot be negative: '-5m'; \(spans)"
    ),
    ("\(head)silence: soon\n", "2:10: 'soon' is not a duration; \(spans)"),
    (
      "severitys: []\n",
      "1:1: unknown key 'severitys' in a procedure; known: \(sections); did you mean severities?"
    ),
    (
      "\(head)escalation:\n  - after: 5m\n",
      "3:5: an escalation step has no 'to'; add one, such as 'to: Engineering Lead'"
    ),
    (
      "\(head)statuses: [{id: open, role: opn}]\n",
      "2:29: unknown role 'opn' in a status; known: open, mitigated, resolved; did you mean open?"
    ),
    (
      "\(head)phases: [{title: A}]\nchecklist: [{text: x, phase: B}]\n",
      "3:30: unknown phase 'B'; known: a; did you mean a?"
    ),
    (
      "severities: [{id: P1, targets: {acknowlege: 5m}}]\n",
      "1:33: unknown target 'acknowlege'; known: \(kinds); did you mean acknowledge?"
    ),
    (
      "severities: [{id: P1, targets: [{kind: respond, within: 5m, seconds: 3}]}]\n",
      "1:61: 'within' and 'seconds' say the same thing twice; keep one of them"
    ),
    (
      "severities: P1\n",
      "1:13: 'severities' must be a list, and this is text; "
        + "begin each entry on a line of its own with '- '"
    ),
    (
      "\(head)calendar: {zone: ../../etc/passwd}\n",
      "2:18: '../../etc/passwd' is not the name of a time zone; write it as Europe/Berlin or UTC"
    ),
    (
      "\(head)calendar: {hours: 9-25}\n",
      "2:19: '9-25' is not a time of day; write 09:00, or 09:00-17:00 for hours"
    ),
    (
      "\(head)phases: [{title: A, window: 15-5m}]\n",
      "2:29: '15-5m' is not a time window; "
        + "write 0-15m, 30m+ or [15m, 30m], the earlier end first"
    ),
    (
      "- a\n",
      "1:1: a procedure must be a mapping, and this is a list; "
        + "write it as 'key: value' with the keys \(sections)"
    ),
  ]

  @Test(arguments: errors)
  func `an error says what, where and what to do`(text: String, expected: String) throws {
    let error = try #require(try schemaError(text))
    #expect(error.description == "team.yaml:" + expected)
  }

  @Test func `an error shows the line with a sign under the place`() throws {
    let error = try #require(
      try schemaError(Self.head + "cadence:\n  - {severity: P9, every: 1h}\n"))
    #expect(
      error.excerpt?.description
        == "3 |   - {severity: P9, every: 1h}\n  |                ^")
  }

  @Test func `ids made of words never meet`() throws {
    let procedure = try readSchema(
      Self.head + "checklist: [Look, look!, '???', '!!!', {id: x, text: Look}]\n")
    #expect(procedure.checklist.map(\.id) == ["look", "look-2", "item", "item-2", "x"])
  }
}

@Suite struct `Spans in procedures` {
  @Test(arguments: [
    ("15m", Allowance.seconds(900)), ("1h", .seconds(3600)), ("1h30m", .seconds(5400)),
    ("90s", .seconds(90)), ("900", .seconds(900)), ("0", .seconds(0)),
    ("1.5 hours", .seconds(5400)),
    ("2 business days", .businessDays(2)), ("1 business day", .businessDays(1)),
    ("4 business hours", .businessHours(4)), ("15-30m", .seconds(900, maximum: 1800)),
    ("15m - 1h", .seconds(900, maximum: 3600)), ("24–48 hours", .seconds(86_400, maximum: 172_800)),
    ("1 week", .seconds(604_800)),
  ])
  func `are read as people write them`(text: String, expected: Allowance) {
    #expect(AllowanceText.read(text) == expected)
    #expect(AllowanceText.read(AllowanceText.write(expected)) == expected)
  }

  @Test(arguments: [
    "", "-5m", "m", "5 parsecs", "30-15m", "1h1h", "999999999999h", "2 business weeks",
    "-1 business days", "15-", "soon", "1e9", "٣m", "0.33333s",
  ])
  func `are nothing else`(text: String) {
    #expect(AllowanceText.read(text) == nil)
  }
}

@Suite struct `Hostile procedures` {
  /// Each as large as a file may be, made to cost more than its size.
  static let texts: [String: String] = [
    "items": "severities: []\nchecklist: [" + String(repeating: "a,", count: 19_000) + "]",
    "names": "severities: [{id: P1}]\ntemplates: [{id: t, body: b, severities: ["
      + String(repeating: "P1,", count: 19_000) + "]}]",
    "mentions": "severities: [{id: P1}]\ncadence: [{every: 1h, severity: ["
      + (0..<9000).map { "s\($0)" }.joined(separator: ",") + "]}]",
    "severities": "severities: ["
      + (0..<9000).map { "{id: s\($0)}" }.joined(separator: ",") + "]",
    "steps": "severities: [{id: P1}]\nescalation: ["
      + String(repeating: "{to: a, after: 1},", count: 4000) + "]",
    "phases": "severities: []\nphases: ["
      + String(repeating: "{title: a},", count: 9000) + "]\nchecklist: []",
    "key": "severities: []\n" + String(repeating: "k", count: 120_000) + ": 1",
    "word": "severities: []\nname: \"" + String(repeating: "\\u0301", count: 20_000) + "\"",
    "nesting": "severities: " + String(repeating: "[", count: 120_000),
    "depth": "severities: []\nchecklist:\n"
      + (1...40).map {
        String(repeating: " ", count: 2 * $0) + "- text: a\n"
          + String(repeating: " ", count: 2 * $0) + "  items:\n"
      }.joined(),
  ]

  @Test(arguments: texts.keys.sorted())
  func `end in a procedure or an error`(name: String) throws {
    let text = try #require(Self.texts[name])
    do {
      let procedure = try ProcedureLoader.read(Array(text.utf8), path: "x.yaml")
      #expect(["items", "names", "steps", "phases", "word"].contains(name))
      #expect(procedure.checklist.count <= 19_000)
    } catch {
      #expect(error.description.count < 1000)
    }
  }

  @Test func `damaged bytes never trap`() throws {
    let whole = Array(try #require(BuiltInProcedures.named("standard")).text.utf8)
    var random = SteadyNumbers(state: 42)
    var read = 0
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0...Int(random.next() % 3) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      do {
        _ = try ProcedureLoader.read(bytes, path: "x.yaml")
        read += 1
      } catch {
        #expect(error.path == "x.yaml")
      }
    }
    #expect(read > 0 && read < 300)
  }
}

/// The same numbers every time.
private struct SteadyNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
