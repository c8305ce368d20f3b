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
    parts = TemplateScanner(procedure: procedure).parts(of: body, in: whole).map { part in
      switch part {
      case .text(let text): return .text(text)
      case .place(let place):
        let own =
          answers[TemplatePlace.key(place.written)] ?? answers[place.key] ?? answers[place.name]
        guard let answer = own ?? facts.answer(to: place) else { return .open(place) }
        return .filled(answer, place)
      }
    }
    closeSentencesOnce()
    dropBrackets()
  }

  /// Brackets around a place that is filled in are no words of the template.
  private mutating func dropBrackets() {
    for index in parts.indices.dropFirst().dropLast() {
      guard case .filled = parts[index], case .text(let before) = parts[index - 1],
        case .text(let behind) = parts[index + 1], before.last == "[", behind.first == "]"
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
