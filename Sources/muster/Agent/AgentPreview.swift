import Engine
import EventLog
import Procedures
import Runtime
import Wording

/// Whom an agent would tell now, of what it would open incidents, and when that changes.
struct AgentPreview {
  let store: StoreAccess
  let settings: AgentSettings

  func print() throws(Failure) {
    let (clock, context) = (store.clock, settings.context)
    var situation = NotificationSituation(roster: settings.roster, context: context)
    situation.firstSeen = AgentMemory.firstSeen(in: store.store)
    var lines: [String] = []
    var isAnyOpen = false
    if settings.agent.channels.isEmpty { lines.append("there are no channels: nobody is told") }
    if !settings.store.delivers { lines.append("the store says 'deliver: false': nobody is told") }
    try store.survey(.open) { found in
      guard let incident = found.incident, incident.declaration != nil else { return }
      if situation.firstSeen[incident.id] == nil { situation.firstSeen[incident.id] = clock.now }
      isAnyOpen = true
      let deadlines = incident.deadlines(at: clock.now, in: context)
      lines += Self.lines(of: incident, among: deadlines, in: situation, at: clock.now)
      if let step = deadlines.first(where: { $0.step != nil && $0.urgency.group == .running }) {
        let receiver = incident.receiver(
          step.step?.to, in: settings.roster, at: step.due ?? clock.now)
        let due = step.due.map { InstantText.second($0, in: clock.zone, near: clock.now) } ?? "?"
        lines.append("  at \(due): \(step.label): \(receiver.words(in: settings.roster))")
      }
    }
    if !isAnyOpen { lines.append("no open incident: nobody would be notified of one") }
    try store.survey(.closed(newest: Attendant.mostClosed)) { found in
      guard let incident = found.incident, incident.declaration != nil else { return }
      let deadlines = incident.deadlines(at: clock.now, in: context)
      guard incident.isOwedAfterwards(at: clock.now, among: deadlines, in: situation) else {
        return
      }
      lines += Self.lines(of: incident, among: deadlines, in: situation, at: clock.now)
      for duty in deadlines where duty.isAftermath && duty.state.isRunning {
        guard let due = duty.due else { continue }
        lines.append(
          "  \(duty.label): due \(InstantText.short(due, in: clock.zone, near: clock.now))")
      }
    }
    lines += try AlertPreview(store: store, settings: settings).lines()
    try Output.lines(lines)
  }

  private static func lines(
    of incident: Incident, among deadlines: [Deadline], in situation: NotificationSituation,
    at now: Timestamp
  ) -> [String] {
    let plan = incident.notices(at: now, among: deadlines, in: situation)
    let state = incident.isOpen ? "" : " (closed)"
    return ["\(incident.id)\(state): \(incident.title)"]
      + plan.tracks.map { track in
        "  \(track.duty.subject.words(in: incident)): "
          + (track.words(at: now) ?? "nothing more to be told")
      }
  }
}

extension Receiver {
  func words(in roster: Roster) -> String {
    switch self {
    case .nobody: NotificationTrack.Obstacle.nobodyKnown.words
    case .stranger(let name): NotificationTrack.Obstacle.notAmongPeople(name).words
    case .person(let person):
      roster.ways(of: person).isEmpty
        ? NotificationTrack.Obstacle.noChannel(person.name).words
        : "\(person.name) by "
          + roster.ways(of: person).map { "\($0.channel), \(InstantText.span($0.wait)) later" }
          .joined(separator: " ")
    }
  }
}
