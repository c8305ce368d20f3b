/// What a drill is made from, wherever it comes from: a past incident or a written scenario.
package struct DrillScenario: Hashable, Sendable {
  package var title: String
  /// One line on what it trains.
  package var about: String?
  /// Nil: the trainee has to judge.
  package var severity: String?
  /// A file or a built-in name; nil: the store's.
  package var procedure: String?
  /// Seconds by which the clock started before the declaration.
  package var detected: Int
  /// Seconds by which the impact began before the declaration; nil: nobody knows.
  package var started: Int?
  /// When milestones were reached in the original, in seconds from the start of the clock.
  package var original: [Incident.Milestone: Int]
  /// What is told, in order of time.
  package var script: [Injection]

  package init(
    title: String, about: String? = nil, severity: String? = nil, procedure: String? = nil,
    detected: Int = 0, started: Int? = nil, original: [Incident.Milestone: Int] = [:],
    script: [Injection]
  ) {
    self.title = title
    self.about = about
    self.severity = severity
    self.procedure = procedure
    self.detected = detected
    self.started = started
    self.original = original
    self.script = script
  }

  /// The milestones that an original is compared by.
  package static let compared: [Incident.Milestone] = [
    .declared, .acknowledged, .triaged, .mitigated, .resolved,
  ]

  /// Only what is of some sorts.
  package mutating func keep(_ sorts: Set<Injection.Sort>) {
    script.removeAll { !sorts.contains($0.event.sort) }
  }
}

extension DrillScenario {
  /// The events of a past incident that came from outside, at the time people learned of them; nil if not declared.
  ///
  /// Told are alerts, impact, findings, hypotheses and notes of the first episode; not what was withdrawn, nor what whoever
  /// held the command wrote: that is the trainee's. Entries brought in later count when they happened.
  package init?(of incident: Incident, events: [RecordedEvent]) {
    guard let declaration = incident.declaration,
      let first = Episode.all(of: incident, events: events).first?.incident
    else { return nil }
    let declared = declaration.stamp.effective
    let clockStart = incident.time(of: .detected) ?? declared
    let held = Set(first.severities.entries.map(\.value))
    let started = incident.time(of: .started)
    self.init(
      title: incident.isSecretlyRetracted(declaration.stamp.sequence)
        ? "A past incident" : incident.title,
      severity: held.count == 1 ? first.severities.first?.value : nil,
      detected: max(0, Int((declared - clockStart).wholeSeconds)),
      started: started.map { max(0, Int((declared - $0).wholeSeconds)) }, script: [])
    for milestone in Self.compared {
      guard let at = first.timeShown(of: milestone), at >= clockStart else { continue }
      original[milestone] = Int((at - clockStart).wholeSeconds)
    }
    if let drill = incident.drill {
      // Repeating a drill uses its original script, not what happened in it.
      let secret = Set(
        events.filter { incident.isSecretlyRetracted($0.sequence) }
          .compactMap { $0.data.integer("inject").map { Int(clamping: $0) } })
      script = drill.script.filter { !secret.contains($0.number) }
      (original, severity) = (drill.original, first.severities.first?.value)
      return
    }
    let end = [
      incident.reopenings.first?.stamp.effective, first.closing?.stamp.effective,
    ].compactMap { $0 }.min()
    var seen: Set<EventID> = []
    for event in events where seen.insert(event.id).inserted {
      let known = event.source.hasPrefix("import") ? event.effective : event.recorded
      guard end.map({ known <= $0 }) ?? true, let told = Self.told(event, in: incident) else {
        continue
      }
      let after = Int(max(.zero, known - clockStart).wholeSeconds)
      script.append(Injection(after: after, actor: event.actor, told))
    }
    script = Drill(source: "", script: script).script
  }

  private static func told(_ event: RecordedEvent, in incident: Incident) -> Injection.Event? {
    guard incident.retractions[event.sequence] == nil,
      let told = Injection.Event(event.kind, event.data.json)
    else { return nil }
    let isAlert = told.sort == .alerts
    if !isAlert, incident.commander(at: event.stamp)?.lowercased() == event.actor.lowercased() {
      return nil
    }
    let correction = incident.corrections[event.sequence]?.entries.last {
      incident.retractions[$0.stamp.sequence] == nil
    }
    return correction.map { told.saying($0.value) } ?? told
  }
}

extension Incident {
  /// Who held the command when something happened.
  fileprivate func commander(at stamp: Stamp) -> String? {
    let history = roles[roleKey(Self.commanderRole)]
    return history?.entries.last { $0.stamp <= stamp }?.value
  }
}
