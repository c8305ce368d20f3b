/// Text made comparable, and the concepts that its words stand for.
struct Folded: Sendable {
  struct Hit: Sendable {
    var concept: Concept
    /// Indices of words.
    var start: Int
    var end: Int
  }

  let words: [String]
  let hits: [Hit]
  /// Days of the week that are named, Monday first, in order.
  let days: [Int]
  /// "At once" and nothing else.
  let isImmediate: Bool
  let concepts: ConceptSet

  init(_ text: String) { self = Lexicon.current.folded(text) }

  /// Reads the text; `init(_:)` remembers what was read.
  init(_ text: String, with lexicon: Lexicon) {
    words = FoldedWords.cut(text)
    var hits: [Hit] = []
    var masks: [(Int, Int)] = []
    var days: [Int] = []
    var isImmediate = false
    for index in words.indices {
      for phrase in lexicon.phrases(beginning: words[index]) {
        guard let end = phrase.end(in: words, behind: index) else { continue }
        if phrase.isMasking { masks.append((index, end)) }
        switch phrase.meaning {
        case .concept(let concept): hits.append(Hit(concept: concept, start: index, end: end))
        case .day(let day): days.append(day)
        case .span(.immediate): isImmediate = isImmediate || index == 0 && end == words.count
        default: break
        }
      }
    }
    if !masks.isEmpty {
      hits.removeAll { hit in
        masks.contains { $0.0 <= hit.start && hit.end <= $0.1 && hit.end - hit.start < $0.1 - $0.0 }
      }
    }
    var concepts = ConceptSet()
    for hit in hits { concepts.insert(hit.concept) }
    self.hits = hits
    self.days = days
    self.isImmediate = isImmediate
    self.concepts = concepts
  }

  func has(_ concept: Concept) -> Bool { concepts.contains(concept) }

  func has(any concepts: [Concept]) -> Bool { concepts.contains { self.concepts.contains($0) } }

  /// The index of the first word that stands for the concept.
  func position(of concept: Concept) -> Int? {
    guard concepts.contains(concept) else { return nil }
    return hits.first { $0.concept == concept }?.start
  }

  /// The end of the longest phrase that stands for the concept and begins with the word at `index`.
  func end(of concept: Concept, at index: Int) -> Int? {
    hits.filter { $0.concept == concept && $0.start == index }.map(\.end).max()
  }

  func begins(with concept: Concept) -> Bool { end(of: concept, at: 0) != nil }

  var isEmpty: Bool { words.isEmpty }
}

extension Phrase {
  /// The index behind the phrase whose first word stands at `start`; nil where the others do not follow.
  func end(in words: [String], behind start: Int) -> Int? {
    var index = start + 1
    for word in rest {
      guard index < words.count, word.fits(words[index]) else { return nil }
      index += 1
    }
    return index
  }
}

extension Phrase.Word {
  func fits(_ word: String) -> Bool { isStem ? word.hasPrefix(text) : word == text }
}

extension String {
  /// The text before the first word, but not the very first, that stands for the concept.
  func cutting(before concept: Concept) -> String {
    let words = split(separator: " ")
    let cut = words.indices.dropFirst().first { Folded(String(words[$0])).has(concept) }
    return words[..<(cut ?? words.count)].joined(separator: " ")
  }

  /// Without spaces at its ends.
  var trimmed: String { trimming { $0.properties.isWhitespace } }

  /// Without the scalars at both ends that the condition holds for.
  func trimming(_ isDropped: (Unicode.Scalar) -> Bool) -> String {
    var view = unicodeScalars[...]
    while let first = view.first, isDropped(first) { view.removeFirst() }
    while let last = view.last, isDropped(last) { view.removeLast() }
    return String(view)
  }

  /// Without signs, spaces and pictures before the first letter, digit or bracket.
  var withoutLeadingSigns: String {
    var view = unicodeScalars[...]
    while let first = view.first, first.folded == nil, !first.isIdeograph,
      !["[", "(", "<", "{", "#", "@", "`", "\"", "_", "~", "$", "/", ">", "≤", "≥", "“"].contains(
        first)
    {
      view.removeFirst()
    }
    return String(view).trimmed
  }

  /// Without the marks of emphasis and code.
  var withoutMarks: String {
    String(unicodeScalars.filter { $0 != "*" && $0 != "`" }).trimmed
  }

  /// An identifier of letters, digits and dashes from the first words.
  var slug: String {
    var slug = ""
    for scalar in unicodeScalars {
      if let letter = scalar.folded {
        slug += letter
      } else if scalar.isIdeograph {
        slug.unicodeScalars.append(scalar)
      } else if !slug.isEmpty, slug.last != "-" {
        slug += "-"
      }
      if slug.unicodeScalars.count >= 48 { break }
    }
    while slug.last == "-" { slug.removeLast() }
    return slug
  }
}
