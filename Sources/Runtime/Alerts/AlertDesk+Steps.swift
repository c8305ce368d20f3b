import Engine
import EventLog

extension AlertDesk {
  /// Does one step of a plan. What others did meanwhile is found in the logs, and not done again.
  func take(_ step: AlertPlan.Step) throws(Told) {
    if case .assign(let assignment) = step { return try assign(assignment) }
    do throws(LogError) {
      switch step {
      case .record(let alert): try note(alert.draft(at: time.now))
      case .expect(let rule):
        try note(EventDraft(.alertSeen, EventData(["rule": .text(rule), "first": true])))
      case .assign: return
      case .reopen(let id, let reason, _): try command(.reopen(reason: reason), in: id)
      case .resolve(let id, _): try command(.resolve, in: id)
      case .propose(let id, let text, let name):
        let draft = EventDraft(.noteAdded, identity: .named(name), EventData(["text": .text(text)]))
        _ = try ground.recorder.record(draft, in: id, author: author, now: { time.now })
      }
    } catch {
      throw Told(error.description)
    }
  }

  /// Records a fact in the store's log, unless others were faster: then it is decided anew.
  private func note(_ draft: EventDraft) throws(LogError) {
    _ = try appendTogether([draft])
  }

  private func command(_ command: Command, in id: String) throws(LogError) {
    let ground = ground
    let commands = CommandRecorder(
      try folded(id), by: author, recorder: ground.recorder, time: time,
      didRecord: { ground.didRecord($0, $1) })
    switch commands.record({ _ in command }) {
    case .recorded, .present, .rejected: return
    case .unreadable(let error): throw error
    case .lost(let recorded):
      if case .notRecorded(_, _, let error) = recorded.appended { throw error }
    case .contended: throw .keepsChanging(path: id)
    }
  }

  private func folded(_ id: String) throws(LogError) -> FoldedLog {
    if let log = logs[id] { return log }
    let log = try FoldedLog(of: id, in: ground.recorder.store)
    logs[id] = log
    return log
  }

  // MARK: - Incidents that take alerts

  private func assign(_ assignment: AlertPlan.Assignment) throws(Told) {
    let id =
      switch assignment.place {
      case .incident(let known): known
      case .new(let opening): try ground.declare(opening, by: author)
      }
    do throws(LogError) { try assign(assignment, to: id) } catch { throw Told(error.description) }
  }

  private func assign(_ assignment: AlertPlan.Assignment, to id: String) throws(LogError) {
    var rest = assignment
    repeat {
      var part = rest
      part.events = Array(rest.events.prefix(Self.batch))
      guard try append(part.events, to: id, rule: part.rule) else { return }
      try mark(part, in: id)
      rest.events.removeFirst(part.events.count)
      rest.isOpening = false
    } while !rest.events.isEmpty
  }

  /// Puts alerts into the log of an incident, those that are not there yet; false where it is closed by now.
  private func append(
    _ events: [RecordedEvent], to id: String, rule: String?
  ) throws(LogError) -> Bool {
    let log = try folded(id)
    let writer = try ground.recorder.writer(of: id)
    for _ in 0..<100 {
      try log.readOn(at: time.now)
      guard log.incident.isOpen else { return false }
      let drafts = events.filter { !log.incident.knows($0.id) }.map { $0.draft(rule: rule) }
      if drafts.isEmpty { return true }
      switch writer.append(
        together: drafts, author: author, expecting: log.sequence, now: { time.now })
      {
      case .recorded:
        try log.readOn(at: time.now)
        ground.recorder.store.remember(log, at: time.now)
        return true
      case .conflict: continue
      case .unconfirmed(_, let error): throw .cannotWrite(path: log.place, offset: 0, error: error)
      case .kept: return true
      case .notRecorded(let error): throw error
      }
    }
    throw .keepsChanging(path: log.place)
  }

  /// Notes in the store's log which incident has taken alerts.
  private func mark(_ part: AlertPlan.Assignment, in id: String) throws(LogError) {
    let ids = part.events.map { JSON.string($0.id.description) }
    let keys = Set(part.events.compactMap { Alert($0)?.key }).sorted()
    let draft = EventDraft(
      .alertAssigned,
      EventData([
        "incident": .text(id), "rule": .text(part.rule),
        "group": part.group.map { .array($0.map { .string($0) }) },
        "opened": part.isOpening ? true : nil, "storm": part.isStorm ? true : nil,
        "keys": .array(keys.map { .string($0) }), "alerts": .array(ids),
      ]))
    for _ in 0..<100 {
      try readOn()
      if try appendTogether([draft]) { return }
    }
    throw .keepsChanging(path: log.path)
  }
}

extension RecordedEvent {
  /// The same fact for the log of an incident.
  fileprivate func draft(rule: String?) -> EventDraft {
    var members = data.json.members ?? []
    if let rule, data.string("rule") == nil { members.append(JSON.Member("rule", .string(rule))) }
    var draft = EventDraft(
      kind, identity: .known(id), occurred: effective == recorded ? nil : effective,
      EventData(bytes: JSON.object(members).bytes[...]))
    draft.author = Author(actor: actor, source: source)
    return draft
  }
}
