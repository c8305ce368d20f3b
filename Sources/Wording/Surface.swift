/// Where a sentence is read, as far as it tells what to type next.
package enum Surface: Sendable {
  /// The console: verbs behind a colon, little room.
  case console
  /// A shell: verbs of the program.
  case commandLine

  /// A verb as it is typed there: `':reopen'`, `'muster reopen'`.
  func verb(_ words: String) -> String {
    switch self {
    case .console: "':\(words)'"
    case .commandLine: "'muster \(words)'"
    }
  }

  /// So many choices are listed.
  var mostChoices: Int {
    switch self {
    case .console: 8
    case .commandLine: 12
    }
  }
}
