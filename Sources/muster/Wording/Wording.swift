import Procedures

/// Sentences that several verbs say.
enum Wording {
  /// A word that is none of those known, with the nearest of them.
  static func unknown(_ subject: String, _ word: String, known: [String]) -> Failure {
    let guess = NearestMatch.find(word, among: known).map { "; did you mean '\($0)'?" } ?? ";"
    return Failure(
      .usage, "no \(subject) '\(word)'\(guess) known: \(known.joined(separator: ", "))")
  }
}
