import ArgumentParser
import Dashboard
import Engine

/// A verb that can also be typed into a console.
protocol ConsoleVerb: ParsableCommand {
  /// What it asks a console for.
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand
}

/// What a line typed into a console is understood in.
struct ConsoleContext {
  let situation: Situation

  /// The incident that is shown.
  func incident() throws(Failure) -> Incident {
    guard let incident = situation.incident else {
      throw Failure(.notNow, "there is no incident open; declare TITLE opens one")
    }
    return incident
  }

  /// What the words of a recording verb are understood in.
  func verb(_ options: RecordingOptions) throws(Failure) -> VerbContext {
    try refuse(options.target, isJSON: options.json)
    let clock = LocalClock(now: situation.now, zone: situation.zone)
    return VerbContext(
      clock: clock, actor: options.actor?.text ?? situation.actor,
      occurred: try options.at.map { at throws(Failure) in try clock.instant(at.text) },
      directory: situation.directory)
  }

  /// Refuses options that mean nothing on a screen.
  func refuse(_ target: IncidentOptions, isJSON: Bool = false) throws(Failure) {
    if target.store.home != nil {
      throw Failure(.usage, "--home is not possible in a console; start one with muster --home DIR")
    }
    if isJSON { throw Failure(.usage, "--json is not possible in a console") }
    guard let typed = target.incident else { return }
    let shown = situation.incident?.id ?? ""
    let isShown = shown == typed || NameMatch(typed, among: [shown]).only != nil
    guard isShown else {
      throw Failure(
        .usage,
        "this console shows \(shown.isEmpty ? "no incident" : shown); 'open \(typed)' "
          + "switches to another one")
    }
  }
}

extension RecordingVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    let incident = try console.incident()
    let context = try console.verb(recording)
    if let choices = choices(in: incident, at: console.situation.now) { return .help(choices) }
    return .record(
      .init(
        try commands(for: incident, in: context), occurred: try occurred(in: context),
        actor: recording.actor?.text, isConfirmed: recording.yes))
  }
}

extension DeclareCommand: ConsoleVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    guard procedure == nil, detected == nil, started == nil, at == nil, actor == nil, !json,
      store.home == nil
    else {
      throw Failure(
        .usage, "in a console, declare takes only a title and --severity; for more, use a shell")
    }
    return .declare(title: title.asTyped, severity: severity?.text)
  }
}

extension UpdateCommand: ConsoleVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    let incident = try console.incident()
    let context = try console.verb(recording)
    guard !preview, destinations.isUsual else {
      throw Failure(
        .usage, "--preview and options for the destination work only in a shell")
    }
    guard !words.isEmpty else {
      guard fill.isEmpty, next == nil, channel == nil else {
        throw Failure(.usage, "leave out --fill, --next and --channel: the composer asks for them")
      }
      return .compose(audience: audience?.text, template: template?.text)
    }
    var update = Command.OutgoingUpdate(
      text: try context.text(words), audience: audience?.text, channel: channel?.text,
      status: incident.status.change.status)
    if let next {
      update.next = (context.occurred ?? context.clock.now) + (try context.clock.span(next.text))
    }
    return .record(
      .init(
        [.sendUpdate(update)], occurred: context.occurred, actor: recording.actor?.text,
        isConfirmed: false))
  }
}

// MARK: - Verbs that a console answers with a pane of its own

extension BriefCommand: ConsoleVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    try console.refuse(reading.target, isJSON: reading.json)
    return .request(.brief)
  }
}

extension OncallCommand: ConsoleVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .request(.contacts) }
}

extension RunbookCommand: ConsoleVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .request(.runbooks) }
}

extension ListCommand: ConsoleVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .request(.incidents) }
}

extension StatsCommand: ConsoleVerb {
  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .request(.stats) }
}
