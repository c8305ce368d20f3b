extension TemplateScanner {
  /// In a heading a number may count what stands below.
  func parts(ofHeading line: [Character], _ context: Context) -> [Part] {
    var parts: [Part] = []
    var start = 0
    var index = 0
    while index < line.count {
      guard let found = match(line, index) else {
        index += 1
        continue
      }
      if start < index { parts.append(.text(String(line[start..<index]))) }
      parts.append(.place(place(found.form, line, index..<found.end, key: found.key, context)))
      index = found.end
      start = index
    }
    if start < line.count { parts.append(.text(String(line[start...]))) }
    return parts
  }

  /// Whether a row has a place that somebody marked, and not only a time that stands for any.
  func hasOwnPlace(_ line: [Character]) -> Bool {
    line.indices.contains { index in
      guard let found = match(line, index) else { return false }
      return exampleTime(line, index)?.end != found.end
    }
  }

  /// A line that as a whole tells what to write there.
  func promptParts(_ line: [Character], _ context: Context) -> [Part]? {
    let bullet = TemplateReader.bullet(line)
    let start = bullet > 0 ? bullet : line.firstIndex { $0 != " " } ?? line.count
    let words = String(line[start...])
    let key = TemplatePlace.key(words)
    guard !key.isEmpty, !words.contains(where: { "[]{}<>_:".contains($0) }) else { return nil }
    let isQuestion = words.last.map { "?？".contains($0) } == true && words.count <= 80
    guard isQuestion || TemplateFacts.isPrompt(key) else { return nil }
    if isQuestion {
      let place = TemplatePlace(
        written: "", key: key, label: context.above, trailing: "", heading: context.heading,
        form: .question, line: context.line, column: line.count + 1)
      return [.text(String(line)), .place(place)]
    }
    let place = TemplatePlace(
      written: words, key: TemplateFacts.asked(by: key), label: context.above, trailing: "",
      heading: context.heading,
      form: .prompt, line: context.line, column: start + 1)
    return [.text(String(line[..<start])), .place(place)]
  }
}
