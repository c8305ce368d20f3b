import ArgumentParser
import Dashboard
import Engine

/// What could stand at the end of a line that is being typed.
struct LineCompletion {
  private let line: String
  private let situation: Situation
  private let words: [LineWords.Word]
  /// The word being typed, as far as it has come.
  private let typed: String
  private let stem: String

  init(_ line: String, _ situation: Situation) {
    self.line = line
    self.situation = situation
    let read = LineWords(line)
    let isWhole = read.endsInBlank
    typed = isWhole ? "" : read.words.last.map { Self.opened($0.text) } ?? ""
    words = isWhole ? read.words : Array(read.words.dropLast())
    let end = isWhole ? line.endIndex : read.words.last?.start ?? line.endIndex
    stem = String(line[..<end])
  }

  /// A word whose quotes are not closed yet.
  private static func opened(_ word: String) -> String {
    word.hasPrefix("\"") || word.hasPrefix("'") ? String(word.dropFirst()) : word
  }

  var completions: Dashboard.Completions {
    guard let name = words.first?.text.lowercased() else { return ofVerbs }
    guard let verb = ConsoleReader.verbs.first(where: { $0.name == name }) else {
      return Dashboard.Completions(stem: stem)
    }
    return below(verb.type, verb.name, words.dropFirst())
  }

  // MARK: - Verbs

  private var ofVerbs: Dashboard.Completions {
    let ranked = VerbRank.ordered(situation).filter { $0.name.hasPrefix(typed.lowercased()) }
    let possible = ranked.filter { $0.reason == nil }
    let shown = possible.isEmpty ? ranked : possible
    return Dashboard.Completions(
      stem: stem,
      choices: shown.map { verb in
        Prompt.Choice(
          verb.name, verb.name,
          detail: verb.help + (verb.reason.map { " · not now: \($0)" } ?? ""))
      })
  }

  // MARK: - What a verb takes

  private func below(
    _ type: any ParsableCommand.Type, _ name: String, _ words: ArraySlice<LineWords.Word>
  ) -> Dashboard.Completions {
    let subcommands = type.configuration.subcommands.filter { $0 is any ConsoleVerb.Type }
    guard !subcommands.isEmpty else { return values(of: type, name, words) }
    if let second = words.first?.text,
      let sub = subcommands.first(where: { $0.configuration.commandName == second })
    {
      return values(of: sub, "\(name) \(second)", words.dropFirst())
    }
    let standard = type.configuration.defaultSubcommand
    var found = Dashboard.Completions(stem: stem)
    if let standard, standard is any ConsoleVerb.Type {
      found = values(of: standard, name, words)
    }
    guard words.isEmpty else { return found }
    let names = subcommands.filter { $0 != standard }.compactMap { sub -> Prompt.Choice? in
      guard let name = sub.configuration.commandName, name.hasPrefix(typed) else { return nil }
      return Prompt.Choice(name, name, detail: sub.configuration.abstract)
    }
    found.usage = found.usage ?? "\(name): \(type.configuration.abstract)"
    found.choices = names + found.choices
    return found
  }

  private func values(
    of type: any ParsableCommand.Type, _ name: String, _ words: ArraySlice<LineWords.Word>
  ) -> Dashboard.Completions {
    let usage = VerbUsage.of(type)
    var found = Dashboard.Completions(
      usage: "\(usage.text(name))  \(type.configuration.abstract)", stem: stem)
    if let last = words.last?.text,
      let option = usage.options.first(where: { $0.name == last && $0.value != nil }),
      let value = option.value
    {
      found.usage = "\(option.name): \(option.help)"
      found.choices = choices(for: value)
      return found
    }
    let options = usage.options.filter { option in
      option.name.hasPrefix(typed) && !words.contains { $0.text == option.name }
    }.map { Prompt.Choice($0.name, $0.name, detail: $0.help) }
    if typed.hasPrefix("-") {
      found.choices = options
      return found
    }
    let place = positionals(in: words, usage)
    if usage.positionals.indices.contains(place) {
      found.choices = choices(for: usage.positionals[place])
    } else if let last = usage.positionals.last, last.isRepeating, last.name == "item" {
      found.choices = choices(for: last)
    }
    // What is free text is not to be covered by options.
    if typed.isEmpty, place > 0 || found.choices.isEmpty { found.choices += options }
    return found
  }

  /// How many words before the last one are no options and none of their values.
  private func positionals(in words: ArraySlice<LineWords.Word>, _ usage: VerbUsage) -> Int {
    var count = 0
    var rest = words
    while let word = rest.popFirst()?.text {
      guard word.hasPrefix("--") else {
        count += 1
        continue
      }
      if usage.options.contains(where: { $0.name == word && $0.value != nil }) {
        _ = rest.popFirst()
      }
    }
    return count
  }

  private func choices(for value: VerbUsage.Value) -> [Prompt.Choice] {
    let known = ValueKind(rawValue: value.name)?.candidates(in: situation) ?? []
    let candidates =
      known.isEmpty ? value.choices.map { ValueKind.Candidate(word: $0, help: "") } : known
    let wanted = typed.lowercased()
    let beginning = candidates.filter { $0.word.lowercased().hasPrefix(wanted) }
    let other = candidates.filter { candidate in
      !candidate.word.lowercased().hasPrefix(wanted)
        && !NameMatch(wanted, among: [[candidate.word, candidate.help]]).places.isEmpty
    }
    return (beginning + (wanted.isEmpty ? [] : other)).map { candidate in
      Prompt.Choice(Self.quoted(candidate.word), candidate.word, detail: candidate.help)
    }
  }

  /// A word of several words needs quotes to be one.
  private static func quoted(_ word: String) -> String {
    word.contains(where: \.isWhitespace) ? "\"\(word)\"" : word
  }
}
