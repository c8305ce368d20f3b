/// The procedures that come with the program.
package enum BuiltInProcedures {
  package struct Entry: Hashable, Sendable {
    /// As typed: `standard`.
    package var name: String
    /// One line on the teams it is for.
    package var suits: String
    /// `standard.yaml`: where its facts' lines are.
    package var file: String
    package var text: String
  }

  /// From the most general on.
  package static let all: [Entry] = order.compactMap { name, suits in
    EmbeddedFiles.all.first { stem($0.name) == name }.map {
      Entry(name: name, suits: suits, file: $0.name, text: $0.text)
    }
  }

  /// The one of that name, whatever its case.
  package static func named(_ name: String) -> Entry? {
    all.first { $0.name == name.lowercased() }
  }

  private static let order: [(name: String, suits: String)] = [
    ("standard", "any team without a procedure of its own"),
    ("small-team", "a handful of people, one escalation path"),
    ("consumer-app", "an app with many users, a status page and timed escalation"),
    ("saas", "a product sold to companies, with a commander and hourly updates"),
    ("marketplace", "a site where people book and pay each other, an escalation path per severity"),
    ("fintech", "a service that moves money, with long checklists and strict records"),
  ]

  private static func stem(_ file: String) -> Substring {
    file.prefix { $0 != "." }
  }
}
