/// What channels are told, beside what persons are.
extension NotificationPlanner {
  typealias Planned = (NotificationTrack, Notification?)

  // MARK: - What is settled

  /// Channels that keep an alert open hear that the call was answered, and that the incident is over.
  var settlements: [Planned] {
    guard !situation.roster.keepsOpen.isEmpty else { return [] }
    var calls: [String: Int] = [:]
    for (text, targets) in tries {
      let episode: Int
      switch DeliverySubject(text) {
      case .step(_, let number, _): episode = number
      case .exhausted(let number): episode = number
      default: continue
      }
      for (target, tries) in targets where tries.delivered != nil {
        calls[target] = max(calls[target] ?? 0, episode)
      }
    }
    return calls.sorted { $0.key < $1.key }.compactMap { settlement(of: $0.key, $0.value) }
  }

  private func settlement(of target: String, _ episode: Int) -> Planned? {
    let parts = target.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2, situation.roster.keepsOpen.contains(parts[0]),
      let person = situation.roster.person(named: parts[1]),
      let way = situation.roster.ways(of: person).first(where: { $0.channel == parts[0] })
    else { return nil }
    let isOver = incident.isResolved || !incident.isOpen || incident.episode > episode
    let answered = incident.acknowledgement?.stamp.effective
    guard isOver || answered != nil else { return nil }
    let since = isOver ? incident.time(of: .resolved) ?? now : answered ?? now
    return planned(
      .settled(isOver ? .resolved : .acknowledged, episode: episode), since, person, [way])
  }

  // MARK: - The incident's own channel

  /// The channel that the procedure asks for, and who is to be in it.
  var rooms: [Planned] {
    let roster = situation.roster
    guard incident.isOpen, !roster.rooms.isEmpty,
      let pattern = ChannelName.pattern(in: incident.procedure)
    else { return [] }
    let name = ChannelName.name(of: incident, pattern: pattern, in: situation.context.zone)
    return roster.rooms.intersection(roster.channels).sorted().flatMap { channel -> [Planned] in
      let way = Person.Reach(channel: channel)
      let began = incident.time(of: .declared) ?? now
      let room = planned(.room, began, Person(name: name, reach: [way]), [way])
      return [room] + (incident.room(of: channel) == nil ? [] : guests(channel))
    }
  }

  private func guests(_ channel: String) -> [Planned] {
    var names: Set<String> = []
    return incident.assignments.compactMap { role in
      guard let person = situation.roster.person(named: role.name),
        names.insert(person.name).inserted,
        let way = person.reach.first(where: { $0.channel == channel && $0.address != nil })
      else { return nil }
      return planned(.guest(person.name), role.since, person, [way])
    }
  }

  private func planned(
    _ subject: DeliverySubject, _ since: Timestamp, _ person: Person, _ ways: [Person.Reach]
  ) -> Planned {
    let duty = NotificationDuty(
      subject: subject, receiver: person.name, since: since, attempt: 1,
      openToAll: since + NotificationDuty.patience)
    var track = NotificationTrack(duty: duty)
    track.person = person.name
    let notice = walk(ways, of: person, &track)
    return (track, notice)
  }
}

extension Incident {
  /// The step by which somebody was called last in the present episode, as far as the log tells.
  package func openCall(of person: String) -> String? {
    let end = "/" + person.lowercased()
    let last = deliveries.entries.last { entry in
      guard entry.value.isSuccess, entry.value.target.lowercased().hasSuffix(end),
        case .step(_, let number, _) = DeliverySubject(entry.value.subject)
      else { return false }
      return number == episode
    }
    guard let last, case .step(let step, _, _) = DeliverySubject(last.value.subject) else {
      return nil
    }
    return step
  }

  /// By what a channel knows the one that this incident has to itself, once it is there.
  package func room(of channel: String) -> String? {
    deliveries.entries.last { entry in
      entry.value.subject == DeliverySubject.room.text && entry.value.isSuccess
        && entry.value.target.hasPrefix("\(channel)/")
    }?.value.reference
  }
}
