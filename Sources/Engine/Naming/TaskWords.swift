/// What is asked of whom, and within which time, as people say it: `kai: check the replica 10m`, `10m kai put secret`.
package struct TaskWords: Hashable, Sendable {
  /// Empty where nobody is named.
  package var who = ""
  package var text: String
  package var timeBox: Duration?

  /// Reads words; `people` are the names that are known here. What is said elsewhere is not looked for.
  package init(
    _ words: String, people: [String] = [], isNamed: Bool = false, isTimed: Bool = false
  ) {
    text = TimedWords.trimmed(Substring(words))
    if !isTimed { takeTimeBox() }
    if !isNamed { takeName(people) }
    if !isTimed { takeTimeBox() }
  }

  // MARK: - The time

  /// Takes the time from in front of the words or off their end; a time behind the name stands in front of them.
  private mutating func takeTimeBox() {
    guard timeBox == nil, let said = TimedWords(text) else { return }
    (timeBox, text) = (said.span, said.text)
  }

  // MARK: - The name

  /// Takes `kai:`, a known name, or an unknown word in front of something to do.
  private mutating func takeName(_ people: [String]) {
    if let colon = text.firstIndex(of: ":") {
      let name = TimedWords.trimmed(text[..<colon])
      let behind = text[text.index(after: colon)...]
      let isName = name.split(separator: " ").count <= 3 && !name.isEmpty
      if isName, behind.first?.isWhitespace == true {
        (who, text) = (name, TimedWords.trimmed(behind))
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
      (who, text) = (known ?? name, TimedWords.trimmed(text[end...]))
      return
    }
    guard words.count > 2, !Self.verbs.contains(words[0].lowercased()),
      Self.verbs.contains(words[1].lowercased()), words[0].allSatisfy(\.isLetter)
    else { return }
    (who, text) = (String(words[0]), TimedWords.trimmed(text[words[0].endIndex...]))
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
