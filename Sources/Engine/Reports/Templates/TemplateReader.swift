/// Goes through a template line by line and decides what of it is said as it stands.
///
/// Words between places are the team's and stay. A time, a number, a cause, an impact or an outcome that no place marks was
/// true of the incident that the author had in mind: it becomes a place, with the author's words as the hint.
struct TemplateReader {
  typealias Part = TemplateScanner.Part

  let scanner: TemplateScanner
  let lines: [[Character]]
  /// It tells of an incident that happened: whatever stands behind a label or in a list under one was true of that.
  let isExample: Bool
  /// It tells of it in sentences rather than in places.
  let isStory: Bool
  /// It is a document with sections of its own, whose sentences guide whoever writes it.
  let isDocument: Bool
  var index = 0
  var heading = ""
  var above = ""
  var isClosing = false
  var isTableBody = false
  /// What the columns of the table are called, in order.
  var columns: [String] = []
  var told = 0
  var done: [Part] = []

  init(scanner: TemplateScanner, body: String, whole: String) {
    self.scanner = scanner
    lines = body.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let all = whole == body ? lines : whole.split(separator: "\n").map(Array.init)
    var marked = 0
    var factual = 0
    for line in all {
      let isMarked = scanner.hasPlace(line, 0..<line.count)
      let isTold =
        SampleFact.isIn(line, Self.prose(of: line)) || Self.number(in: line) != nil
        || line.indices.contains { scanner.exampleTime(line, $0) != nil }
      if isTold { factual += 1 }
      if isMarked, !isTold { marked += 1 }
    }
    isDocument = Self.isDocument(whole)
    isExample = factual > 0
    isStory = factual > 0 && factual >= marked
  }

  mutating func parts() -> [Part] {
    while index < lines.count {
      if index > 0 { done.append(.text("\n")) }
      read(lines[index])
      index += 1
    }
    return done
  }

  var context: TemplateScanner.Context {
    .init(heading: heading, above: above, line: index + 1)
  }

  private mutating func read(_ line: [Character]) {
    let text = String(line)
    if let title = TemplateScanner.headingTitle(text[...]) {
      heading = TemplatePlace.key(title)
      above = ""
      done += (isExample ? labelled(line, from: 0) : nil) ?? scanner.parts(ofHeading: line, context)
      return
    }
    let key = TemplatePlace.key(text)
    if Self.isTableRow(text) {
      tableRow(line)
    } else {
      isTableBody = false
      columns = []
      if let prompt = scanner.promptParts(line, context) {
        done += prompt
      } else {
        content(line)
      }
    }
    if Self.isLabel(text) {
      above = key
    } else if key.isEmpty || Self.bullet(line) == 0 {
      above = ""
    }
    if TemplateLexicon.has(TemplateLexicon.closings, in: key) { isClosing = true }
  }

  // MARK: - What a line is

  private mutating func content(_ line: [Character]) {
    let start = Self.bullet(line)
    if let number = Self.number(in: line) {
      done.append(.text(String(line[..<number.lowerBound])))
      done.append(.place(scanner.sample(line, number, key: "id", context)))
      done.append(.text(String(line[number.upperBound...])))
    } else if let parts = labelled(line, from: start) {
      done += parts
    } else if index == 0, let title = exampleTitle(line) {
      done += scanner.parts(ofLine: line, 0..<title.lowerBound, context)
      done.append(.place(scanner.sample(line, title, key: "title", context)))
    } else if isEmptyField(line, start) {
      done.append(.text(String(line) + (line.last == " " ? "" : " ")))
      let blank = line.count..<line.count
      var place = scanner.place(.blank, line, blank, key: "", context)
      place.label = TemplatePlace.key(String(line))
      done.append(.place(place))
    } else if start > 0 {
      item(line, from: start)
    } else if let first = line.firstIndex(where: { !"* ".contains($0) }),
      scanner.exampleTime(line, first) != nil
    {
      timed(line, from: 0)
    } else {
      sentences(line, from: 0)
    }
  }

  /// `[P1] Orders broken` above everything else: what that incident was called.
  private func exampleTitle(_ line: [Character]) -> Range<Int>? {
    let first = line.firstIndex { $0.isLetter || $0.isNumber || $0 == "[" } ?? line.count
    guard first < line.count, let tag = scanner.match(line, first), tag.form == .severities,
      let start = line[tag.end...].firstIndex(where: { $0.isLetter || $0.isNumber }),
      !scanner.hasPlace(line, tag.end..<line.count)
    else { return nil }
    let words = TemplatePlace.key(String(line[start...])).split(separator: " ")
    return words.allSatisfy(TemplateLexicon.timelineWords.contains) ? nil : start..<line.count
  }

  /// `Reported by:` above another label, or at the end: a form that asks for it without a sign of a place.
  private func isEmptyField(_ line: [Character], _ bullet: Int) -> Bool {
    guard !isDocument, Self.isLabel(String(line)) else { return false }
    let next = lines[(index + 1)...].first { !$0.allSatisfy(\.isWhitespace) }
    guard let next else { return index > 0 }
    let isTimed = scanner.exampleTime(next, next.firstIndex { $0 != " " } ?? 0) != nil
    return Self.bullet(next) == bullet && !isTimed && next.first != "#" && next.first != "|"
      && next.contains(where: { ":：".contains($0) }) && lines[index + 1].contains { $0 != " " }
  }

  /// `IMPACT: API latency increased`: what stands behind the label; nil where it may be said as it stands.
  private mutating func labelled(_ line: [Character], from bullet: Int) -> [Part]? {
    guard let colon = line[bullet...].firstIndex(where: { ":：".contains($0) }),
      colon - bullet < 40,
      let first = line[colon...].firstIndex(where: { !":： *_".contains($0) }),
      line[colon] == "：" || line[(colon + 1)..<first].contains(" ")
    else { return nil }
    let blank = Self.blank(line, colon)
    let start = blank ?? first
    let label = TemplatePlace.key(String(line[bullet..<colon]))
    guard !label.isEmpty, label.split(separator: " ").count <= 6 else { return nil }
    if let bar = Self.bar(in: line, from: start), bar > start { return fields(line, bullet, bar) }
    let closing = blank == nil ? " *_" : " *"
    let end = (line.lastIndex { !closing.contains($0) } ?? start) + 1
    let value = blank == nil ? Self.behindTag(line, start..<end) : start..<end
    let words = TemplatePlace.key(String(line[value]))
    guard blank != nil || !scanner.hasPlace(line, value) else {
      return scanner.parts(ofLine: line, 0..<line.count, context)
    }
    // In a text for every status the label is the status.
    if scanner.statuses.contains(label) {
      done.append(.text(String(line[..<value.lowerBound])))
      sentences(line, from: value.lowerBound)
      return []
    }
    var place = scanner.sample(line, value, key: label, context)
    if blank != nil { place.form = .blank }
    if scanner.statuses.contains(words) { place.form = .statuses }
    if scanner.severities.contains(words) { place.form = .severities }
    let isSample =
      place.form != .prompt || TemplateLexicon.fields.contains(label)
      || isExample && !Self.isAddress(line, value)
      || SampleFact.isIn(line, value)
      || TemplateLexicon.has(TemplateLexicon.factLabels, in: label)
    guard isSample else { return nil }
    return [
      .text(String(line[..<value.lowerBound])), .place(place), .text(String(line[end...])),
    ].filter { if case .text("") = $0 { false } else { true } }
  }

  /// `Lead: @user | Scribe: @user`: two labels in a line.
  private mutating func fields(_ line: [Character], _ bullet: Int, _ bar: Int) -> [Part]? {
    let first = Array(line[..<bar])
    let second = Array(line[bar...])
    let one = labelled(first, from: bullet)
    let other = labelled(second, from: 3)
    guard one != nil || other != nil else { return nil }
    return (one ?? scanner.parts(ofLine: first, 0..<first.count, context))
      + (other ?? scanner.parts(ofLine: second, 0..<second.count, context))
  }

  private mutating func item(_ line: [Character], from start: Int) {
    if scanner.hasPlace(line, start..<line.count) {
      timed(line, from: start)
      return
    }
    let isNumbered = line[..<start].contains { $0.isNumber }
    let isBox = line[..<start].contains("[")
    let underLabel = above.isEmpty ? heading : above
    let isFact =
      SampleFact.isIn(line, start..<line.count)
      || (!isNumbered && !isBox
        && (isExample && !underLabel.isEmpty && !Self.isAddress(line, start..<line.count)
          || TemplateLexicon.has(TemplateLexicon.factLabels, in: above)))
    guard isFact else {
      done.append(.text(String(line)))
      return
    }
    var place = scanner.sample(
      line, start..<line.count, key: underLabel.isEmpty ? nextName() : underLabel, context)
    // The items of one list answer one question.
    while index + 1 < lines.count, isSibling(lines[index + 1], of: start) {
      index += 1
      place.written += "; " + String(lines[index][start...])
    }
    place.hint = place.written
    done += [.text(String(line[..<start])), .place(place)]
  }

  private func isSibling(_ next: [Character], of start: Int) -> Bool {
    Self.bullet(next) == start && !scanner.hasPlace(next, start..<next.count)
      && scanner.promptParts(next, context) == nil && Self.number(in: next) == nil
      && !next[start...].contains(where: { ":：".contains($0) })
  }

  /// `- 17:05 UTC: Alert triggered - high error rate`: which moment it was stays, what it was like does not.
  private mutating func timed(_ line: [Character], from start: Int) {
    let time = line[start...].firstIndex { !"* ".contains($0) } ?? start
    guard let clock = scanner.exampleTime(line, time) else {
      done += scanner.parts(ofLine: line, 0..<line.count, context)
      return
    }
    let words = line[clock.end...].firstIndex { $0.isLetter } ?? line.count
    let dash = line[words...].indices.first { index in
      "-–—(".contains(line[index]) && line[index - 1] == " "
    }
    let end = dash ?? line.count
    guard Self.namesMoment(line[words..<end]) else {
      var place = scanner.sample(
        line, time..<line.count, key: heading.isEmpty ? "timeline" : heading, context)
      while index + 1 < lines.count, Self.bullet(lines[index + 1]) == start,
        isUntold(lines[index + 1], start)
      {
        index += 1
        place.written += "; " + String(lines[index][start...])
      }
      place.hint = place.written
      done += [.text(String(line[..<time])), .place(place)]
      return
    }
    done += scanner.parts(ofLine: line, 0..<end, context)
    if let dash {
      let detail = line[dash...].firstIndex { $0.isLetter || $0.isNumber } ?? line.count
      done.append(.text(String(line[dash..<detail])))
      if detail < line.count {
        done.append(
          .place(scanner.sample(line, detail..<line.count, key: "details", context)))
      }
    }
  }

  /// A row of a timeline whose words name no moment that is known.
  private func isUntold(_ line: [Character], _ start: Int) -> Bool {
    let time = line[start...].firstIndex { !"* ".contains($0) } ?? start
    guard let clock = scanner.exampleTime(line, time) else { return false }
    return !Self.namesMoment(line[clock.end...])
  }

  /// `Fix deployed` is said of every incident, `Failover of the shop's database started` of one.
  private static func namesMoment(_ words: ArraySlice<Character>) -> Bool {
    let key = TemplatePlace.key(String(words))
    return TemplateMoment(words: key) != nil
      && key.split(separator: " ").allSatisfy(TemplateLexicon.timelineWords.contains)
  }
}
