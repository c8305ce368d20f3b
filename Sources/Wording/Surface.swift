/// Where a sentence is read, as far as it tells what to type next.
package enum Surface: Hashable, Sendable {
  /// The console: verbs behind a colon, little room.
  case console
  /// A shell: verbs of the program, behind which `options` have to be typed for the same store and incident.
  case shell(options: String)

  /// A shell in which nothing but the verb has to be typed.
  package static let commandLine = Self.shell(options: "")

  /// A verb as it is typed there: `:reopen`, `muster reopen -i checkout`.
  package func command(_ words: String) -> String {
    switch self {
    case .console: ":\(words)"
    case .shell(let options): options.isEmpty ? "muster \(words)" : "muster \(words) \(options)"
    }
  }

  /// The same in quotes, as a part of a sentence.
  package func verb(_ words: String) -> String {
    let command = command(words)
    return command.contains("'") ? command : "'\(command)'"
  }

  /// So many choices are listed.
  var mostChoices: Int {
    switch self {
    case .console: 8
    case .shell: 12
    }
  }
}
