extension Incident {
  package static let commanderRole = "Incident Commander"

  /// Roles that exist in every incident, whatever the procedure says.
  package static let standardRoles = [
    commanderRole, "Deputy", "Scribe", "Communications", "Operations",
  ]

  /// The roles of this incident by name: the commander first, then the procedure's, or the usual ones where it has none.
  package var knownRoles: [String] {
    let own = procedure.roles.map(\.name)
    let all = [Self.commanderRole] + (own.isEmpty ? Self.standardRoles : own)
    var names: [String] = []
    for name in all where !names.contains(where: { $0.lowercased() == name.lowercased() }) {
      names.append(name)
    }
    return names
  }

  /// The key under which a role's history is kept.
  func roleKey(_ name: String) -> String {
    roles.keys.first { $0.lowercased() == name.lowercased() } ?? name
  }

  /// Who holds a role now.
  package func holder(ofRole name: String) -> (name: String, since: Timestamp)? {
    guard let entry = roles[roleKey(name)]?.last, let holder = entry.value else { return nil }
    return (holder, entry.stamp.effective)
  }

  package var commander: (name: String, since: Timestamp)? { holder(ofRole: Self.commanderRole) }

  /// Who holds which role, the commander first, then in the order of the procedure.
  package var assignments: [(role: String, name: String, since: Timestamp)] {
    var names = knownRoles
    for key in roles.keys.sorted() where !names.contains(key) { names.append(key) }
    return names.compactMap { role in
      holder(ofRole: role).map { (role, $0.name, $0.since) }
    }
  }

  /// A hand-over that was offered and neither accepted nor overtaken by another.
  package var pendingHandover: History<Handover>.Entry? {
    guard let last = handovers.last, !last.value.isAccepted else { return nil }
    if let held = roles[roleKey(last.value.role)]?.last, held.stamp > last.stamp { return nil }
    return last
  }
}
