import Engine

extension Reading {
  /// Remarks what looks like a rule and was taken by nobody.
  mutating func sweep() {
    let explained = explainedTimes()
    for sentence in sentences {
      guard !isAside(sentence.section), !isRunbookLike(sentence.section),
        !outline.path(of: sentence.section).contains(where: { runbookSections.contains($0) }),
        !path(sentence.section, has: [.template, .retention])
      else { continue }
      let isDemanding = Self.isDemanding(sentence.text)
      for span in SpanReader.spans(in: sentence.text) {
        let line = sentence.line(at: span.start)
        let isClock = explained[line] != nil
        guard isClock ? isLeft(span, of: explained[line] ?? []) : !taken.contains(line),
          isDemanding && span.relation != .over || span.isDemanding,
          !span.isImmediate || sentence.isItem || sentence.isCell
        else { continue }
        remark(.unread, line, "Not read as a rule: \"\(Self.shortened(sentence.text))\"")
        break
      }
    }
    for (index, section) in outline.sections.enumerated() {
      guard let title = section.title, !taken.contains(section.line), !isAside(index),
        !isRunbookLike(index), !runbookSections.contains(index),
        let span = title.spans.first, !span.isImmediate, span.relation != .over
      else { continue }
      guard !outline.path(of: index).contains(where: { runbookSections.contains($0) }) else {
        continue
      }
      remark(.unread, section.line, "Not read as a rule: \"\(Self.shortened(title.raw))\"")
    }
    procedure.remarks.sort { ($0.line, $0.text) < ($1.line, $1.text) }
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
    for cadence in procedure.cadence { add(cadence.line, cadence.every, cadence.maximum) }
    for watch in procedure.watch { add(watch.line, watch.seconds, watch.maximum) }
    for step in procedure.escalation where step.after != nil { add(step.line, step.after) }
    return times
  }

  /// A second rule in a line of which only the first was read.
  private func isLeft(_ span: Span, of known: Set<Int>) -> Bool {
    !span.isImmediate && span.isDemanding && !known.contains(span.low)
      && !(span.high.map(known.contains) ?? false)
  }

  /// Whether a sentence has a word of somebody having to do something.
  private static func isDemanding(_ text: String) -> Bool {
    Folded(text).has(any: [
      .required, .escalate, .communicate, .respond, .acknowledge, .time, .update, .call,
    ])
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
