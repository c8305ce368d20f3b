import Wording

/// Verbs as they have to be typed next in the shell that this one was typed into.
enum Shell {
  /// For the store and the incident that were typed.
  static let surface = Surface.shell(options: options(["--home", "-i", "--incident"]))

  /// For the store that was typed, of an incident or of none.
  static func surface(of incident: String?) -> Surface {
    let chosen = [options(["--home"]), incident.map { "-i \($0)" } ?? ""].filter { !$0.isEmpty }
    return .shell(options: chosen.joined(separator: " "))
  }

  static func verb(_ words: String, of incident: String? = nil) -> String {
    surface(of: incident).verb(words)
  }

  /// Those of the options that were typed, with their values.
  private static func options(_ names: [String]) -> String {
    var found: [String] = []
    var words = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
    while let word = words.popFirst() {
      if names.contains(word), let value = words.popFirst() {
        found += [word, value.quotedForShell]
      } else if names.contains(where: { word.hasPrefix($0 + "=") }) {
        found.append(word.quotedForShell)
      }
    }
    return found.joined(separator: " ")
  }
}
