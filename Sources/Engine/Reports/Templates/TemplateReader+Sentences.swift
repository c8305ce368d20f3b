/// Sentences of a template: which of them may be said of any incident.
extension TemplateReader {
  mutating func sentences(_ line: [Character], from start: Int) {
    var begin = start
    // In front of a sentence a status sorts it, as in `[MONITORING] …`.
    let first = line[start...].firstIndex { $0 != " " } ?? line.count
    if first < line.count, let tag = scanner.match(line, first), tag.form == .statuses {
      done += scanner.parts(ofLine: line, start..<tag.end, context)
      begin = tag.end
    }
    while begin < line.count {
      var end = begin
      while end < line.count, !Self.isSentenceEnd(line, end) {
        end = scanner.match(line, end)?.end ?? end + 1
      }
      end = min(end + 1, line.count)
      while end < line.count, line[end] == " " || "\"”»』」)".contains(line[end]) { end += 1 }
      sentence(line, begin..<end)
      begin = end
    }
  }

  private static func isSentenceEnd(_ line: [Character], _ index: Int) -> Bool {
    if "。！？".contains(line[index]) { return true }
    guard ".!?".contains(line[index]) else { return false }
    return index + 1 >= line.count || line[index + 1] == " " || "\"”»)".contains(line[index + 1])
  }

  private mutating func sentence(_ line: [Character], _ range: Range<Int>) {
    let key = TemplatePlace.key(String(line[range]))
    if scanner.hasPlace(line, range) || key.isEmpty {
      done += scanner.parts(ofLine: line, range, context)
      return
    }
    let start =
      line[range].firstIndex { $0.isLetter || $0.isNumber || "~$€£".contains($0) }
      ?? range.lowerBound
    var end = range.upperBound
    while end > start, !(line[end - 1].isLetter || line[end - 1].isNumber || line[end - 1] == "%") {
      end -= 1
    }
    let isFact = SampleFact.isIn(line, range)
    if !isFact, isStory, let complement = Self.complement(line, start..<end) {
      done.append(.text(String(line[range.lowerBound..<complement.range.lowerBound])))
      done.append(
        .place(scanner.sample(line, complement.range, key: complement.key, context)))
      done.append(.text(String(line[end..<range.upperBound])))
      return
    }
    let isSaid =
      isClosing || TemplateLexicon.has(TemplateLexicon.formulas, in: key)
      || String(line[range]).hasSuffix(",") || Self.isAddress(line, range)
    let isLabelled = line.prefix(40).contains { ":：".contains($0) }
    let isTold =
      isStory || !isDocument && !isLabelled && !Self.claimsNothing(key, String(line[range]))
    let isTitle = key.split(separator: " ").allSatisfy(TemplateLexicon.timelineWords.contains)
    guard isFact || isTold && !isSaid && !isTitle && !Self.isLabel(String(line)) else {
      done.append(.text(String(line[range])))
      return
    }
    let about = above.isEmpty ? heading : above
    done.append(.text(String(line[range.lowerBound..<start])))
    done.append(
      .place(
        scanner.sample(line, start..<end, key: about.isEmpty ? nextName() : about, context)))
    done.append(.text(String(line[end..<range.upperBound])))
  }

  /// `reports of slow response times`: the words behind `reports of`.
  private static func complement(
    _ line: [Character], _ range: Range<Int>
  ) -> (range: Range<Int>, key: String)? {
    for (words, key) in TemplateLexicon.complements {
      let wanted = Array(words)
      for index in range where index + wanted.count < range.upperBound {
        let found = line[index..<(index + wanted.count)]
        if zip(found, wanted).allSatisfy({ $0.lowercased() == $1.lowercased() }) {
          return ((index + wanted.count)..<range.upperBound, key)
        }
      }
    }
    return nil
  }

  /// What a person is asked for where neither a label nor a heading says what it is.
  mutating func nextName() -> String {
    told += 1
    return told == 1 ? "what to say" : "what to say \(told)"
  }
}
