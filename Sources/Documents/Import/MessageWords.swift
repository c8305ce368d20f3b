import Engine

/// The words of one message: its text, and where it has none what is attached to it.
struct MessageWords {
  let text: String?

  init(_ message: JSON) {
    var parts: [String] = []
    for name in ["text", "body", "content", "message", "note", "description", "summary", "title"] {
      guard let own = message[name].flatMap({ Self.words(of: $0) }), !own.isEmpty else { continue }
      parts.append(own)
      break
    }
    // What rich text says a second time is said once.
    if parts.isEmpty, let blocks = message["blocks"].map(Self.gathered), !blocks.isEmpty {
      parts.append(blocks)
    }
    for attachment in message["attachments"]?.array ?? [] {
      if let words = Self.attached(attachment), !parts.contains(where: { $0.containsText(words) }) {
        parts.append(words)
      }
    }
    for embed in message["embeds"]?.array ?? [] {
      if let words = Self.attached(embed) { parts.append(words) }
    }
    for file in message["files"]?.array ?? [] {
      let name = file["title"]?.string ?? file["name"]?.string
      if let name { parts.append("[file: \(name)]") }
    }
    parts += Self.media(message)
    if let details = message["event_details"]?["description"]?.string
      ?? message["channel"]?["details"]?.string ?? message["channel"]?["note"]?.string
      ?? message["channel"]?["content"]?.string,
      !details.isEmpty, !parts.contains(details)
    {
      parts.append(details)
    }
    if parts.isEmpty, let action = message["action"]?.string { parts.append(action) }
    let words = parts.filter { $0.contains { !$0.isWhitespace } }.joined(separator: "\n")
    text = words.isEmpty ? nil : words
  }

  /// A text, a body in HTML, or a list of pieces of text.
  private static func words(of value: JSON) -> String? {
    if let text = value.string { return plain(text) }
    if let content = value["content"]?.string {
      return value["contentType"]?.string == "html" ? withoutTags(content) : plain(content)
    }
    if let pieces = value.array {
      return pieces.compactMap { $0.string ?? $0["text"]?.string }.joined()
    }
    return nil
  }

  /// All texts in the blocks of a message, in their order.
  private static func gathered(_ value: JSON) -> String { gathered(value, between: "\n") }

  private static func gathered(_ value: JSON, between separator: String) -> String {
    if let list = value.array {
      return list.map(gathered).filter { !$0.isEmpty }.joined(separator: separator)
    }
    guard let members = value.members else { return "" }
    // The pieces of a line of rich text bring their own blanks.
    let isLine =
      value["type"]?.string.map { $0.hasPrefix("rich_text_") && $0 != "rich_text_list" } ?? false
    var words: [String] = []
    for member in members
    where ["text", "elements", "fields", "title", "alt_text"].contains(member.key) {
      if let text = member.value.string {
        words.append(plain(text))
      } else {
        words.append(gathered(member.value, between: isLine ? "" : "\n"))
      }
    }
    return words.filter { !$0.isEmpty }.joined(separator: isLine ? "" : " ")
  }

  private static func attached(_ value: JSON) -> String? {
    let names = ["pretext", "title", "text", "description", "content"]
    var words = names.compactMap { value[$0]?.string }.filter { !$0.isEmpty }.map(plain)
    if words.isEmpty, let fallback = value["fallback"]?.string { words = [plain(fallback)] }
    if words.isEmpty, let name = value["name"]?.string ?? value["fileName"]?.string {
      words = ["[attached: \(name)]"]
    }
    for field in value["fields"]?.array ?? [] {
      let title = field["title"]?.string ?? field["name"]?.string ?? ""
      if let text = field["value"]?.string {
        words.append(title.isEmpty ? text : "\(title): \(text)")
      }
    }
    let text = words.joined(separator: "\n")
    return text.isEmpty ? nil : text
  }

  /// Pictures and files as another service names them.
  private static func media(_ message: JSON) -> [String] {
    var parts: [String] = []
    if let name = message["file_name"]?.string ?? message["file"]?.string {
      parts.append("[file: \(name.split(separator: "/").last ?? "")]")
    }
    if message["photo"] != nil { parts.append("[photo]") }
    if parts.isEmpty, let type = message["media_type"]?.string { parts.append("[\(type)]") }
    return parts
  }

  /// The characters that exports write as entities.
  static func plain(_ text: String) -> String {
    var rest = text[...]
    var result = ""
    let entities = [
      ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"),
      ("&nbsp;", " "),
    ]
    while let character = rest.first {
      let found = entities.first { rest.hasPrefix($0.0) }
      result += found?.1 ?? String(character)
      rest = rest.dropFirst(found?.0.count ?? 1)
    }
    return result
  }

  /// The words of HTML; paragraphs and breaks are lines.
  private static func withoutTags(_ html: String) -> String {
    var result = ""
    var rest = html[...]
    while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
      result += rest[..<start]
      let tag = rest[start...].dropFirst().prefix { $0.isLetter || $0 == "/" }.lowercased()
      if ["br", "br/", "/p", "/div", "/li"].contains(tag), !result.hasSuffix("\n") {
        result += "\n"
      }
      rest = rest[rest.index(after: end)...]
    }
    result += rest
    while result.last?.isWhitespace == true { result.removeLast() }
    return plain(result)
  }
}
