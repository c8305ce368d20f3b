/// Whom an agent can tell, and by what: the people of the store and the channels of the agent's own settings.
package struct Roster: Hashable, Sendable {
  package var people: [Person]
  /// What else the store knows of whom to call.
  package var contacts: [Contact]
  package var rota: Rota
  /// The channels that there are, by name.
  package var channels: Set<String>
  /// Whether anything may leave the store at all.
  package var delivers: Bool
  /// The channels in which an incident gets one to itself, where its procedure says so.
  package var rooms: Set<String> = []
  /// The channels that keep an alert open until they are told that it is over.
  package var keepsOpen: Set<String> = []

  package init(
    people: [Person] = [], contacts: [Contact] = [], rota: Rota = Rota(),
    channels: Set<String> = [], delivers: Bool = true
  ) {
    self.people = people
    self.contacts = contacts
    self.rota = rota
    self.channels = channels
    self.delivers = delivers
  }

  /// Whether anybody can be told of anything.
  package var tells: Bool { delivers && !channels.isEmpty }

  package func directory(_ procedure: Procedure) -> Directory {
    Directory(procedure, storeContacts: people.map(\.contact) + contacts, rota: rota)
  }

  package func person(named name: String?) -> Person? {
    guard let name else { return nil }
    return people.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The ways that there are for somebody, in their order.
  package func ways(of person: Person) -> [Person.Reach] {
    person.reach.filter { channels.contains($0.channel) }
  }
}

/// Who answers for a receiver, in one word for each case.
package enum Receiver: Hashable, Sendable {
  case person(Person)
  /// Known by name, and the store has no entry for them.
  case stranger(String)
  case nobody
}

extension Incident {
  /// Whom something is for: a person by name, who holds the role, the contact of that role, who is on call; without a
  /// receiver the commander, else who acknowledged, else who is on call.
  package func receiver(_ name: String?, in roster: Roster, at instant: Timestamp) -> Receiver {
    let directory = roster.directory(procedure)
    guard let name else {
      let onCall = directory.onCall(at: instant)
      return first(
        of: [
          commander?.name, acknowledgement?.actor, onCall?.primary?.name, onCall?.secondary?.name,
        ], in: roster)
    }
    if let person = roster.person(named: name) { return .person(person) }
    let called = directory.receiver(name, at: instant)
    return first(of: [holder(ofRole: name)?.name, called?.name ?? called?.contact], in: roster)
  }

  /// The first of some names that an entry stands for, else the first name.
  private func first(of names: [String?], in roster: Roster) -> Receiver {
    let known = names.compactMap(\.self)
    for name in known { if let person = roster.person(named: name) { return .person(person) } }
    return known.first.map(Receiver.stranger) ?? .nobody
  }
}
