import Engine
import Wording

extension Model {
  /// Takes what was typed. The prompt stays, with the reason, where it is not accepted.
  mutating func submit(_ current: Prompt) -> [Effect] {
    var effects: [Effect] = []
    var text = current.line.text
    var occurred = current.occurred
    switch current.leadingTime(at: now, clock: clock) {
    case .none: break
    case .time(let time, let rest): (text, occurred) = (rest, time)
    case .problem(let problem):
      prompt?.problem =
        problem.text(of: text, in: clock.shown, at: now) + " · Esc keeps it as text"
      return []
    }
    let choice =
      current.shownChoices.indices.contains(current.picked)
      ? current.shownChoices[current.picked] : nil
    if !current.choices.isEmpty, choice == nil, current.purpose != .role || text.isEmpty {
      prompt?.problem = "no choice matches “\(current.line.text)”"
      return []
    }
    prompt = nil
    let problem = accept(
      current, text: text, choice: choice?.value ?? text, occurred: occurred, &effects)
    if let problem {
      var again = current
      again.problem = problem
      prompt = again
    }
    // Keys that go on with a search are not words that were typed on.
    if prompt == nil, overlay == nil, current.purpose != .search { promptEnded = present }
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
      case .choice(let question): .decide(question: question, choice: text, objections: [])
      case .severity: .setSeverity(choice)
      case .phase: .enterPhase(choice)
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
      let problem = recordOrAsk(command, occurred: occurred, from: current, &effects)
      if problem == nil, case .fill(let item) = current.purpose { offer(after: item, value: text) }
      return problem
    }
    if current.purpose == .decision { return decide(text, occurred, from: current, &effects) }
    return acceptFurther(current, text: text, choice: choice, &effects)
  }

  /// A decision of which the words say no choice is asked for it.
  private mutating func decide(
    _ text: String, _ occurred: Timestamp?, from current: Prompt, _ effects: inout [Effect]
  ) -> String? {
    let words = DecisionWords(text)
    guard !words.question.isEmpty else { return "a question needs a text" }
    guard words.choice.isEmpty else {
      return record(
        .decide(question: words.question, choice: words.choice, objections: []),
        occurred: occurred, from: current, &effects)
    }
    prompt = Prompt(.choice(question: words.question))
    prompt?.occurred = occurred
    return nil
  }

  /// Those that ask further, ask back, or record nothing.
  private mutating func acceptFurther(
    _ current: Prompt, text: String, choice: String, _ effects: inout [Effect]
  ) -> String? {
    switch current.purpose {
    case .status: return recordOrAsk(.setStatus(choice), from: current, &effects)
    case .role: prompt = Prompt(.assign(role: choice), text: "")
    case .assign(let role):
      let isNew = incident?.isNewRole(role) == true
      return recordOrAsk(
        .assign(role: role, name: text, isNew: isNew), from: current, &effects)
    case .task: return acceptTask(text, current, &effects)
    case .timer: return acceptTimer(text, current, &effects)
    case .snoozeStep: prompt = Prompt(.snooze(deadline: choice))
    case .snooze(let id):
      guard let span = SpanText.typed(text) else { return "write how long: 10m, 1h" }
      prompt = Prompt(.snoozeReason(deadline: id, seconds: span.wholeSeconds))
    case .reachedStep: prompt = Prompt(.reached(step: choice))
    case .escalate:
      return recordOrAsk(.escalate(to: choice, reason: nil), from: current, &effects)
    case .close:
      let outcome = Incident.Outcome(rawValue: choice) ?? .resolved
      return recordOrAsk(.close(outcome, reason: nil), from: current, &effects)
    case .retract(let entry):
      return recordOrAsk(
        .retract(entry: entry, secret: false, reason: text.isEmpty ? nil : text), from: current,
        &effects)
    case .updateKind, .updateNext, .updateChannel, .updateText:
      return composeOn(current.purpose, text, choice)
    case .search:
      if timeline.matches.isEmpty, !text.isEmpty { return "nothing found" }
      if text.isEmpty { endSearch(restoring: true) }
    case .searchDocument:
      if document?.matches.isEmpty == true, !text.isEmpty { return "nothing found" }
      endDocumentSearch(restoring: text.isEmpty)
    case .filter: filterTimeline(by: text)
    case .declare:
      guard text.contains(where: { !$0.isWhitespace }) else {
        return "write a title, in a few words"
      }
      effects.append(.declare(title: text, severity: nil))
    case .theme: effects += use(theme: choice)
    case .jump: return jump(to: text)
    case .palette: return run(line: text, &effects)
    default: break
    }
    return nil
  }

  private mutating func filterTimeline(by text: String) {
    timeline.filter = TimelineFilter(text)
    rebuildTimeline()
    follow()
    timeline.selected = nil
  }

  private mutating func acceptTask(
    _ text: String, _ current: Prompt, _ effects: inout [Effect]
  ) -> String? {
    let task = TaskWords(text, people: incident?.knownPeople(directory) ?? [])
    if task.who.isEmpty { return "who is to do it? Write who: what" }
    return record(
      .assignTask(task.text, who: task.who, timeBox: task.timeBox), from: current, &effects)
  }

  private mutating func acceptTimer(
    _ text: String, _ current: Prompt, _ effects: inout [Effect]
  ) -> String? {
    guard let words = TimerWords(text) else {
      return "how long? 10m look at the replica, or look at the replica 10m"
    }
    return record(.startTimer(words.text, words.span), from: current, &effects)
  }

  /// Records what acts at once, and asks first about what goes outside, ends what runs, lowers a severity or adds a role;
  /// which of the two, its consequences say. Nil: it was asked for or asked about; else why it is not possible.
  mutating func recordOrAsk(
    _ command: Command, occurred: Timestamp? = nil, by actor: String? = nil,
    from prompt: Prompt? = nil, done: String = "", _ effects: inout [Effect]
  ) -> String? {
    guard command.asksBeforehand else {
      return record(command, occurred: occurred, by: actor, from: prompt, done: done, &effects)
    }
    guard let incident else { return "no incident is open" }
    if isReadOnly { return readOnlyReason }
    if let openingReason { return openingReason }
    var command = command
    if case .sendUpdate(let update) = command { command = .sendUpdate(completed(update, occurred)) }
    do throws(Rejection) {
      let consequences = try incident.consequences(
        of: command, occurred: occurred, at: now, in: context)
      guard consequences.asksFirst else {
        return record(command, occurred: occurred, by: actor, from: prompt, done: done, &effects)
      }
      show(.confirm(confirmation(of: consequences, occurred: occurred, by: actor)))
      return nil
    } catch {
      return words(of: error)
    }
  }

  /// The same for what a single key does: a refusal is told.
  mutating func recordOrAsk(_ command: Command, done: String = "") -> [Effect] {
    var effects: [Effect] = []
    if let problem = recordOrAsk(command, done: done, &effects) { tell(problem, .warning) }
    return effects
  }
}
