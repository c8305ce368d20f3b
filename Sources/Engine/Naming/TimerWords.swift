/// How long a timer runs and what it is for, in either order: `10m ask kai`, `ask kai 10m`, `5 min tea`, `tea (5)`.
package struct TimerWords: Hashable, Sendable {
  package var span: Duration
  /// What it is for; `timer` where nobody says.
  package var text: String

  /// What a timer is called that nobody said the purpose of.
  package static let unnamed = "timer"

  /// Nil where the words neither begin nor end with how long.
  package init?(_ words: String) {
    guard let said = TimedWords(words, isRequired: true) else { return nil }
    (span, text) = (said.span, said.text.isEmpty ? Self.unnamed : said.text)
  }
}
