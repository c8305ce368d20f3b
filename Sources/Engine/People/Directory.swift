/// Who can be called: the procedure's contacts and rota, with what the store knows where the document has only blanks.
package struct Directory: Hashable, Sendable {
  package var contacts: [Contact]
  package var turns: [OnCallTurn]

  package init(contacts: [Contact], turns: [OnCallTurn]) {
    self.contacts = contacts
    self.turns = turns
  }

  /// The store's entries stand before the procedure's, which count only where they name somebody.
  package init(_ procedure: Procedure, storeContacts: [Contact] = [], storeTurns: [OnCallTurn] = [])
  {
    contacts = storeContacts + procedure.contacts
    turns = storeTurns.isEmpty ? procedure.oncall : storeTurns
  }

  /// Somebody to be called, as far as is known.
  package struct Person: Hashable, Sendable {
    package var name: String?
    /// A number or an address.
    package var contact: String?

    package init(name: String?, contact: String?) {
      self.name = name
      self.contact = contact
    }
  }

  /// What stands in for a name nobody filled in: blanks, dashes, brackets, `TBD`.
  package static func isPlaceholder(_ text: String?) -> Bool {
    guard let text else { return true }
    let trimmed = text.filter { !$0.isWhitespace }
    if trimmed.isEmpty || ["tbd", "tba", "n/a", "none", "?"].contains(trimmed.lowercased()) {
      return true
    }
    if trimmed.hasPrefix("["), trimmed.hasSuffix("]") { return true }
    if trimmed.hasPrefix("<"), trimmed.hasSuffix(">"), !trimmed.contains("@") { return true }
    return trimmed.allSatisfy { "_-–—.…xX*#".contains($0) }
  }

  /// Who is on call in a turn of the rota: whoever stands in the line of that weekday.
  package func onCall(on day: Weekday) -> (primary: Person?, secondary: Person?) {
    guard let turn = turns.first(where: { $0.days.contains(day) }) else { return (nil, nil) }
    return (person(named: turn.primary), person(named: turn.secondary))
  }

  /// The person behind a name, with the number that the contacts give.
  package func person(named name: String?) -> Person? {
    guard let name, !Self.isPlaceholder(name) else { return nil }
    let match = contacts.first {
      !Self.isPlaceholder($0.name) && $0.name?.lowercased() == name.lowercased()
    }
    let contact = match?.contact.flatMap { Self.isPlaceholder($0) ? nil : $0 }
    return Person(name: name, contact: contact)
  }

  /// Whom a step of the path calls: the contact of that role, or for an on-call role who is on call that day.
  ///
  /// Nil where nobody is known: that is to be shown, in words, before the step falls due.
  package func receiver(_ receiver: String, on day: Weekday) -> Person? {
    let wanted = receiver.lowercased()
    let byRole = contacts.first { contact in
      guard let role = contact.role?.lowercased() else { return false }
      let isFilled = !Self.isPlaceholder(contact.name) || !Self.isPlaceholder(contact.contact)
      return isFilled && (role == wanted || wanted.containsText(role) || role.containsText(wanted))
    }
    if let byRole {
      return Person(
        name: Self.isPlaceholder(byRole.name) ? nil : byRole.name,
        contact: Self.isPlaceholder(byRole.contact) ? nil : byRole.contact)
    }
    if wanted.containsText("on-call") || wanted.containsText("on call")
      || wanted.containsText("oncall")
    {
      let turn = onCall(on: day)
      return wanted.containsText("secondary") || wanted.containsText("backup")
        ? turn.secondary : turn.primary
    }
    return person(named: receiver).flatMap { $0.contact == nil ? nil : $0 }
  }
}
