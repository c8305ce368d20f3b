import Engine

/// Words that may be a rule and that nothing was made of.
private struct Leftover {
  var section: Int
  var line: Int
  var text: String
  /// Only one remark for all that stand together.
  var isGrouped: Bool
}

extension Reading {
  /// Remarks every time, every order to somebody and everybody to be called that nothing was made of.
  ///
  /// It looks for them with none of the words by which rules are known, so that what the readers miss is not missed twice.
  mutating func sweep() {
    takePassages()
    let explained = explainedTimes()
    var found = (sentences + quotedSentences()).compactMap { leftover($0, explained) }
    found += outline.sections.indices.compactMap { leftover(heading: $0) }
    found += marked()
    found.sort { ($0.line, $0.text) < ($1.line, $1.text) }
    remark(on: found)
    remarkOnPromises()
    remarkOnLanguage()
    procedure.remarks.sort { ($0.line, $0.text) < ($1.line, $1.text) }
  }

  /// What a severity means, and its examples, are told with it.
  private mutating func takePassages() {
    let passages = SeverityPassages(
      lines.dropFirst().joined(separator: "\n"), severities: procedure.severities)
    procedure.severities = procedure.severities.map(passages.completed)
    for severity in procedure.severities {
      for passage in severity.definition + severity.examples { take(passage.line) }
    }
  }

  private func leftover(_ sentence: Sentence, _ explained: [Int: Set<Int>]) -> Leftover? {
    guard !path(sentence.section, has: [.contents]) else { return nil }
    let isGrouped =
      sentence.isCell || isAside(sentence.section) || isRunbookLike(sentence.section)
      || path(sentence.section, has: [.template, .retention, .metrics])
      || sentence.isItem && title(sentence.section, has: [.escalate])
    func leftover(_ line: Int) -> Leftover {
      Leftover(section: sentence.section, line: line, text: sentence.text, isGrouped: isGrouped)
    }
    for span in SpanReader.spans(in: sentence.text) {
      let line = sentence.line(at: span.start)
      if let known = explained[line] {
        if isLeft(span, of: known, isCell: sentence.isCell && !isDescription(sentence.head)) {
          return leftover(line)
        }
      } else if !isTaken(line), !span.isImmediate || isOrder(sentence) {
        return leftover(line)
      }
    }
    guard !isTaken(sentence.line), explained[sentence.line] == nil, isOrder(sentence) else {
      return nil
    }
    return leftover(sentence.line)
  }

  private func isDescription(_ head: String) -> Bool {
    Topic.topics(of: head) == [.description] || Folded(head).has(any: [.example, .trigger])
  }

  private func isTaken(_ line: Int) -> Bool {
    taken.contains(line) || pathLines.contains(line) || templateLines.contains(line)
  }

  /// Somebody is to be called, or to do something.
  private func isOrder(_ sentence: Sentence) -> Bool {
    let folded = sentence.folded
    guard !folded.isEmpty, !sentence.text.hasSuffix("?") else { return false }
    if sentence.isCell {
      let head = Folded(sentence.head)
      return head.has(any: [.escalateTo, .escalate])
        || folded.has(.role) && head.has(.call) && folded.words.count <= 12
    }
    // When to escalate, and what is measured, where no clock keeps it.
    if sentence.isItem, title(sentence.section, has: [.escalate, .metrics]) { return true }
    if folded.has(.role), Self.beginsWithVerb(sentence.text) { return true }
    return folded.has(any: [.call, .called, .escalate])
      && ReceiverFinder(sentence.text.withoutMarks).receiver() != nil
      && (sentence.isItem || folded.has(any: [.condition, .modal]))
  }

  private func leftover(heading index: Int) -> Leftover? {
    let section = outline.sections[index]
    guard let title = section.title, !taken.contains(section.line), isInner(index),
      title.spans.contains(where: { !$0.isImmediate })
    else { return nil }
    return Leftover(
      section: index, line: section.line, text: title.raw,
      isGrouped: isAside(index) || isRunbookLike(index))
  }

  /// Lines of HTML, of which the parser gives no text.
  private func marked() -> [Leftover] {
    lines.enumerated().compactMap { line, text in
      let text = text.trimmed
      guard text.hasPrefix("<"), !text.hasPrefix("<!--"), !text.hasPrefix("<http"),
        text.utf8.count <= 4 * Sentence.longest, !isTaken(line)
      else { return nil }
      var words = ""
      var isTag = false
      for character in text {
        if character == "<" { isTag = true }
        if !isTag { words.append(character) }
        if character == ">" { isTag = false }
      }
      guard SpanReader.spans(in: words).contains(where: { !$0.isImmediate }) else { return nil }
      return Leftover(section: 0, line: line, text: words, isGrouped: true)
    }
  }

  private mutating func remark(on leftovers: [Leftover]) {
    var index = 0
    while index < leftovers.count {
      let first = leftovers[index]
      var end = index + 1
      while first.isGrouped, end < leftovers.count, leftovers[end].isGrouped,
        leftovers[end].section == first.section
      { end += 1 }
      let group = Set(leftovers[index..<end].map(\.line))
      var text = "Not read as a rule: \"\(Self.shortened(first.text))\""
      if group.count > 1 {
        text += " and \(group.count - 1) more, up to line \(leftovers[end - 1].line)"
      }
      remark(.unread, first.line, text)
      index = end
    }
  }

  /// "We will write every hour", in a text to send: kept only where a rule says so too.
  private mutating func remarkOnPromises() {
    let kept = Set(procedure.cadence.compactMap(\.every))
    for template in procedure.templates {
      for line in template.body.split(separator: "\n").map(String.init) {
        guard line.utf8.count <= 4 * Sentence.longest, Folded(line).has(any: Self.updateWords),
          let span = SpanReader.spans(in: line).first(where: {
            $0.relation == .every && $0.measure == .clock && $0.low > 0
          }), !kept.contains(span.low)
        else { continue }
        let at = lines.indices.first { $0 >= template.line && lines[$0].contains(line.trimmed) }
        remark(
          .unread, at ?? template.line,
          "A template promises updates that no rule requires: \"\(Self.shortened(line))\"")
      }
    }
  }

  private mutating func remarkOnLanguage() {
    guard !Lexicon.current.isKnown else { return }
    remark(
      .unread, lines.indices.first { !lines[$0].trimmed.isEmpty } ?? 1,
      "The language of this document is not supported: little more than times, severities and lists is read"
    )
  }

  /// The times that facts were made of, by line, in seconds or in business days and hours.
  private func explainedTimes() -> [Int: Set<Int>] {
    var times: [Int: Set<Int>] = [:]
    func add(_ line: Int, _ values: Int?...) {
      times[line, default: []].formUnion(values.compactMap { $0 })
    }
    func add(_ line: Int, _ allowance: Allowance?) {
      switch allowance {
      case .seconds(let low, let high)?: add(line, low, high)
      case .businessDays(let count)?, .businessHours(let count)?: add(line, count)
      case nil: break
      }
    }
    for target in procedure.severities.flatMap(\.targets) { add(target.line, target.within) }
    for duty in procedure.postmortem { add(duty.line, duty.within) }
    for notice in procedure.notices { add(notice.line, notice.within) }
    for cadence in procedure.cadence { add(cadence.line, cadence.interval) }
    for watch in procedure.watch { add(watch.line, watch.seconds, watch.maximum) }
    for step in procedure.escalation where step.after != nil { add(step.line, step.after) }
    return times
  }

  /// A second rule in a line of which only the first was read.
  private func isLeft(_ span: Span, of known: Set<Int>, isCell: Bool) -> Bool {
    !span.isImmediate && (span.isDemanding || isCell && span.relation == .plain)
      && !known.contains(span.low)
      && !(span.high.map(known.contains) ?? false)
  }

  private static func shortened(_ text: String) -> String {
    let text = text.withoutMarks
    return text.unicodeScalars.count <= 120
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(117))) + "…"
  }
}

extension Span {
  /// Whether the span alone says that something is due.
  fileprivate var isDemanding: Bool {
    switch relation {
    case .within, .every, .after: true
    case .plain, .over, .lasting, .first: false
    }
  }
}
