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
        procedure.watch.append(
          Watch(
            seconds: span.low, maximum: span.high, after: isMitigation ? .mitigated : .resolved,
            text: sentence.text.withoutMarks.trimmed, line: line))
        break
      }
    }
  }

  private static let looking: [Concept] = [.watch]
}
