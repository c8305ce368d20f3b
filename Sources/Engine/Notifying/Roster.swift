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

  /// Who somebody is whom another system names: by their name, their mail address or where they are on a channel; nil where
  /// that is nobody, or more than one.
  package func person(known names: [String]) -> Person? {
    for name in names.map({ $0.lowercased() }) {
      let found = people.filter { person in
        ([person.name, person.email] + person.reach.map(\.address)).contains {
          $0?.lowercased() == name
        }
      }
      if found.count == 1 { return found[0] }
    }
    return nil
  }

  /// Who is called for a step under a procedure: a person by name, who holds the role, who is known for it.
  package func receiver(
    _ name: String, holder: String? = nil, under procedure: Procedure, at instant: Timestamp
  ) -> Receiver {
    if let person = person(named: name) { return .person(person) }
    let called = directory(procedure).receiver(name, at: instant)
    return first(of: [holder, called?.name ?? called?.contact])
  }

  /// The first of some names that an entry stands for, else the first name.
  func first(of names: [String?]) -> Receiver {
    let known = names.compactMap(\.self)
    for name in known { if let person = person(named: name) { return .person(person) } }
    return known.first.map(Receiver.stranger) ?? .nobody
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
    guard let name else {
      let onCall = roster.directory(procedure).onCall(at: instant)
      return roster.first(
        of: [
          commander?.name, acknowledgement?.actor, onCall?.primary?.name, onCall?.secondary?.name,
        ])
    }
    return roster.receiver(
      name, holder: holder(ofRole: name)?.name, under: procedure, at: instant)
  }
}
