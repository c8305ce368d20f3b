import Engine

extension Model {
  /// Takes what was typed. The prompt stays, with the reason, where it is not accepted.
  mutating func submit(_ current: Prompt) -> [Effect] {
    var effects: [Effect] = []
    let found = current.time(at: now, clock: clock)
    let text = found?.rest ?? current.line.text
    let choice =
      current.shownChoices.indices.contains(current.picked)
      ? current.shownChoices[current.picked] : nil
    if !current.choices.isEmpty, choice == nil {
      prompt?.problem = "nothing here is called “\(current.line.text)”"
      return []
    }
    prompt = nil
    let problem = accept(
      current, text: text, choice: choice?.value ?? text, occurred: found?.time, &effects)
    if let problem {
      var again = current
      again.problem = problem
      prompt = again
    }
    return effects
  }

  /// Nil: it was accepted.
  private mutating func accept(
    _ current: Prompt, text: String, choice: String, occurred: Timestamp?,
    _ effects: inout [Effect]
  ) -> String? {
    func command() -> Command? {
      switch current.purpose {
      case .note: .note(text)
      case .finding: .finding(text)
      case .hypothesis: .hypothesis(text)
      case .decision:
        { .decide(question: $0.question, choice: $0.choice, objections: []) }(
          VerbReader.decision(text))
      case .severity: .setSeverity(choice)
      case .phase: .enterPhase(choice)
      case .assign(let role): .assign(role: role, name: text)
      case .impact: .updateImpact(.init(summary: text))
      case .skip(let item): .skip(item, reason: text)
      case .fill(let item): .fill(item, value: text)
      case .addItem: .addItem(text, phase: nil)
      case .handover: .offerHandover(to: text)
      case .reached(let step): .reached(step: step, name: text.isEmpty ? nil : text)
      case .snoozeReason(let id, let seconds):
        .snooze(deadline: id, .seconds(seconds), reason: text)
      case .correct(let entry): .correct(entry: entry, text: text)
      default: nil
      }
    }
    if let command = command() {
      let problem = record(command, occurred: occurred, from: current, &effects)
      if problem == nil, case .fill(let item) = current.purpose { offer(after: item, value: text) }
      return problem
    }
    return acceptFurther(current, text: text, choice: choice, &effects)
  }

  /// Those that ask further, ask back, or record nothing.
  private mutating func acceptFurther(
    _ current: Prompt, text: String, choice: String, _ effects: inout [Effect]
  ) -> String? {
    switch current.purpose {
    case .status:
      let role = incident?.knownStatuses.first { $0.id == choice }?.role
      if role == .resolved { return confirm(.setStatus(choice), nil) }
      return record(.setStatus(choice), from: current, &effects)
    case .role: prompt = Prompt(.assign(role: choice), text: "")
    case .task:
      let task = VerbReader.task(text)
      if task.who.isEmpty { return "who is to do it? who: what" }
      return record(
        .assignTask(task.text, who: task.who, timeBox: task.timeBox), from: current, &effects)
    case .timer:
      let parts = text.split(separator: " ", maxSplits: 1)
      guard let span = parts.first.flatMap({ SpokenTime.span($0) }) else {
        return "begin with how long: 10m look at the replica"
      }
      return record(
        .startTimer(parts.count > 1 ? String(parts[1]) : "timer", span), from: current, &effects)
    case .snoozeStep: prompt = Prompt(.snooze(deadline: choice))
    case .snooze(let id):
      guard let span = SpokenTime.span(text) else { return "how long: 10m, 1h" }
      prompt = Prompt(.snoozeReason(deadline: id, seconds: span.wholeSeconds))
    case .reachedStep: prompt = Prompt(.reached(step: choice))
    case .escalate: return confirm(.escalate(to: choice, reason: nil), nil)
    case .close:
      return confirm(.close(Incident.Outcome(rawValue: choice) ?? .resolved, reason: nil), nil)
    case .retract(let entry):
      return confirm(
        .retract(entry: entry, secret: false, reason: text.isEmpty ? nil : text), nil)
    case .updateKind, .updateNext, .updateChannel, .updateText:
      return composeOn(current.purpose, text, choice)
    case .search:
      if timeline.matches.isEmpty, !text.isEmpty { return "nothing found" }
      if text.isEmpty { endSearch(restoring: true) }
    case .filter:
      timeline.filter = TimelineFilter(text)
      rebuildTimeline()
      follow()
      timeline.selected = nil
    case .declare:
      guard text.contains(where: { !$0.isWhitespace }) else { return "a title, in a few words" }
      effects.append(.declare(title: text, severity: nil))
    case .theme: effects.append(.theme(choice))
    case .jump: return jump(to: text)
    case .palette: return runPalette(text, &effects)
    default: break
    }
    return nil
  }

  /// Asks back, unless it is not possible anyway.
  mutating func confirm(_ command: Command, _ occurred: Timestamp?) -> String? {
    guard let incident else { return "there is no incident open" }
    if isReadOnly { return readOnlyReason }
    var command = command
    if case .sendUpdate(let update) = command { command = .sendUpdate(completed(update, occurred)) }
    do throws(Rejection) {
      _ = try incident.decide(command, occurred: occurred, at: now)
    } catch {
      return error.text(clock: clock)
    }
    ask(command, occurred)
    return nil
  }

  private mutating func runPalette(_ line: String, _ effects: inout [Effect]) -> String? {
    if history.last != line, !line.isEmpty {
      history.append(line)
      effects.append(.remember(line))
    }
    if history.count > 500 { history.removeFirst(100) }
    do throws(Palette.Problem) {
      switch try Palette.parse(line, incident: incident, actor: actor, now: now, clock: clock) {
      case .request(let request): effects += perform(request)
      case .declare(let title, let severity):
        if let why = unavailable(.declare) { return why }
        effects.append(.declare(title: title, severity: severity))
      case .theme(let name): effects.append(.theme(name))
      case .jump(let text): return jump(to: text)
      case .speed(let text): return setSpeed(text)
      case .filter(let text):
        timeline.filter = TimelineFilter(text)
        rebuildTimeline()
        focus = .timeline
      case .find(let text):
        focus = .timeline
        timeline.beforeSearch = (timeline.follows, timeline.anchor, timeline.selected)
        effects += search(text)
        if timeline.matches.isEmpty { tell("nothing found for “\(text)”", .warning) }
      case .command(let command, let occurred):
        if command.isOutwardOrFinal { return confirm(command, occurred) }
        return record(command, occurred: occurred, from: Prompt(.palette, text: line), &effects)
      }
    } catch {
      return error.text
    }
    return nil
  }
}

extension Command {
  /// Seen by others, or ending something: to be asked about first.
  var isOutwardOrFinal: Bool {
    switch self {
    case .resolve, .reopen, .close, .escalate, .sendUpdate, .retract: true
    default: false
    }
  }
}
