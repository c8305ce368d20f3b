import Engine

/// Messages as chat services export them: a JSON array with `ts` (seconds since 1970) and `text`, and who wrote it.
struct MessageExport {
  private let messages: [JSON]

  /// Nil for anything that is not a JSON array of objects.
  init?(_ text: String) {
    do {
      let json = try JSON(parsing: text)
      guard let messages = json.array, !messages.isEmpty,
        messages.allSatisfy({ $0.members != nil })
      else { return nil }
      self.messages = messages
    } catch {
      return nil
    }
  }

  func rows() throws(TimelineImport.Problem) -> [TimelineImport.Row] {
    var rows: [TimelineImport.Row] = []
    for (index, message) in messages.enumerated() {
      guard let text = message["text"]?.string, !text.allSatisfy(\.isWhitespace) else { continue }
      guard let stamp = message["ts"]?.string, let occurred = Self.instant(stamp) else {
        throw .init(
          line: 0, what: "message \(index + 1) has no ts", remedy: "use an export with ts and text"
        )
      }
      let profile = message["user_profile"]
      let names = [
        profile?["real_name"], profile?["display_name"], message["username"], message["user"],
      ]
      rows.append(
        .init(
          line: index + 1, occurred: occurred,
          actor: names.compactMap { $0?.string }.first { !$0.isEmpty }, kind: .note,
          text: Self.plain(text)))
    }
    return rows
  }

  /// `1772460300.000100`.
  private static func instant(_ text: String) -> Timestamp? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let seconds = parts.first.flatMap({ Int64($0) }), (0...253_402_300_799).contains(seconds)
    else { return nil }
    let digits = parts.count > 1 ? String(parts[1].prefix(3)) : ""
    let padded = digits + String(repeating: "0", count: 3 - digits.count)
    return Int64(padded).map { Timestamp(milliseconds: seconds * 1000 + $0) }
  }

  /// The three characters that such exports write as entities.
  private static func plain(_ text: String) -> String {
    var rest = text[...]
    var result = ""
    while let character = rest.first {
      let found = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].first { rest.hasPrefix($0.0) }
      result += found?.1 ?? String(character)
      rest = rest.dropFirst(found?.0.count ?? 1)
    }
    return result
  }
}
