import ArgumentParser
import Engine
import Procedures

/// What was typed, made ready for the parser: in a shell and behind the colon of a console alike.
enum Arguments {
  /// Stands before a word that begins with a hyphen and is no option: `-12m`, `- a list`. Nobody can type it.
  private static let mark: Character = "\u{1}"
  /// Stands before a word as it was typed, quotes and all, which ``endOfTyped`` ends; the word without them follows.
  private static let typedMark: Character = "\u{2}"
  private static let endOfTyped: Character = "\u{3}"

  /// Options that may also stand before the verb, with whether a value follows.
  private static let leading: [String: Bool] = [
    "--home": true, "-i": true, "--incident": true, "--as": true, "--at": true, "--known": false,
    "--json": false, "--yes": false,
  ]

  /// Options whose value may go on over several words: `--reason payments fail too`.
  private static let wordy: Set<String> = [
    "--reason", "--choice", "--objection", "--owner", "--where", "--to", "--outcome",
  ]

  /// Brings options that stand before the verb behind it, and keeps times like `-12m` from being taken for options.
  static func prepared(_ arguments: [String]) throws(Failure) -> [String] {
    var rest = arguments[...]
    var moved: [String] = []
    while let first = rest.first, first.hasPrefix("-") {
      let name = String(first.prefix { $0 != "=" })
      guard let takesValue = leading[name] else { return arguments }
      moved.append(rest.removeFirst())
      if takesValue, name == first, let value = rest.popFirst() { moved.append(value) }
    }
    guard let verb = rest.popFirst() else {
      return [Muster.startVerb] + moved
    }
    try requireVerb(verb)
    return [verb] + marked(rest) + moved.map(marked)
  }

  /// Words behind a verb, of which those that are no options are marked; what follows `--` stays as it is.
  static func marked(_ words: ArraySlice<String>) -> [String] {
    let end = words.firstIndex(of: "--") ?? words.endIndex
    return words[..<end].map(marked) + words[end...]
  }

  private static func requireVerb(_ verb: String) throws(Failure) {
    let known = Muster.verbNames
    guard !known.contains(verb), verb != "help" else { return }
    let guess = NearestMatch.find(verb, among: known)
    throw Failure(
      .usage,
      "'\(verb)' is not a verb of muster; \(guess.map { "did you mean '\($0)'? " } ?? "")"
        + "'muster --help' lists them")
  }

  private static func marked(_ argument: String) -> String {
    guard argument.utf8.first == 45, argument.utf8.count > 1 else { return argument }
    let second = argument.utf8.dropFirst().first ?? 0
    // An option begins with a letter: -12m, -> and the like are words.
    let isLetter = (65...90).contains(second) || (97...122).contains(second)
    let isProse = argument.contains(" ") && !argument.hasPrefix("--")
    return (!isLetter && second != 45) || isProse ? String(mark) + argument : argument
  }

  /// A word with the way in which it was typed, where that differs: free text keeps its quotes.
  static func marked(_ word: String, typed: String) -> String {
    word == typed ? word : "\(typedMark)\(typed)\(endOfTyped)\(word)"
  }

  /// A message of the parser's, with the words as they were meant.
  static func unmarked(message: String) -> String {
    var result = ""
    var isTyped = false
    for character in message {
      switch character {
      case mark: continue
      case typedMark: isTyped = true
      case endOfTyped: isTyped = false
      default: if !isTyped { result.append(character) }
      }
    }
    return result
  }

  /// A word for the program, and as it was typed.
  static func unmarked(_ argument: String) -> (word: String, typed: String) {
    if argument.first == typedMark, let end = argument.firstIndex(of: endOfTyped) {
      let typed = argument[argument.index(after: argument.startIndex)..<end]
      return (String(argument[argument.index(after: end)...]), String(typed))
    }
    let word = argument.first == mark ? String(argument.dropFirst()) : argument
    return (word, word)
  }

  // MARK: - Values of several words

  private static func isMark(_ word: String?) -> Bool {
    ["sev", "severity", "p", "prio", "priority", "level"].contains(word?.lowercased())
  }

  /// Possible readings of the words, likeliest first: the value of an option such as `--reason` extends to the next
  /// option if that leaves a complete command; otherwise it is one word.
  static func readings(_ arguments: [String]) -> [[String]] {
    var glued: [String] = []
    var hasGlued = false
    var rest = arguments[...]
    while let word = rest.popFirst() {
      glued.append(word)
      if word == "--" { break }
      if word == "--severity" || word == "-s", rest.count > 1, isMark(rest.first),
        let number = rest.dropFirst().first, number.count < 3, Int(number) != nil
      {
        // `SEV 1`
        glued.append(rest.removeFirst() + " " + rest.removeFirst())
        hasGlued = true
        continue
      }
      guard wordy.contains(word), let value = rest.popFirst() else { continue }
      var words = [value]
      // A value in quotes is complete.
      if !value.contains(" "), value.first != typedMark {
        while let next = rest.first, !next.hasPrefix("-") { words.append(rest.removeFirst()) }
      }
      hasGlued = hasGlued || words.count > 1
      glued.append(words.map { unmarked($0).typed }.joined(separator: " "))
      if words.count == 1 { glued[glued.count - 1] = value }
    }
    return hasGlued ? [glued + rest, arguments] : [arguments]
  }
}

/// A word as it was typed.
struct Typed: ExpressibleByArgument {
  var text: String
  /// With the quotes around it, where a console was typed into.
  private let typed: String

  init(argument: String) {
    (text, typed) = Arguments.unmarked(argument)
  }

  init(_ text: String) {
    self.text = text
    typed = text
  }

  fileprivate var asTyped: String { typed }
}

extension [Typed] {
  /// Several words as the one name that they are without quotes.
  var joined: String { map(\.text).joined(separator: " ") }

  /// Several words as the one text that they are, as it was typed; quotes around all of it are no part of it.
  var asTyped: String {
    guard count > 1 else { return joined }
    var text = ""
    for word in self {
      let typed = word.asTyped
      if !text.isEmpty, typed.first?.isWhitespace != true { text += " " }
      text += typed
    }
    return text
  }
}
