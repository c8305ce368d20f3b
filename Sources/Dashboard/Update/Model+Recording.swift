import Engine

extension Model {
  /// Asks for a command to be recorded, where the incident as shown allows it.
  ///
  /// The state changes only when it comes back from the log. Nil: it was asked for; else why not.
  mutating func record(
    _ command: Command, occurred: Timestamp? = nil, from prompt: Prompt? = nil, done: String = "",
    _ effects: inout [Effect]
  ) -> String? {
    guard let incident else { return "there is no incident open" }
    if isReadOnly { return readOnlyReason }
    do throws(Rejection) {
      _ = try incident.decide(command, occurred: occurred, at: now)
    } catch {
      return error.text(clock: clock)
    }
    lastTicket += 1
    pending[lastTicket] = Pending(prompt: prompt, since: present, done: done)
    effects.append(
      .append(
        Appending(
          ticket: lastTicket, incident: incident.id, command: command, occurred: occurred)))
    return nil
  }

  /// The same for what a single key does: a refusal is told.
  mutating func record(_ command: Command, done: String) -> [Effect] {
    var effects: [Effect] = []
    if let problem = record(command, done: done, &effects) { tell(problem, .warning) }
    return effects
  }

  var readOnlyReason: String {
    if playback != nil { return "this is a replay: what happened stays as it was" }
    if let format = incident?.logFormat, format > Incident.format {
      return "the log is of format \(format), which this version only reads"
    }
    return "read-only: nothing can be recorded here"
  }

  mutating func appended(_ ticket: Int, _ sequence: Int) -> [Effect] {
    guard let done = pending.removeValue(forKey: ticket) else { return [] }
    tell("\(done.done.isEmpty ? "recorded" : done.done) · entry \(sequence)")
    return []
  }

  mutating func notRecorded(_ ticket: Int, _ why: NotRecorded) -> [Effect] {
    guard let lost = pending.removeValue(forKey: ticket) else { return [] }
    let problem =
      switch why {
      case .rejected(let rejection): rejection.text(clock: clock)
      case .refused(let text), .failed(let text), .kept(let text), .unknown(let text): text
      }
    tell(problem, .error)
    switch why {
    case .unknown, .kept: return []
    case .rejected, .refused, .failed: break
    }
    // The words go back to where they were typed, unless something else is being typed there.
    if prompt == nil, var words = lost.prompt {
      words.problem = problem
      prompt = words
    }
    return []
  }
}
