/// Rows of tables in a template.
extension TemplateReader {
  mutating func tableRow(_ line: [Character]) {
    if line.allSatisfy({ "|-: ".contains($0) }), line.contains("-") {
      isTableBody = true
      done.append(.text(String(line)))
      return
    }
    func isSample(_ line: [Character]) -> Bool {
      SampleFact.isIn(line, 0..<line.count) && !scanner.hasOwnPlace(line)
    }
    guard isTableBody, isSample(line),
      let start = line.firstIndex(where: { !"| ".contains($0) }),
      let end = line.lastIndex(where: { !"| ".contains($0) })
    else {
      cells(line)
      return
    }
    var place = scanner.sample(
      line, start..<(end + 1), key: heading.isEmpty ? nextName() : heading, context)
    while index + 1 < lines.count, Self.isTableRow(String(lines[index + 1])),
      isSample(lines[index + 1])
    {
      index += 1
      place.written += "; " + String(lines[index])
    }
    place.hint = place.written
    done += [
      .text(String(line[..<start])), .place(place), .text(String(line[(end + 1)...])),
    ]
  }

  /// What a cell asks for is told by the title of its column.
  private mutating func cells(_ line: [Character]) {
    let bounds = line.indices.filter { line[$0] == "|" }
    if !isTableBody {
      columns = zip(bounds, bounds.dropFirst()).map { bound, next in
        TemplatePlace.key(String(line[(bound + 1)..<next]))
      }
    }
    var start = 0
    for (number, bound) in (bounds.dropFirst() + [line.count]).enumerated() {
      var context = context
      if isTableBody, columns.indices.contains(number) { context.above = columns[number] }
      done += scanner.parts(ofLine: line, start..<bound, context)
      start = bound
    }
  }
}
