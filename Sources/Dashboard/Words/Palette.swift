package import Engine

/// The verbs of the command line, typed into the console.
package enum Palette {
  /// What a typed line asks for.
  package enum Action: Hashable, Sendable {
    case request(Request)
    case command(Command, occurred: Timestamp?)
    case declare(title: String, severity: String?)
    case filter(String)
    case find(String)
    case theme(String)
    case jump(String)
    case speed(String)
  }

  package struct Problem: Error, Hashable, Sendable {
    package var text: String
    init(_ text: String) { self.text = text }
  }

  /// Verbs that take words, with what they take; all others are requests by their name.
  static let verbs: [(name: String, takes: String)] = [
    ("ack", ""), ("triaged", ""), ("status", "STATUS"), ("severity", "SEVERITY"),
    ("phase", "PHASE"), ("impact", "TEXT"), ("mitigate", ""), ("resolve", ""),
    ("reopen", "[--reason R]"), ("close", "[OUTCOME]"),
    ("when", "started|detected|mitigated|resolved TIME"),
    ("note", "TEXT"), ("finding", "TEXT"), ("hypothesis", "TEXT"),
    ("decide", "QUESTION --choice CHOICE [--reason R]"), ("correct", "SEQ TEXT"),
    ("retract", "SEQ [--secret] [--reason R]"), ("check", "ITEM"), ("uncheck", "ITEM"),
    ("skip", "ITEM --reason R"), ("fill", "ITEM VALUE"), ("item", "add TEXT"),
    ("assign", "ROLE NAME"), ("handover", "NAME | --accept"),
    ("task", "TEXT --who NAME | done TASK"),
    ("timer", "10m TEXT | cancel TIMER"), ("escalate", "[--to LEVEL]"),
    ("reached", "STEP [NAME]"), ("snooze", "STEP 10m --reason R"),
    ("update", "TEXT [--audience A] [--next 30m]"), ("declare", "TITLE [--severity S]"),
    ("actions", "add TEXT [--owner NAME] [--due DAY] | done ITEM"),
    ("postmortem", "done|waive draft|review|meeting [--where PLACE] [--reason R]"),
    ("filter", "KINDS by:PERSON"), ("find", "TEXT"), ("theme", "NAME"),
    ("jump", "TIME"), ("speed", "FACTOR"),
  ]

  /// Reads a line; the words mean the same as on the command line.
  package static func parse(
    _ line: String, incident: Incident?, actor: String, now: Timestamp, clock: Clock
  ) throws(Problem) -> Action {
    var words = Words(line)
    guard let verb = words.next() else { throw Problem("type a command, Tab shows what there is") }
    guard verbs.contains(where: { $0.name == verb }) else {
      if let request = Request(rawValue: verb) { return .request(request) }
      throw Problem(unknown(verb))
    }
    if verb == "filter" { return .filter(words.rest) }
    if verb == "find" { return .find(words.rest) }
    if verb == "theme", !words.isEmpty { return .theme(words.rest) }
    if verb == "jump", !words.isEmpty { return .jump(words.rest) }
    if verb == "speed" { return .speed(words.rest) }
    let options = try words.takeOptions()
    var occurred: Timestamp?
    if let at = options["at"] {
      guard let time = SpokenTime.time(at, at: now, in: clock.shown) else {
        throw Problem("--at \(at) is no time: -12m, 14:05, yesterday 23:50")
      }
      occurred = time
    }
    if verb == "declare" {
      guard !words.isEmpty else { return .request(.declare) }
      return .declare(title: words.rest, severity: options["severity"])
    }
    if words.isEmpty, options.isEmpty, let request = Request(rawValue: verb),
      verbs.first(where: { $0.name == verb })?.takes.isEmpty == false, verb != "reopen"
    {
      return .request(request)
    }
    let reader = VerbReader(
      verb: verb, options: options, incident: incident, actor: actor, now: now, clock: clock)
    return .command(try reader.command(&words), occurred: occurred)
  }

  private static func unknown(_ verb: String) -> String {
    let names = verbs.map(\.name) + Request.allCases.map(\.rawValue)
    let near = names.filter { distance($0, verb) <= 2 || $0.hasPrefix(verb) }
    return near.isEmpty
      ? "there is no command “\(verb)”" : "there is no command “\(verb)”; \(near[0])?"
  }

  /// Letters to be changed, added or dropped to get from one word to another.
  static func distance(_ one: String, _ other: String) -> Int {
    let (a, b) = (Array(one), Array(other))
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var previous = row[0]
      row[0] = i + 1
      for (j, wanted) in b.enumerated() {
        let cost = letter == wanted ? previous : min(previous, row[j], row[j + 1]) + 1
        previous = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[b.count]
  }

  // MARK: - Completion

  /// Words that could stand at the end of a line, with what they take.
  package static func completions(
    of line: String, incident: Incident?, deadlines: [Deadline], themes: [String] = []
  ) -> [Prompt.Choice] {
    let parts = line.split(separator: " ", omittingEmptySubsequences: true)
    let endsWord = line.last == " "
    guard parts.count > 1 || (parts.count == 1 && endsWord) else {
      let typed = parts.first.map { $0.lowercased() } ?? ""
      let own = verbs.map { Prompt.Choice($0.name, $0.name, detail: $0.takes) }
      let requests = Request.allCases.filter { request in
        !verbs.contains { $0.name == request.rawValue }
      }.map { Prompt.Choice($0.rawValue, $0.rawValue, detail: $0.entry.help) }
      return (own + requests).filter { $0.value.hasPrefix(typed) }
    }
    guard let verb = parts.first else { return [] }
    let typed = parts.dropFirst().joined(separator: " ").lowercased()
    if verb == "theme" {
      return themes.filter { $0.hasPrefix(typed) }.map { .init($0, $0) }
    }
    guard let incident else { return [] }
    return arguments(of: String(verb), incident, deadlines).filter {
      typed.isEmpty || $0.value.lowercased().hasPrefix(typed)
        || $0.text.lowercased().containsText(typed)
    }
  }

  private static func arguments(
    of verb: String, _ incident: Incident, _ deadlines: [Deadline]
  ) -> [Prompt.Choice] {
    switch verb {
    case "status": incident.knownStatuses.map { .init($0.id, $0.name) }
    case "severity": incident.procedure.severities.map { .init($0.id, $0.name) }
    case "phase": incident.procedure.phases.map { .init($0.id, $0.title) }
    case "check", "skip", "fill":
      incident.checklist.filter { $0.state == .open }.map { .init($0.item.id, $0.item.text) }
    case "uncheck":
      incident.checklist.filter { $0.state != .open }.map { .init($0.item.id, $0.item.text) }
    case "assign": incident.knownRoles.map { .init($0, $0) }
    case "close": Incident.Outcome.allCases.map { .init($0.rawValue, $0.words) }
    case "reached":
      deadlines.filter { $0.step != nil }.map { .init($0.stepKey, $0.label) }
    case "snooze":
      deadlines.filter(\.canBeSnoozed).map { .init($0.step == nil ? $0.id : $0.stepKey, $0.label) }
    case "when":
      Incident.Milestone.allCases.map { .init($0.rawValue, $0.rawValue) }
    default: []
    }
  }
}

/// The words of a line, quotes respected, options taken out.
struct Words {
  private var words: [String]

  init(_ line: String) {
    words = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "\"" && word == nil {
        quote = character
        word = ""
      } else if character == " " || character == "\n" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
  }

  var isEmpty: Bool { words.isEmpty }
  var rest: String { words.joined(separator: " ") }

  mutating func next() -> String? { words.isEmpty ? nil : words.removeFirst() }
  mutating func last() -> String? { words.popLast() }

  private static let valued: Set<String> = [
    "at", "reason", "to", "next", "outcome", "audience", "severity", "choice", "who", "within",
    "objection", "owner", "due", "where",
  ]
  private static let flags: Set<String> = ["secret", "accept", "yes"]

  /// Takes the options out, wherever they stand; the value of `--reason` goes on to the next option.
  mutating func takeOptions() throws(Palette.Problem) -> [String: String] {
    var options: [String: String] = [:]
    var kept: [String] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      guard word.hasPrefix("--"), word.count > 2 else {
        kept.append(word)
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1)
      let name = String(parts.first ?? "")
      if Self.flags.contains(name) {
        options[name] = ""
      } else if Self.valued.contains(name) {
        var value = parts.count > 1 ? String(parts[1]) : ""
        while parts.count == 1, index < words.count, !words[index].hasPrefix("--") {
          value += (value.isEmpty ? "" : " ") + words[index]
          index += 1
          if name != "reason", name != "choice", name != "owner", name != "where",
            value != "yesterday"
          {
            break
          }
        }
        guard !value.isEmpty else { throw .init("--\(name) needs a value") }
        options[name] = value
      } else {
        throw .init("there is no option --\(name)")
      }
    }
    words = kept
    return options
  }
}
