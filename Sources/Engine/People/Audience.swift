/// Whom an update is for, so that one group of people counts as one however a document or a person writes it.
///
/// Nobody in particular is the team. Customers, users, the public, a status page and "external" are one audience, unless
/// the procedure itself tells them apart by owing updates to more than one of them.
package struct Audience: Hashable, Sendable {
  /// What is compared: equal for the same audience.
  let key: String
  private let group: Group?

  private enum Group: Hashable {
    case team, outside
  }

  init(_ name: String?) {
    let name = name ?? ""
    var key = EscalationPlan.key(name)
    if key.hasPrefix("the-") { key = String(key.dropFirst(4)) }
    let words = key.split(separator: "-").map(String.init)
    let isTeam = key.isEmpty || Self.team.contains(key)
    let isOutside = Self.outside.contains(key) || (words.last.map(Self.outside.contains) ?? false)
    group = isTeam ? .team : isOutside ? .outside : nil
    self.key = isTeam ? "" : key
  }

  /// Whether two names are other words for one audience where a document does not tell them apart.
  func isSynonym(of other: Self) -> Bool {
    key == other.key || (group != nil && group == other.group)
  }

  /// Whether a document that names certain audiences means two by two of its words.
  func isKeptApart(from other: Self, by named: Set<String>) -> Bool {
    key != other.key && named.contains(key) && named.contains(other.key)
  }

  private static let team: Set<String> = [
    "team", "internal", "internally", "responders", "incident-team", "engineering", "engineers",
  ]

  private static let outside: Set<String> = [
    "external", "externally", "customer", "customers", "client", "clients", "user", "users",
    "public", "status-page", "statuspage", "page",
  ]
}

extension Incident {
  /// Whether an update to one audience counts for another.
  ///
  /// A document that owes updates to both keeps them apart.
  func sameAudience(_ one: String?, _ other: String?) -> Bool {
    let (one, other) = (Audience(one), Audience(other))
    return one.key == other.key
      || (one.isSynonym(of: other) && !one.isKeptApart(from: other, by: namedAudiences))
  }

  /// The audiences that the procedure owes something, at whatever severity.
  var namedAudiences: Set<String> {
    let targets = procedure.severities.flatMap { $0.targets.compactMap(\.audience) }
    let rules = procedure.cadence.compactMap(\.audience) + procedure.notices.compactMap(\.audience)
    return Set((targets + rules).map { Audience($0).key })
  }
}
