/// Templates that show how it was said once instead of what is to be said: nothing of that incident may go out again.
extension TemplateScanner {
  /// Whether a text names a day or the number of an incident that happened.
  static func isWorkedExample(_ body: String) -> Bool {
    body.split(separator: "\n").contains { line in
      let line = Array(line)
      return line.indices.contains { numberEnd(line, $0) != nil || isDay(line[$0...].prefix(10)) }
    }
  }

  /// `Impact: API latency increased`: what stands behind the label was true of the example only.
  func exampleParts(_ line: [Character], _ context: Context) -> [Part]? {
    if let number = line.indices.first(where: { Self.numberEnd(line, $0) != nil }),
      let end = Self.numberEnd(line, number)
    {
      return [
        .text(String(line[..<number])),
        .place(place(.prompt, line, number..<end, key: "id", context)),
        .text(String(line[end...])),
      ]
    }
    guard let colon = line.firstIndex(of: ":"), colon < 40,
      let start = line[colon...].firstIndex(where: { !": *".contains($0) }),
      line[(colon + 1)..<start].contains(" ")
    else { return nil }
    let key = TemplatePlace.key(String(line[..<colon]))
    guard !key.isEmpty, line.indices.allSatisfy({ match(line, $0) == nil }) else { return nil }
    let end = (line.lastIndex { !" *".contains($0) } ?? start) + 1
    return [
      .text(String(line[..<start])),
      .place(place(.prompt, line, start..<end, key: key, context)),
      .text(String(line[end...])),
    ]
  }

  /// The end of `#1234`; two digits and fewer count updates and steps.
  private static func numberEnd(_ line: [Character], _ index: Int) -> Int? {
    guard line[index] == "#" else { return nil }
    let end = line[(index + 1)...].firstIndex { !("0"..."9").contains($0) } ?? line.count
    return end - index > 3 ? end : nil
  }

  private static func isDay(_ text: ArraySlice<Character>) -> Bool {
    text.count == 10
      && zip(text, "0000-00-00").allSatisfy { sign, form in
        form == "0" ? ("0"..."9").contains(sign) : sign == form
      }
  }
}
