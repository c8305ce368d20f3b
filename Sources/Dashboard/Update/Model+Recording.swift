import Display
import Engine
import Wording

extension Model {
  /// Asks for a command to be recorded, where the incident as shown allows it.
  ///
  /// What is decided here is a preview, so that a person hears of an impossible command at once. The decision is made
  /// by the recorder, on the newest state of the log, and may differ; the state changes only when the event comes
  /// back from there. Nil: it was asked for; else why not.
  mutating func record(
    _ command: Command, occurred: Timestamp? = nil, by actor: String? = nil,
    from prompt: Prompt? = nil, done: String = "", _ effects: inout [Effect]
  ) -> String? {
    guard let incident else { return "no incident is open" }
    if isReadOnly { return readOnlyReason }
    if let openingReason { return openingReason }
    do throws(Rejection) {
      _ = try incident.decide(command, occurred: occurred, at: now)
    } catch {
      return words(of: error)
    }
    lastTicket += 1
    pending[lastTicket] = Pending(
      incident: incident.id, prompt: prompt, since: present, done: done)
    effects.append(
      .append(
        Appending(
          ticket: lastTicket, incident: incident.id, command: command, occurred: occurred,
          actor: actor)))
    return nil
  }

  /// The same for what a single key does: a refusal is told.
  mutating func record(_ command: Command, done: String) -> [Effect] {
    var effects: [Effect] = []
    if let problem = record(command, done: done, &effects) { tell(problem, .warning) }
    return effects
  }

  var readOnlyReason: String {
    if playback != nil { return "this is a replay: nothing can be recorded" }
    if let format = incident?.logFormat, format > Incident.format {
      return Rejection.newerFormat(format)
    }
    return "read-only: nothing can be recorded here"
  }

  /// Why nothing is recorded while another incident is on its way to the screen.
  var openingReason: String? {
    opening.map { "\($0.id) is being opened: nothing was recorded" }
  }

  /// A refusal, in the words of the console.
  func words(of rejection: Rejection) -> String {
    rejection.message(on: .console, in: clock.shown, at: now)
  }

  mutating func appended(_ ticket: Int, _ sequence: Int) -> [Effect] {
    guard let done = pending.removeValue(forKey: ticket) else { return [] }
    if done.isDraft { drafts[done.incident] = nil }
    // What was asked about beforehand was meant.
    lastDone =
      done.isConfirmed
      ? nil : Done(incident: done.incident, entry: sequence, at: present, prompt: done.prompt)
    let what = done.done.isEmpty ? said(by: sequence, of: done.incident) ?? "recorded" : done.done
    tell("\(what) · entry \(sequence)\(whichIncident(done.incident))", entry: sequence)
    return keepDrafts()
  }

  /// An entry of the incident that is shown, in few words; nil where its words are not at hand.
  private func said(by entry: Int, of id: String) -> String? {
    guard let incident, incident.id == id, let event = words[entry],
      let row = incident.timeline.row(sequence: entry)
    else { return nil }
    return TextWidth.truncate(shownEntry(row, event).text, to: 60)
  }

  /// Which incident something was recorded in, where it could be another one.
  private func whichIncident(_ id: String) -> String {
    guard incident?.id != id || incidents.count(where: \.isOpen) > 1 else { return "" }
    let title = incident?.id == id ? incident?.shownTitle : incidents.first { $0.id == id }?.title
    return " · \(TextWidth.truncate(title ?? id, to: 28))"
  }

  /// What was recorded last from here, as long as a key can undo it.
  var undoableEntry: Int? {
    guard let incident, let lastDone, lastDone.incident == incident.id, !isReadOnly,
      present - lastDone.at <= Incident.undoSpan,
      incident.obstacle(toUndoing: lastDone.entry, at: now) == nil
    else { return nil }
    return lastDone.entry
  }

  /// Asks before an entry is taken back: the same key composes an update a few seconds later.
  mutating func askToUndo(_ entry: Int) {
    let what = incident.flatMap { said(by: entry, of: $0.id) }
    show(
      .confirm(
        Confirmation(
          question: "Undo entry \(entry)\(what.map { ": \($0)" } ?? "")?",
          consequences: ["Both the entry and the undoing stay in the log."], action: .undo(entry))))
  }

  /// Takes an entry back. Words that were typed for it stand where they were typed: whoever wanted another thing by the
  /// key has lost nothing.
  mutating func undo(_ entry: Int) -> [Effect] {
    let typed = lastDone?.entry == entry ? lastDone?.prompt : nil
    let what = incident.flatMap { said(by: entry, of: $0.id) }
    let words = what.map { ": \($0)" } ?? ""
    var effects: [Effect] = []
    if let problem = record(.undo(entry: entry), done: "undone\(words)", &effects) {
      tell(problem, .warning)
      return []
    }
    if var typed, prompt == nil {
      typed.problem = "undone\(words) \u{b7} Enter records it again, Esc leaves it undone"
      prompt = typed
    }
    return effects
  }

  mutating func notRecorded(_ ticket: Int, _ why: NotRecorded) -> [Effect] {
    guard let lost = pending.removeValue(forKey: ticket) else { return [] }
    let problem =
      switch why {
      case .rejected(let rejection): words(of: rejection)
      case .refused(let text), .failed(let text), .kept(let text), .unknown(let text): text
      }
    let isElsewhere = lost.incident != incident?.id
    tell(isElsewhere ? "\(lost.incident): \(problem)" : problem, .error)
    switch why {
    case .unknown, .kept:
      if lost.isDraft { drafts[lost.incident] = nil }
      return keepDrafts()
    case .rejected, .refused, .failed: break
    }
    // The words go back to where they were typed, unless something else is being typed there.
    guard var words = lost.prompt else { return [] }
    words.problem = problem
    if isElsewhere {
      returned[lost.incident] = words
    } else if prompt == nil {
      prompt = words
    }
    return []
  }
}
