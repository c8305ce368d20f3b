/// A template with every place filled in that something recorded answers; the others stay visible and are listed.
package struct FilledTemplate: Sendable {
  package private(set) var parts: [Part]

  package enum Part: Hashable, Sendable {
    /// The template's own words.
    case text(String)
    case filled(String, TemplatePlace)
    case open(TemplatePlace)
  }

  /// A place that is still open, and where it stands in the text.
  package struct Hole: Hashable, Sendable {
    package var place: TemplatePlace
    /// Offset of its first character in the filled text, counted in characters.
    package var offset: Int
    /// 1-based line of the filled text.
    package var line: Int

    package var name: String { place.name }

    /// As it stands in the text.
    package var shown: String {
      FilledTemplate.shown(place).drop(while: \.isWhitespace).description
    }
  }

  /// Fills in a body, perhaps a part of a `whole` template; `given` are answers by the name of a place or as it is written,
  /// which hold against derived ones.
  package init(
    _ body: String, in whole: String? = nil, procedure: Procedure, from facts: TemplateFacts,
    given: [String: String] = [:]
  ) {
    let answers = given.reduce(into: [:]) { $0[TemplatePlace.key($1.key)] = $1.value }
    let scanned = TemplateScanner(procedure: procedure).parts(of: body, in: whole)
    let shared = Self.sharedNames(scanned)
    parts = scanned.map { part in
      switch part {
      case .text(let text): return .text(text)
      case .place(var place):
        let isShared = shared.contains(place.key) && !place.label.isEmpty
        let names =
          isShared ? [place.label] : [TemplatePlace.key(place.written), place.key, place.name]
        let own = names.lazy.compactMap { answers[$0] }.first
        if let answer = own ?? facts.answer(to: place) { return .filled(answer, place) }
        if isShared { (place.hint, place.key) = (place.hint ?? place.written, place.label) }
        return .open(place)
      }
    }
    closeSentencesOnce()
    dropBrackets()
    quoteWithinSentences()
  }

  /// What several places are called that stand behind different labels and so ask for different things: each of those goes
  /// by its label.
  private static func sharedNames(_ parts: [TemplateScanner.Part]) -> Set<String> {
    var labels: [String: Set<String>] = [:]
    for case .place(let place) in parts where generic.contains(place.key) {
      labels[place.key, default: []].insert(place.label)
    }
    return Set(labels.filter { $0.value.count > 1 }.keys)
  }

  /// Words that say what kind of thing is asked for, and not which.
  private static let generic: Set<String> = [
    "time", "timestamp", "date", "name", "title", "description", "text", "details", "number",
  ]

  /// What was said as a sentence stands in quotation marks within another: `reports of “nobody can log in”`.
  private mutating func quoteWithinSentences() {
    for index in parts.indices.dropFirst() {
      guard case .filled(let answer, let place) = parts[index],
        case .text(let before) = parts[index - 1], TemplateFacts.isImpact(place.key),
        let word = before.split(separator: " ").last, before.last == " ",
        Self.prepositions.contains(word.lowercased()), answer.split(separator: " ").count > 2,
        before.split(separator: "\n").last?.contains(":") == false
      else { continue }
      parts[index] = .filled("“\(answer)”", place)
    }
  }

  private static let prepositions: Set<String> = [
    "of", "with", "affecting", "experience", "experiencing", "as", "to", "by", "about", "the",
  ]

  /// Brackets around a place that is filled in are no words of the template.
  private mutating func dropBrackets() {
    for index in parts.indices.dropFirst().dropLast() {
      guard case .filled = parts[index], case .text(let before) = parts[index - 1],
        case .text(let behind) = parts[index + 1],
        ["[]", "<>", "{}"].contains(String([before.last, behind.first].compactMap { $0 }))
      else { continue }
      parts[index - 1] = .text(String(before.dropLast()))
      parts[index + 1] = .text(String(behind.dropFirst()))
    }
  }

  /// Where an answer ends its sentence, the template does not end it once more.
  private mutating func closeSentencesOnce() {
    for index in parts.indices.dropLast() {
      guard case .filled(let answer, _) = parts[index], case .text(let next) = parts[index + 1],
        let end = answer.last, ".!?。！？".contains(end), let mark = next.first,
        ".。".contains(mark)
      else { continue }
      parts[index + 1] = .text(String(next.dropFirst()))
    }
  }

  /// Every place of the template, filled in or open, in the order of the text.
  package var places: [TemplatePlace] {
    parts.compactMap { part in
      switch part {
      case .text: nil
      case .filled(_, let place), .open(let place): place
      }
    }
  }

  /// Whether an answer by that name has a place here.
  package func asks(for name: String) -> Bool {
    let key = TemplatePlace.key(name)
    return places.contains { [TemplatePlace.key($0.written), $0.key, $0.name].contains(key) }
  }

  /// The text with open places as the template writes them.
  package var text: String { text() }

  /// The text, with everything that was filled in made harmless for where it goes.
  package func text(escaping escape: (String) -> String = { $0 }) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .filled(let answer, let place): Self.joined(escape(answer), place)
      case .open(let place): Self.shown(place)
      }
    }.joined()
  }

  /// The places that nobody has filled in, in the order of the text.
  package var holes: [Hole] {
    var holes: [Hole] = []
    var offset = 0
    var line = 1
    for part in parts {
      let text: String
      switch part {
      case .text(let own): text = own
      case .filled(let answer, let place): text = Self.joined(answer, place)
      case .open(let place):
        text = Self.shown(place)
        holes.append(Hole(place: place, offset: offset, line: line))
      }
      offset += text.count
      line += text.count { $0 == "\n" }
    }
    return holes
  }

  package var isComplete: Bool { holes.isEmpty }

  /// Whether it tells when the next update comes.
  package var promisesNext: Bool {
    parts.contains { part in
      guard case .filled(_, let place) = part else { return false }
      return [place.key, place.label, place.heading].contains { $0.containsText("next update") }
    }
  }

  private static func joined(_ answer: String, _ place: TemplatePlace) -> String {
    place.form == .question ? " " + answer : answer
  }

  /// An unanswered question or blank would look like an answer; brackets make it a hole that cannot be overlooked.
  fileprivate static func shown(_ place: TemplatePlace) -> String {
    guard place.hint == nil else {
      return switch place.form {
      case .clock, .dateAndClock: "[time]"
      case .date: "[date]"
      default: "[\(place.name)]"
      }
    }
    return switch place.form {
    case .question: " [to fill in]"
    case .blank: "[to fill in]"
    case .prompt: "[\(place.written)]"
    default: place.written
    }
  }
}
