/// What is asked of whom, and within which time, as people say it: `kai: check the replica 10m`, `kai put secret 10m`.
package struct TaskWords: Hashable, Sendable {
  /// Empty where nobody is named.
  package var who = ""
  package var text: String
  package var timeBox: Duration?

  /// Reads words; `people` are the names that are known here. What is said elsewhere is not looked for.
  package init(
    _ words: String, people: [String] = [], isNamed: Bool = false, isTimed: Bool = false
  ) {
    text = Self.trimmed(Substring(words))
    if !isTimed { takeTimeBox() }
    if !isNamed { takeName(people) }
  }

  // MARK: - The time

  /// Takes `(10m)`, `10m` or `for 10m` off the end, unless the words before say that it is no time to do it in.
  private mutating func takeTimeBox() {
    var words = text.split(whereSeparator: \.isWhitespace)
    guard words.count > 1, var last = words.popLast() else { return }
    // `5 min` are two words.
    if words.count > 1, let number = words.last, Int(number) != nil, last.first?.isLetter == true {
      words.removeLast()
      last = text[number.startIndex..<last.endIndex]
    }
    let isBracketed = last.hasPrefix("(") && last.hasSuffix(")")
    let span = isBracketed ? last.dropFirst().dropLast() : last
    // A number alone may be anything; with brackets around it, it counts minutes.
    let box =
      isBracketed
      ? SpanText.typed(span)
      : SpanText.seconds(span).flatMap { $0 > 0 ? Duration.seconds($0) : nil }
    guard let box else { return }
    let before = words[words.count - 1].lowercased()
    if !isBracketed, Self.notToDoIn.contains(before) { return }
    timeBox = box
    text = Self.trimmed(text[..<last.startIndex])
    if !isBracketed, before == "for" || before == "in" || before == "within" {
      text = Self.trimmed(text[..<words[words.count - 1].startIndex])
    }
  }

  private static let notToDoIn: Set<String> = [
    "last", "past", "previous", "every", "than", "of", "from", "over", "under", "by", "to", "after",
    "before", "each", "is", "at", "=", "about",
  ]

  // MARK: - The name

  /// Takes `kai:`, a known name, or an unknown word in front of something to do.
  private mutating func takeName(_ people: [String]) {
    if let colon = text.firstIndex(of: ":") {
      let name = Self.trimmed(text[..<colon])
      let behind = text[text.index(after: colon)...]
      let isName = name.split(separator: " ").count <= 3 && !name.isEmpty
      if isName, behind.first?.isWhitespace == true {
        (who, text) = (name, Self.trimmed(behind))
        return
      }
    }
    let words = text.split(maxSplits: 3, whereSeparator: \.isWhitespace)
    for count in [3, 2, 1] where words.count > count {
      let end = words[count - 1].endIndex
      var name = String(text[words[0].startIndex..<end])
      if name.hasPrefix("@") { name.removeFirst() }
      let known = people.first { $0.lowercased() == name.lowercased() }
      let isCalled = words[0].hasPrefix("@") && count == 1
      guard known != nil || isCalled else { continue }
      (who, text) = (known ?? name, Self.trimmed(text[end...]))
      return
    }
    guard words.count > 2, !Self.verbs.contains(words[0].lowercased()),
      Self.verbs.contains(words[1].lowercased()), words[0].allSatisfy(\.isLetter)
    else { return }
    (who, text) = (String(words[0]), Self.trimmed(text[words[0].endIndex...]))
  }

  /// What tasks begin with.
  private static let verbs: Set<String> = [
    "add", "ask", "assess", "back", "block", "bring", "call", "change", "check", "clean", "clear",
    "close", "collect", "compare", "confirm", "contact", "copy", "create", "deploy", "disable",
    "drain", "draft", "enable", "fail", "fetch", "file", "find", "fix", "flush", "follow", "get",
    "give", "go", "inform", "inspect", "investigate", "kill", "limit", "look", "mail", "make",
    "measure", "monitor", "move", "notify", "open", "page", "pause", "ping", "post", "prepare",
    "pull", "purge", "push", "put", "read", "reboot", "redeploy", "remove", "replace", "report",
    "reproduce", "reset", "restart", "restore", "revert", "review", "revoke", "roll", "rotate",
    "run", "save", "scale", "see", "send", "set", "start", "stop", "switch", "take", "tell", "test",
    "try", "turn", "update", "verify", "wait", "watch", "write",
  ]

  private static func trimmed(_ text: Substring) -> String {
    let tail = text.drop(while: \.isWhitespace)
    guard let end = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(tail[...end])
  }
}

extension Incident {
  /// Everybody whose name stands in the incident or its procedure, for words that begin with one.
  package func knownPeople(_ directory: Directory) -> [String] {
    var names = assignments.map(\.name) + directory.contacts.compactMap(\.name)
    names += directory.rota.turns.flatMap { [$0.primary, $0.secondary] }.compactMap(\.self)
    names += tasks.entries.map(\.value.who)
    return names.reduce(into: []) { known, name in
      if !Directory.isPlaceholder(name), !known.contains(name) { known.append(name) }
    }
  }
}
