import Engine

extension Reading {
  /// Remarks what looks like a rule and was taken by nobody.
  mutating func sweep() {
    for sentence in sentences {
      guard !isAside(sentence.section), !isRunbookLike(sentence.section),
        !outline.path(of: sentence.section).contains(where: { runbookSections.contains($0) }),
        !path(sentence.section, has: ["template*", "retention*"])
      else { continue }
      guard !taken.contains(sentence.line) else { continue }
      let isDemanding = Self.isDemanding(sentence.text)
      for span in SpanReader.spans(in: sentence.text) {
        let line = sentence.line(at: span.start)
        guard !taken.contains(line), isDemanding || span.isDemanding else { continue }
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

  /// Whether a sentence has a word of somebody having to do something.
  private static func isDemanding(_ text: String) -> Bool {
    Folded(text).has(any: [
      "must", "should", "escalat*", "notif*", "respond", "acknowledg*", "sla", "deadline",
      "update*", "page", "required", "deve", "debe", "muss", "必须", "必須",
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
