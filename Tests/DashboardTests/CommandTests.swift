import Dashboard
import Display
import Engine
import EventLog
import Testing
import muster

/// What is typed behind the colon means what it means in a shell.
struct CommandTests {
  private let reader = ConsoleReader()

  private func situation(_ world: World) -> Situation { world.model().situation }

  private func read(_ line: String) throws -> TypedCommand {
    try reader.read(line, in: situation(try World.busy()))
  }

  private func recorded(_ line: String) throws -> TypedCommand.Recording? {
    if case .record(let recording) = try read(line) { return recording }
    return nil
  }

  @Test(arguments: [
    (#"note error is "connection refused""#, Command.note(#"error is "connection refused""#)),
    (#"note the "big one is kai's"#, .note(#"the "big one is kai's"#)),
    (#"note "rolled back""#, .note("rolled back")),
    (#"note it's "#, .note("it's")), ("note a  \\b 'c d' e", .note("a  \\b 'c d' e")),
    (#"finding "a", then "b""#, .finding(#""a", then "b""#)),
    (
      #"decide 'roll back?' --choice yes"#,
      .decide(question: "roll back?", choice: "yes", objections: [])
    ),
    ("decide Roll back? -> no", .decide(question: "Roll back?", choice: "no", objections: [])),
    (
      "decide Roll back? --choice yes --reason it broke --objection kai: loses the fix",
      .decide(
        question: "Roll back?", choice: "yes", objections: ["kai: loses the fix"],
        reason: "it broke")
    ),
    ("severity sev2 --reason payments fail too", .setSeverity("sev2", reason: "payments fail too")),
    (#"severity 2 --reason="payments fail""#, .setSeverity("2", reason: "payments fail")),
    ("status identified bad deploy", .setStatus("identified", text: "bad deploy")),
    ("impact all carts --users ~500", .updateImpact(.init(summary: "all carts", users: "~500"))),
    (
      "task --who kai --for 10m look at it",
      .assignTask("look at it", who: "kai", timeBox: .minutes(10))
    ),
    ("task bo: check it 10m", .assignTask("check it", who: "bo", timeBox: .minutes(10))),
    ("task kai put secret 10m", .assignTask("put secret", who: "kai", timeBox: .minutes(10))),
    ("timer 10 tea", .startTimer("tea", .minutes(10))),
    ("assign scribe --nobody", .release(role: "scribe")),
    (#"reached "Engineering Lead" kai"#, .reached(step: "Engineering Lead", name: "kai")),
    (
      "escalate --to Engineering Lead --reason data",
      .escalate(to: "Engineering Lead", reason: "data")
    ),
    (
      "snooze Acknowledge 10m --reason kai is joining",
      .snooze(deadline: "Acknowledge", .minutes(10), reason: "kai is joining")
    ),
    ("retract 4 --secret", .retract(entry: 4, secret: true, reason: nil)),
    ("retract  4", .retract(entry: 4, secret: false, reason: nil)),
    ("close --outcome false alarm", .close(.falseAlarm, reason: nil)),
    ("phase next", .enterPhase("next")),
  ])
  func `a line is read by the grammar of the shell`(line: String, command: Command) throws {
    #expect(try recorded(line)?.commands == [command])
  }

  @Test(arguments: [
    ("note -12m x", -720), ("note 02:05 x", -763), ("finding yesterday 23:50 x", -8863),
    ("note --at -12m x", -720), ("ack --at -12m", -720),
  ])
  func `times stand in front of words and behind --at`(line: String, seconds: Int) throws {
    let world = try World.busy()
    let occurred = try #require(try recorded(line)?.occurred)
    #expect((occurred - world.now).wholeSeconds == Int64(seconds))
  }

  @Test(arguments: [
    "note 99:99 foo", "note 14:05 EST said", "note 10:12-10:20 watch", "note --at 99:99 foo",
  ])
  func `what belongs to a time and is not understood is refused with the reason`(line: String)
    throws
  {
    #expect(throws: CommandProblem.self) { try read(line) }
  }

  @Test(arguments: [
    ("note --home /tmp x", "--home is not possible"), ("note --json x", "--json is not possible"),
    ("note -i another x", "this console shows"), ("note -", "no standard input"),
    ("note --frobnicate x", "frobnicate"), ("statsu x", "status"), ("check xyz", "xyz"),
    ("doctor", "there is no command"), ("skip 4", "reason"), ("", "Tab"),
  ])
  func `a line that cannot be done says why`(line: String, part: String) throws {
    do {
      let command = try read(line)
      if case .record = command {
        // What the incident does not allow is refused when it is decided.
        var model = try World.busy().model()
        for letter in ":\(line)" { _ = model.update(.keys([.character(letter)]), at: model.now) }
        #expect(model.update(.keys([.enter]), at: model.now).count == 1)
        let problem = model.prompt?.problem
        #expect(problem?.contains(part) == true, "\(problem ?? "")")
      } else {
        Issue.record("\(line) was read as \(command)")
      }
    } catch let problem as CommandProblem {
      #expect(problem.text.contains(part), "\(problem.text)")
      #expect(!problem.text.contains("\u{2}") && !problem.text.contains("\u{1}"))
    }
  }

  @Test func `several items go by their numbers in one line`() throws {
    #expect(try recorded("check 3 4")?.commands.count == 2)
    #expect(try recorded("skip 3-5 --reason not now")?.commands.count == 3)
  }

  @Test(arguments: ["phase", "note", "severity", "declare", "status", "zoom", "help", "theme"])
  func `a word alone asks as its key does`(word: String) throws {
    #expect(try read(word) == .request(try #require(Request(rawValue: word))))
  }

  @Test func `each verb has its help`() throws {
    for line in ["help severity", "severity --help", "task done --help", "help theme"] {
      guard case .help(let lines) = try read(line) else {
        Issue.record("\(line) shows no help")
        continue
      }
      #expect(
        lines.contains { $0.contains("Example") || $0.contains("USAGE") }, "\(line): \(lines)")
    }
  }

  // MARK: - Completion

  private func words(_ line: String, _ situation: Situation) -> [String] {
    reader.completions(of: line, in: situation).choices.map(\.value)
  }

  @Test func `the most useful verb stands first`() throws {
    let world = try World.busy()
    let nothing = world.modelWithNothingOpen(.console).situation
    #expect(words("", nothing).first == "declare")
    #expect(words("dec", nothing) == ["declare"])
    let fresh = try World().model().situation
    #expect(words("", fresh).first == "ack")
    #expect(words("", situation(world)).first != "ack")
    let verbs = reader.completions(of: "", in: fresh).choices
    #expect(verbs.allSatisfy { !$0.detail.isEmpty })
  }

  @Test(arguments: [
    ("severity ", "SEV-1"), ("severity s", "SEV-2"), ("status i", "identified"),
    ("assign comm", "\"Communications Lead\""), ("check pro", "providers"),
    ("phase ", "stabilise"),
    ("reached eng", "\"Engineering Lead\""), ("close --outcome fa", "false_alarm"),
    ("when det", "detected"), ("note --", "--at"), ("update --audience c", "customers"),
    ("update --template in", "initial"), ("theme q", "quiet"), ("task d", "done"),
    ("postmortem ", "done"), ("open 2026", "2026-11-21-checkout-502"), ("help sev", "severity"),
    ("assign scribe k", "kai"), ("task --who k", "kai"),
  ])
  func `values are completed, each with a line of help`(line: String, word: String) throws {
    var model = try World.busy().model()
    model.themes = ["default", "quiet"]
    let found = reader.completions(of: line, in: model.situation)
    #expect(found.choices.map(\.value).contains(word), "\(found.choices.map(\.value))")
    #expect(found.usage != nil)
  }

  @Test func `Tab completes as far as words agree, then goes through them`() throws {
    var model = try World.busy().model()
    func press(_ keys: [Key]) { for key in keys { _ = model.update(.keys([key]), at: model.now) } }
    press(":sev".map { .character($0) } + [.tab])
    #expect(model.prompt?.line.text == "severity ")
    press([.tab])
    #expect(model.prompt?.line.text == "severity SEV-")
    press([.tab])
    #expect(model.prompt?.line.text == "severity SEV-1")
    press([.tab])
    #expect(model.prompt?.line.text == "severity SEV-2")
    press([.character(" "), .tab])
    #expect(model.prompt?.line.text.hasPrefix("severity SEV-2 --") == true)
  }
}
