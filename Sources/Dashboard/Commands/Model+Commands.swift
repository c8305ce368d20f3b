import Engine
import Wording

extension Model {
  /// What a typed line is understood in.
  package var situation: Situation {
    Situation(
      incident: incident, actor: actor, now: now, zone: clock.shown, deadlines: deadlines,
      directory: directory, incidents: incidents, themes: themes,
      unavailable: Set(Request.allCases.filter { unavailable($0) != nil }))
  }

  /// Does what a line says; answers why it cannot be done.
  mutating func run(line: String, _ effects: inout [Effect]) -> String? {
    if history.last != line, !line.isEmpty {
      history.append(line)
      effects.append(.remember(line))
    }
    if history.count > 500 { history.removeFirst(100) }
    do throws(CommandProblem) {
      return run(try reader.read(line, in: situation), typed: line, &effects)
    } catch {
      return error.text
    }
  }

  private mutating func run(
    _ command: TypedCommand, typed line: String, _ effects: inout [Effect]
  ) -> String? {
    switch command {
    case .request(let request):
      if let why = unavailable(request) { return why }
      effects += perform(request)
    case .record(let recording): return record(recording, typed: line, &effects)
    case .declare(let title, let severity):
      if let why = unavailable(.declare) { return why }
      effects.append(.declare(title: title, severity: severity))
    case .compose(let audience, let template):
      if let why = unavailable(.update) { return why }
      return compose(to: audience, template: template)
    case .open(let id):
      if let why = unavailable(.incidents) { return why }
      effects += open(id)
    case .theme(let name): effects += use(theme: name)
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
    case .document(let words):
      if let why = unavailable(.document) { return why }
      effects += openDocument(find: words)
    case .report(let report):
      guard incident != nil || report == .statistics else { return "no incident is open" }
      effects += ask(for: report)
    case .help(let lines): show(.usage(lines))
    }
    return nil
  }

  private mutating func record(
    _ recording: TypedCommand.Recording, typed line: String, _ effects: inout [Effect]
  ) -> String? {
    if let only = recording.commands.first, recording.commands.count == 1,
      !recording.isConfirmed
    {
      return recordOrAsk(
        only, occurred: recording.occurred, by: recording.actor,
        from: Prompt(.palette, text: line), &effects)
    }
    for command in recording.commands {
      let problem = record(
        command, occurred: recording.occurred, by: recording.actor,
        from: Prompt(.palette, text: line), &effects)
      if let problem { return problem }
    }
    return nil
  }
}
