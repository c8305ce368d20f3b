import Engine
import EventLog
import Procedures
import Wording

/// Whom an agent would tell now, and when that changes.
struct AgentPreview {
  let store: StoreAccess
  let settings: AgentSettings

  func print() throws(Failure) {
    let (clock, context) = (store.clock, settings.context)
    var situation = NotificationSituation(roster: settings.roster, context: context)
    situation.firstSeen = AgentMemory.firstSeen(in: store.store)
    var lines: [String] = []
    if settings.agent.channels.isEmpty { lines.append("there are no channels: nobody is told") }
    if !settings.store.delivers { lines.append("the store says 'deliver: false': nobody is told") }
    try store.survey(.open) { found in
      guard let incident = found.incident, incident.declaration != nil else { return }
      if situation.firstSeen[incident.id] == nil { situation.firstSeen[incident.id] = clock.now }
      let deadlines = incident.deadlines(at: clock.now, in: context)
      let plan = incident.notices(at: clock.now, among: deadlines, in: situation)
      lines.append("\(incident.id): \(incident.title)")
      for track in plan.tracks {
        let subject = track.duty.subject.words(in: incident)
        lines.append("  \(subject): \(track.words(at: clock.now) ?? "nothing more to be told")")
      }
      if let step = deadlines.first(where: { $0.step != nil && $0.urgency.group == .running }) {
        let receiver = incident.receiver(
          step.step?.to, in: settings.roster, at: step.due ?? clock.now)
        let due = step.due.map { InstantText.second($0, in: clock.zone, near: clock.now) } ?? "?"
        lines.append("  at \(due): \(step.label): \(receiver.words(in: settings.roster))")
      }
    }
    try Output.lines(lines.isEmpty ? ["no open incident: nobody would be notified"] : lines)
  }
}

extension Receiver {
  fileprivate func words(in roster: Roster) -> String {
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
