/// Finds the places of a template: every way in which teams mark something to be filled in.
struct TemplateScanner {
  enum Part {
    case text(String)
    case place(TemplatePlace)
  }

  /// Words that choices between severities and statuses may consist of, in lower case.
  let severities: Set<String>
  let statuses: Set<String>

  init(procedure: Procedure) {
    let ranks = (0...5).flatMap { ["p\($0)", "s\($0)", "sev\($0)", "sev-\($0)", "sev \($0)"] }
    severities = Set(
      ranks + procedure.severities.flatMap { [$0.id.lowercased(), $0.name.lowercased()] })
    let usual = [
      "investigating", "identified", "monitoring", "mitigating", "mitigated", "resolved",
    ]
    statuses = Set(
      usual + procedure.statuses.flatMap { [$0.id.lowercased(), $0.name.lowercased()] })
  }

  /// The text in order, with what was true of an example only as places; `whole` is the template that it is a part of.
  func parts(of body: String, in whole: String? = nil) -> [Part] {
    var reader = TemplateReader(scanner: self, body: body, whole: whole ?? body)
    return reader.parts()
  }

  struct Context {
    var heading: String
    var above: String
    var line: Int
  }

  /// The words of a Markdown heading; nil for any other line.
  static func headingTitle(_ line: Substring) -> Substring? {
    let marks = line.prefix { $0 == "#" }
    guard (1...6).contains(marks.count), line.dropFirst(marks.count).first == " " else {
      return nil
    }
    return line.dropFirst(marks.count + 1)
  }

  /// The places of a stretch of a line, with the words between them.
  func parts(
    ofLine line: [Character], _ bounds: Range<Int>, _ context: Context
  ) -> [Part] {
    var parts: [Part] = []
    var start = bounds.lowerBound
    var index = start
    func flush(_ end: Int) {
      guard start < end else { return }
      // A value between places is of the example all the same.
      for range in SampleFact.ranges(in: line, start..<end) {
        if start < range.lowerBound { parts.append(.text(String(line[start..<range.lowerBound]))) }
        parts.append(.place(sample(line, range, key: "", context)))
        start = range.upperBound
      }
      if start < end { parts.append(.text(String(line[start..<end]))) }
    }
    while index < bounds.upperBound {
      guard let found = match(line, index), found.end <= bounds.upperBound else {
        index += 1
        continue
      }
      flush(index)
      parts.append(.place(place(found.form, line, index..<found.end, key: found.key, context)))
      index = found.end
      start = index
    }
    flush(bounds.upperBound)
    return parts
  }

  func hasPlace(_ line: [Character], _ bounds: Range<Int>) -> Bool {
    bounds.contains { index in match(line, index).map { $0.end <= bounds.upperBound } ?? false }
  }

  /// So many characters around a place tell what it asks for.
  private static let reach = 160

  func place(
    _ form: TemplatePlace.Form, _ line: [Character], _ range: Range<Int>, key: String,
    _ context: Context
  ) -> TemplatePlace {
    // The label is what stands before, back to the end of the place before it.
    let before = line[max(0, range.lowerBound - Self.reach)..<range.lowerBound]
    let start = before.lastIndex { "]}>_|".contains($0) }.map { $0 + 1 } ?? before.startIndex
    var label = TemplatePlace.key(String(before[start...]))
    if label.isEmpty { label = context.above }
    let rest = line[range.upperBound..<min(range.upperBound + Self.reach, line.count)]
    let end = rest.firstIndex { "[{<_|".contains($0) } ?? rest.endIndex
    let written = String(line[range])
    var place = TemplatePlace(
      written: written, key: key, label: label,
      trailing: TemplatePlace.key(String(rest[..<end])), heading: context.heading, form: form,
      line: context.line, column: range.lowerBound + 1)
    let isTime = [.clock, .date, .dateAndClock].contains(form)
    let saysMore = form == .named && TemplatePlace.key(written) != key
    if saysMore || isTime && written.contains(where: { $0.wholeNumberValue != nil }) {
      place.hint = written
    }
    return place
  }

  /// A place for what was true of the example only.
  func sample(
    _ line: [Character], _ range: Range<Int>, key: String, _ context: Context
  ) -> TemplatePlace {
    var place = place(.prompt, line, range, key: key, context)
    place.hint = place.written
    return place
  }
}
