import Engine

/// A word that should have named one of several things, and did not.
package enum Choices {
  /// `no severity 'SEV-9'; did you mean 'SEV-1'? known: SEV-1, SEV-2`.
  ///
  /// `recognized` are the words by which the known ones are found, where those are others.
  package static func unknown(
    _ subject: String, _ word: String, known: [String], recognized: [String]? = nil,
    on surface: Surface
  ) -> String {
    guard !known.isEmpty else { return "no \(subject) '\(word)': there are none" }
    let nearest = NearestMatch.find(word, among: recognized ?? known)
    let guess = nearest.map { "; did you mean '\($0)'?" } ?? ";"
    return "no \(subject) '\(word)'\(guess) known: \(list(known, on: surface))"
  }

  /// `'check' fits several checklist items: …; be more specific`.
  package static func ambiguous(
    _ subjects: String, _ word: String, matches: [String], on surface: Surface
  ) -> String {
    "'\(word)' fits several \(subjects): \(list(matches, on: surface)); be more specific"
  }

  /// As many as there is room for.
  package static func list(_ words: [String], on surface: Surface) -> String {
    let most = surface.mostChoices
    let more = words.count > most ? ", … (\(words.count) in all)" : ""
    return words.prefix(most).joined(separator: ", ") + more
  }
}
