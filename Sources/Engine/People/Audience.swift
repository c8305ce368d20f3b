/// Who hears of an incident, whatever a document and a verb call them.
package enum Audience: Hashable, Sendable {
  /// Those who work on it.
  case team
  /// Everybody outside, in one word.
  case outside
  /// The people who use the product.
  case customers
  case statusPage
  /// Anybody else, by name.
  case named(String)

  package init(_ name: String?) {
    var key = TemplatePlace.key(name ?? "")
    if key.hasPrefix("the ") { key = String(key.dropFirst(4)) }
    func has(_ words: [String]) -> Bool { words.contains { key.containsText($0) } }
    let words = key.split(separator: " ").filter { !SubjectLexicon.fillers.contains($0) }
    let areCustomers = words.allSatisfy { word in
      SubjectLexicon.customers.contains { word.hasPrefix($0) }
    }
    self =
      if key.isEmpty || SubjectLexicon.team.contains(key) {
        .team
      } else if !key.containsText("internal"),
        has(SubjectLexicon.statusPage)
      {
        .statusPage
      } else if !words.isEmpty, areCustomers {
        .customers
      } else if SubjectLexicon.outside.contains(where: { key == $0 || key.hasPrefix($0 + " ") }) {
        .outside
      } else {
        .named(EscalationPlan.key(name ?? ""))
      }
  }

  /// Whether they are people outside the company.
  package var isOutside: Bool {
    switch self {
    case .outside, .customers, .statusPage: true
    case .team: false
    case .named(let name):
      (SubjectLexicon.otherOutsiders + SubjectLexicon.customers).contains {
        name.containsText($0)
      }
    }
  }
}

extension Procedure {
  /// Those whom its rules name.
  var namedAudiences: Set<Audience> {
    var names = severities.flatMap { $0.targets.compactMap(\.audience) }
    names += cadence.compactMap(\.audience) + notices.compactMap(\.audience)
    return Set(names.map { Audience($0) })
  }
}

extension Incident {
  /// Whether two names mean the same people.
  ///
  /// Customers and the status page are one unless the document has rules for both; whoever tells everybody outside has told
  /// either.
  package func sameAudience(_ one: String?, _ other: String?) -> Bool {
    if EscalationPlan.key(one ?? "") == EscalationPlan.key(other ?? "") { return true }
    let (first, second) = (Audience(one), Audience(other))
    if first == second { return true }
    switch (first, second) {
    case (.outside, .customers), (.outside, .statusPage), (.customers, .outside),
      (.statusPage, .outside):
      return true
    case (.customers, .statusPage), (.statusPage, .customers):
      return !procedure.namedAudiences.isSuperset(of: [.customers, .statusPage])
    default: return false
    }
  }
}
