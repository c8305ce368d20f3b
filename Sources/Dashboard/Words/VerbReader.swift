import Engine

/// Makes a command of a verb and its words.
struct VerbReader {
  let verb: String
  let options: [String: String]
  let incident: Incident?
  let actor: String
  let now: Timestamp
  let clock: Clock

  func command(_ words: inout Words) throws(Palette.Problem) -> Command {
    switch verb {
    case "ack", "triaged", "status", "severity", "phase", "impact", "mitigate", "resolve",
      "reopen", "close", "when":
      return try course(&words)
    case "note", "finding", "hypothesis", "decide", "correct", "retract": return try word(&words)
    case "check", "uncheck", "skip", "fill", "item": return try checklist(&words)
    default: return try response(&words)
    }
  }

  private func require(_ text: String?, _ what: String) throws(Palette.Problem) -> String {
    guard let text, !text.isEmpty else { throw .init("\(verb) needs \(what)") }
    return text
  }

  private func course(_ words: inout Words) throws(Palette.Problem) -> Command {
    switch verb {
    case "ack": return .acknowledge
    case "triaged": return .triage
    case "status": return .setStatus(try require(words.rest, "a status"))
    case "severity":
      return .setSeverity(try require(words.rest, "a severity"), reason: options["reason"])
    case "phase": return .enterPhase(try require(words.rest, "a phase"))
    case "impact": return .updateImpact(.init(summary: try require(words.rest, "words")))
    case "mitigate": return .mitigate
    case "resolve": return .resolve
    case "reopen": return .reopen(reason: options["reason"])
    case "when":
      guard let milestone = words.next().flatMap(Incident.Milestone.init) else {
        throw .init("when needs one of started, detected, mitigated, resolved")
      }
      let text = try require(words.rest, "a time")
      guard let time = SpokenTime.time(text, at: now, in: clock.shown) else {
        throw .init("“\(text)” is no time: -12m, 14:05, yesterday 23:50")
      }
      return .setMilestone(milestone, time)
    default:
      let name = options["outcome"] ?? words.next() ?? "resolved"
      guard let outcome = Incident.Outcome(rawValue: name) else {
        throw .init("close as resolved, false_alarm, merged or cancelled")
      }
      return .close(outcome, reason: options["reason"])
    }
  }

  private func word(_ words: inout Words) throws(Palette.Problem) -> Command {
    switch verb {
    case "note": return .note(try require(words.rest, "words"))
    case "finding": return .finding(try require(words.rest, "words"))
    case "hypothesis": return .hypothesis(try require(words.rest, "words"))
    case "decide":
      let decision = Self.decision(words.rest)
      let objections = options["objection"].map { [$0] } ?? []
      return .decide(
        question: try require(decision.question, "a question"),
        choice: options["choice"] ?? decision.choice, objections: objections,
        reason: options["reason"])
    default:
      guard let entry = words.next().flatMap({ Int($0) }) else {
        throw .init("\(verb) needs the number of an entry")
      }
      if verb == "correct" { return .correct(entry: entry, text: try require(words.rest, "words")) }
      return .retract(entry: entry, secret: options["secret"] != nil, reason: options["reason"])
    }
  }

  /// `question → choice`, with `->` as well.
  static func decision(_ text: String) -> (question: String, choice: String) {
    let characters = Array(text)
    for index in characters.indices {
      let isArrow =
        characters[index] == "→"
        || (characters[index] == "-" && characters.dropFirst(index + 1).first == ">")
      guard isArrow else { continue }
      let tail = characters[(index + (characters[index] == "→" ? 1 : 2))...]
      return (trimmed(characters[..<index]), trimmed(tail))
    }
    return (trimmed(characters[...]), "")
  }

  static func trimmed(_ characters: ArraySlice<Character>) -> String {
    let tail = characters.drop { $0.isWhitespace }
    guard let end = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(tail[...end])
  }

  private func checklist(_ words: inout Words) throws(Palette.Problem) -> Command {
    switch verb {
    case "check": return .check(try require(words.rest, "an item"))
    case "uncheck": return .uncheck(try require(words.rest, "an item"))
    case "skip":
      return .skip(
        try require(words.rest, "an item"), reason: try require(options["reason"], "--reason"))
    case "fill":
      let item = try require(words.next(), "an item")
      return .fill(item, value: try require(words.rest, "a value"))
    default:
      guard words.next() == "add" else { throw .init("item add TEXT") }
      return .addItem(try require(words.rest, "words"), phase: nil)
    }
  }

  private func response(_ words: inout Words) throws(Palette.Problem) -> Command {
    switch verb {
    case "assign":
      let name = words.last()
      return .assign(
        role: try require(words.rest, "a role and a name"), name: try require(name, "a name"))
    case "handover":
      if options["accept"] != nil { return .acceptHandover(by: actor) }
      return .offerHandover(to: try require(words.rest, "a name"))
    case "task": return try task(&words)
    case "actions": return try action(&words)
    case "postmortem": return try postmortem(&words)
    case "timer":
      let first = try require(words.next(), "a span: timer 10m TEXT")
      if first == "cancel" { return .cancelTimer(try require(words.rest, "a timer")) }
      return .startTimer(words.rest, try span(first))
    case "escalate":
      return .escalate(
        to: options["to"] ?? (words.isEmpty ? nil : words.rest), reason: options["reason"])
    case "reached":
      let step = try require(words.next(), "a step")
      return .reached(step: step, name: words.isEmpty ? nil : words.rest)
    case "snooze":
      let time = words.last()
      return .snooze(
        deadline: try require(words.rest, "a step and a span"), try span(time ?? ""),
        reason: try require(options["reason"], "--reason"))
    default:
      let next = try options["next"].map { text throws(Palette.Problem) in try span(text) }
      return .sendUpdate(
        .init(
          text: try require(words.rest, "words"), audience: options["audience"],
          status: incident?.status.change.status, next: next.map { now + $0 }))
    }
  }

  private func action(_ words: inout Words) throws(Palette.Problem) -> Command {
    let first = words.next()
    if first == "done" { return .finishAction(try require(words.rest, "an item")) }
    guard first == "add" else { throw .init("actions add TEXT or actions done ITEM") }
    let due = try options["due"].map { text throws(Palette.Problem) -> Timestamp in
      guard let day = CivilDate(text) else { throw .init("“\(text)” is no day: 2026-12-01") }
      return clock.shown.end(of: day)
    }
    return .addAction(try require(words.rest, "words"), owner: options["owner"], due: due)
  }

  private func postmortem(_ words: inout Words) throws(Palette.Problem) -> Command {
    let names = PostmortemDuty.What.allCases.map(\.rawValue).joined(separator: ", ")
    let verb = words.next()
    guard verb == "done" || verb == "waive" else {
      throw .init("postmortem done or postmortem waive: \(names)")
    }
    guard let what = words.next().flatMap(PostmortemDuty.What.init) else {
      throw .init("one of \(names)")
    }
    if verb == "waive" {
      return .waivePostmortem(what, reason: try require(options["reason"], "--reason"))
    }
    return .publishPostmortem(what, place: options["where"])
  }

  private func task(_ words: inout Words) throws(Palette.Problem) -> Command {
    let first = try require(words.next(), "words")
    if first == "done" { return .finishTask(try require(words.rest, "a task")) }
    let text = words.isEmpty ? first : first + " " + words.rest
    if let who = options["who"] {
      let box = try options["within"].map { text throws(Palette.Problem) in try span(text) }
      return .assignTask(text, who: who, timeBox: box)
    }
    let typed = Self.task(text)
    return .assignTask(
      typed.text, who: try require(typed.who, "somebody: who: what"), timeBox: typed.timeBox)
  }

  /// `bo: look at the replica (10m)`.
  static func task(_ text: String) -> (who: String, text: String, timeBox: Duration?) {
    guard let colon = text.firstIndex(of: ":") else { return ("", text, nil) }
    let who = trimmed(Array(text[..<colon])[...])
    var what = trimmed(Array(text[text.index(after: colon)...])[...])
    var box: Duration?
    if what.last == ")", let open = what.lastIndex(of: "("),
      let span = SpokenTime.span(what[what.index(after: open)...].dropLast())
    {
      box = span
      what = trimmed(Array(what[..<open])[...])
    }
    return (who, what, box)
  }

  private func span(_ text: String) throws(Palette.Problem) -> Duration {
    guard let span = SpokenTime.span(text) else { throw .init("“\(text)” is no span: 10m, 1h30m") }
    return span
  }
}
