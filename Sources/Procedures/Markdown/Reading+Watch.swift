import Engine

extension Reading {
  /// Reads how long to look on after a fix: "monitor for 30 minutes".
  mutating func readWatches() {
    for sentence in sentences where !isAside(sentence.section) && !isRunbookLike(sentence.section) {
      let folded = sentence.folded
      guard folded.has(any: Self.looking) else { continue }
      for span in SpanReader.spans(in: sentence.text) {
        guard span.measure == .clock, !span.isImmediate, span.low >= 60,
          span.relation != .every, span.relation != .within, span.relation != .after
        else { continue }
        let line = sentence.line(at: span.start)
        guard !procedure.watch.contains(where: { $0.line == line }),
          !path(sentence.section, has: [.metrics, .oncall, .severity])
        else { continue }
        take(line)
        let isMitigation =
          folded.has(any: [.repair])
          || path(sentence.section, has: [.mitigate])
            && !path(sentence.section, has: [.resolution])
          || isBeforeResolved(line)
        procedure.watch.append(
          Watch(
            seconds: span.low, maximum: span.high, after: isMitigation ? .mitigated : .resolved,
            text: sentence.text.withoutMarks.trimmed, line: line))
        break
      }
    }
  }

  /// A later item of the same list is the one that says that it is over.
  private func isBeforeResolved(_ line: Int) -> Bool {
    for section in outline.sections {
      for list in section.blocks where list.isNumbered {
        guard let at = list.children.firstIndex(where: { $0.firstLine?.number == line }) else {
          continue
        }
        return list.children[(at + 1)...].contains { item in
          let folded = Folded(item.text)
          return folded.has(.statusResolved) && folded.has(any: [.status, .declare, .incident])
        }
      }
    }
    return false
  }

  private static let looking: [Concept] = [.watch]
}
