import Engine

/// A document being read: its sections, and the procedure that grows from them.
///
/// Every recogniser is an extension in a file of its own. The order matters: severities come first because
/// everything else refers to them, and the sweep comes last because it reports what nobody took.
struct Reading {
  let outline: Outline
  /// The document's lines, the first at index 1.
  let lines: [String]
  var procedure: Procedure
  /// What the severities of the document are called.
  var names = SeverityNames()
  /// The ids given so far, by the kind of fact, and the number that each text was last told apart by.
  var identities: [String: Set<String>] = [:]
  var lastNumbers: [String: Int] = [:]
  /// Lines from which a fact was taken.
  var taken: Set<Int> = []
  /// Sections that a recogniser has claimed whole.
  var phaseSections: [Int: String] = [:]
  var runbookSections: Set<Int> = []
  var templateLines: Set<Int> = []
  /// A document that lies beside and defines the severities: its name, the line that points to it, what it says.
  var elsewhere: (name: String, line: Int, procedure: Procedure)?
  /// Lines of drawings, lists and tables from which steps of an escalation were taken.
  var pathLines: Set<Int> = []
  /// Found once the severities are known.
  var sentences: [Sentence] = []
  private let asideSections: [Bool]
  private let groupSections: [Bool]
  private let topHeadings: Int
  /// Lines of code blocks of which steps to do were made.
  var stepLines: Set<Int> = []
  /// Lists read as an escalation path, by line.
  var escalationLists: Set<Int> = []

  init(outline: Outline, lines: [String], procedure: Procedure) {
    self.outline = outline
    self.lines = lines
    self.procedure = procedure
    let top = outline.sections.filter {
      $0.level == 1 && !($0.children.isEmpty && $0.blocks.isEmpty)
    }.count
    topHeadings = top
    func isInner(_ section: Section) -> Bool { section.level > 1 || section.level == 1 && top > 1 }
    // A section is what its parent is, or what its own title makes it.
    var asides: [Bool] = []
    var groups: [Bool] = []
    for section in outline.sections {
      let parent = section.parent ?? 0
      let title = isInner(section) ? section.title?.folded : nil
      asides.append(
        (asides.indices.contains(parent) && asides[parent])
          || title?.has(.metrics) ?? false
          || title?.has(any: Self.asides) ?? false && !(title?.has(.severity) ?? false))
      groups.append(
        (groups.indices.contains(parent) && groups[parent])
          || title?.has(.runbookGroup) ?? false && !Self.isAboutWriting(title))
    }
    asideSections = asides
    groupSections = groups
  }

  mutating func remark(_ kind: Remark.Kind, _ line: Int, _ text: String) {
    let remark = Remark(line: line, kind: kind, text: text)
    if !procedure.remarks.contains(remark) { procedure.remarks.append(remark) }
  }

  mutating func take(_ line: Int) { taken.insert(line) }

  // What a section is about

  /// Whether the section's own title has one of the phrases.
  func title(_ index: Int, has concepts: [Concept]) -> Bool {
    outline.sections[index].title?.folded.has(any: concepts) ?? false
  }

  /// Whether the title of the section or of one above it has one of the phrases; the document's title does not count.
  func path(_ index: Int, has concepts: [Concept]) -> Bool {
    outline.path(of: index).contains { isInner($0) && title($0, has: concepts) }
  }

  /// Not the heading that names the whole document.
  func isInner(_ index: Int) -> Bool {
    let section = outline.sections[index]
    guard section.level > 0 else { return false }
    return section.level > 1 || topHeadings > 1
  }

  /// Below the section of a metric, an objective or a reference: numbers there are no rules.
  func isAside(_ index: Int) -> Bool { asideSections[index] }

  /// In or below a chapter of runbooks.
  func isInRunbookGroup(_ index: Int) -> Bool { groupSections[index] }

  private static let asides: [Concept] = [.aside]

  /// The severities named in the section's title, or in the nearest title above that names any.
  func severities(of section: Int) -> [String] {
    for index in outline.path(of: section) {
      guard let title = outline.sections[index].title else { continue }
      let found = names.mentioned(in: title.raw)
      if !found.isEmpty { return found }
    }
    return []
  }

  func isAboutWriting(_ index: Int) -> Bool {
    Self.isAboutWriting(outline.sections[index].title?.folded)
  }

  /// "Update the runbooks" asks for work on them and holds none.
  private static func isAboutWriting(_ title: Folded?) -> Bool {
    title?.begins(with: .writing) ?? false
  }
}

/// The severities that the document defines, and how to find them in a text.
struct SeverityNames: Sendable {
  /// By folded name, `sev1`; also by number within the family.
  private(set) var ids: [String: String] = [:]
  private(set) var ordered: [String] = []
  private var family = ""
  private var byName: [String: String] = [:]
  /// Names of more than one word, "very high" and "严重", as words.
  private var longNames: [(words: [String], id: String)] = []

  var isEmpty: Bool { ordered.isEmpty }

  init() {}

  init(_ entries: [SeverityEntry]) {
    for entry in entries {
      ids[entry.key] = entry.id
      ordered.append(entry.id)
      if !entry.family.isEmpty { family = entry.family }
      let name = Folded(entry.name).words
      if name.count == 1 || (name.count == 2 && !entry.family.isEmpty) {
        byName[name[0]] = byName[name[0]] ?? entry.id
      }
      if entry.family.isEmpty { byName[entry.key] = entry.id }
      if name.count > 1, entry.family.isEmpty { longNames.append((name, entry.id)) }
    }
  }

  /// The id of what a cell, a heading or a label names: by number, or by the name alone.
  func named(by text: String) -> [String] {
    let found = mentioned(in: text)
    if !found.isEmpty { return found }
    let words = Folded(text).words
    if let id = byName[words.joined()] { return [id] }
    guard !words.isEmpty, words.count <= 4 else { return [] }
    if words.count == 1, Folded(text).has(.all) { return [] }
    var named: [String] = []
    for word in words {
      if let id = byName[word] {
        if !named.contains(id) { named.append(id) }
      } else if !Folded(word).has(any: [.and, .or, .severity, .incident]) {
        return named.isEmpty || words.count > 2 ? [] : named
      }
    }
    return named
  }

  /// The ids of the severities that a sentence speaks of, in the document's order.
  func mentioned(in text: String) -> [String] {
    var found: [String] = []
    for word in SeverityWord.numbered(in: text) {
      guard let id = ids[word.key] ?? equivalent(word) else { continue }
      if !found.contains(id) { found.append(id) }
    }
    if found.isEmpty, family.isEmpty {
      let words = Folded(text).words
      for (index, word) in words.enumerated() {
        guard let id = byName[word] else { continue }
        let next = index + 1 < words.count ? words[index + 1] : ""
        let last = index > 0 ? words[index - 1] : ""
        // "Critical or major": the second goes with the first.
        let isJoined =
          index > 1 && Folded(last).has(any: [.and, .or])
          && byName[words[index - 2]].map(found.contains) ?? false
        // "The incident is critical"
        let isSaid =
          index > 1 && Folded(last).has(.auxiliary)
          && Folded(words[index - 2]).has(any: [.incident, .severity])
        if isJoined || isSaid || Folded(next).has(any: [.incident, .severity, .and, .or, .only])
          || Folded(last).has(any: [.severity, .condition]) || words.count <= 3
        {
          if !found.contains(id) { found.append(id) }
        }
      }
    }
    if found.isEmpty, family.isEmpty { found = longNames(in: Folded(text)) }
    let above = Folded(text)
    if found.count == 1, let at = ordered.firstIndex(of: found[0]),
      above.has(any: [.orWorse])
    {
      return Array(ordered[...at])
    }
    return found
  }

  /// Names of several words that stand beside a word for an incident or a severity, or nearly alone.
  private func longNames(in text: Folded) -> [String] {
    let words = text.words
    var found: [String] = []
    for (name, id) in longNames where words.count >= name.count && !found.contains(id) {
      let at = (0...(words.count - name.count)).first { start in
        words[start..<(start + name.count)].elementsEqual(name)
      }
      guard let at else { continue }
      let isNear = text.hits.contains {
        ($0.concept == .incident || $0.concept == .severity)
          && ($0.start == at + name.count || $0.end == at)
      }
      if isNear || words.count <= name.count + 4 { found.append(id) }
    }
    return found
  }

  /// The severities that each duration of a text is meant for: "2 days for a SEV-1 and 5 for a SEV-2", "P1: 1 h, P2: 4 h".
  func paired(with spans: [Span], in text: String) -> [[String]] {
    let all = mentioned(in: text)
    guard spans.count > 1, all.count > 1 else { return spans.map { _ in all } }
    let scalars = Array(text.unicodeScalars)
    func part(_ start: Int, _ end: Int) -> [String] {
      start < end && end <= scalars.count
        ? mentioned(in: String(String.UnicodeScalarView(scalars[start..<end]))) : []
    }
    var pairs: [[String]] = []
    if part(0, spans[0].start).isEmpty {
      for (index, span) in spans.enumerated() {
        let end = index + 1 < spans.count ? spans[index + 1].start : scalars.count
        pairs.append(part(span.end, end))
      }
    } else {
      var from = 0
      for span in spans {
        let own = part(from, span.start)
        pairs.append(own.isEmpty ? pairs.last ?? all : own)
        from = span.end
      }
    }
    return pairs.contains([]) ? spans.map { _ in all } : pairs
  }

  /// The id for "critical" in a sentence like "if critical".
  func calledBy(_ word: String) -> String? { byName[word] }

  /// "SEV 1" in a document of "P1"; only where the families mean the same.
  private func equivalent(_ word: SeverityWord) -> String? {
    let alike: Set<String> = ["sev", "severity", "s"]
    guard alike.contains(word.family), alike.contains(family) else { return nil }
    return ids[family + String(word.number)]
  }
}
