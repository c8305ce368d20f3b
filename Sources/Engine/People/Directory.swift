/// Who can be called: the procedure's contacts and rota, with what the store knows where the document has only blanks.
package struct Directory: Hashable, Sendable {
  package var contacts: [Contact]
  package var rota: Rota

  package init(contacts: [Contact], rota: Rota) {
    self.contacts = contacts
    self.rota = rota
  }

  /// The store's entries stand before the procedure's; where its rota is empty, the procedure's turns take its place.
  package init(_ procedure: Procedure, storeContacts: [Contact] = [], rota: Rota = Rota()) {
    contacts = storeContacts + procedure.contacts
    self.rota = rota
    if rota.turns.isEmpty { self.rota.turns = procedure.oncall }
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

  /// Who is on call at an instant, by the rota's own days; nil where there is no rota.
  package func onCall(at instant: Timestamp) -> OnCall? {
    guard !rota.turns.isEmpty else { return nil }
    let turn = rota.turn(at: instant)
    return OnCall(
      day: rota.day(at: instant), primary: person(named: turn?.primary),
      secondary: person(named: turn?.secondary))
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

  /// Whom a step of the path calls: the contact of that role, or for an on-call role who is on call then.
  ///
  /// Nil where nobody is known: that is to be shown, in words, before the step falls due.
  package func receiver(_ receiver: String, at instant: Timestamp) -> Person? {
    let wanted = receiver.lowercased()
    let filled = contacts.filter { contact in
      contact.role != nil
        && (!Self.isPlaceholder(contact.name) || !Self.isPlaceholder(contact.contact))
    }
    let place = NameMatch.place(of: receiver, among: filled.map { $0.role ?? "" })
    if let byRole = place.map({ filled[$0] }) {
      return Person(
        name: Self.isPlaceholder(byRole.name) ? nil : byRole.name,
        contact: Self.isPlaceholder(byRole.contact) ? nil : byRole.contact)
    }
    if wanted.containsText("on-call") || wanted.containsText("on call")
      || wanted.containsText("oncall")
    {
      let onCall = onCall(at: instant)
      return wanted.containsText("secondary") || wanted.containsText("backup")
        ? onCall?.secondary : onCall?.primary
    }
    return person(named: receiver).flatMap { $0.contact == nil ? nil : $0 }
  }
}
