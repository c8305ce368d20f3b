import Engine

/// Messages and timelines in JSON, as chat services, pagers and this program export them: a list of objects, alone or
/// under the key that such exports have, each with a time and words.
struct MessageExport {
  private let messages: [JSON]
  private let isDrill: Bool
  /// The incident whose entries this program exported.
  private let incident: String?
  /// Whether it says itself that it is only a part.
  private let isPart: Bool

  /// Nil for anything that holds no list of objects.
  init?(_ text: String) {
    guard let json = Self.json(text) else { return nil }
    let lists = ["messages", "value", "log_entries", "entries", "events", "items", "data"]
    guard let messages = json.array ?? lists.lazy.compactMap({ json[$0]?.array }).first,
      !messages.isEmpty, messages.allSatisfy({ $0.members != nil })
    else { return nil }
    self.messages = messages
    isDrill = json["drill"]?.bool == true
    isPart = Self.hasMore(json)
    incident = json["entries"] == nil ? nil : json["id"]?.string
  }

  private static func hasMore(_ json: JSON) -> Bool {
    let next = [
      json["response_metadata"]?["next_cursor"], json["next_cursor"], json["@odata.nextLink"],
      json["next"], json["links"]?["next"],
    ]
    return ["has_more", "more", "hasMore"].contains { json[$0]?.bool == true }
      || next.contains { $0?.string?.isEmpty == false }
  }

  /// A value, or one value a line as logs have them.
  private static func json(_ text: String) -> JSON? {
    do { return try JSON(parsing: text) } catch {
      var values: [JSON] = []
      for line in text.split(whereSeparator: \.isNewline) where line.contains(where: { $0 != " " })
      {
        do { values.append(try JSON(parsing: String(line))) } catch { return nil }
      }
      return values.isEmpty ? nil : .array(values)
    }
  }

  func read(_ context: ImportContext) throws(TimelineImport.Problem) -> ImportFound {
    guard !isDrill, !messages.contains(where: { $0["drill"]?.bool == true }) else {
      throw .init(
        line: 0, what: "this is the timeline of a drill, not of a real incident",
        remedy: "import a real incident")
    }
    var found = ImportFound()
    var times: [(stated: StatedTime, line: Int)] = []
    for (index, message) in messages.enumerated() {
      if message["retracted"]?.bool == true {
        found.omissions.append(.init(line: index + 1, reason: .retracted))
        continue
      }
      let (kind, text) = Self.said(message)
      guard let text else {
        found.omissions.append(.init(line: index + 1, reason: .withoutWords))
        continue
      }
      guard let stamp = Self.stamp(message) else {
        throw .init(
          line: 0, what: "message \(index + 1) has no ts",
          remedy: "give an export in which each message has its time")
      }
      guard let time = context.time(stamp) else {
        throw .init(
          line: 0, what: "message \(index + 1): '\(stamp)' is not an unambiguous time",
          remedy: "write 2026-11-21T14:05:00Z")
      }
      times.append((time, index + 1))
      found.rows.append(
        .init(
          line: index + 1, occurred: .distantPast, actor: Self.actor(message), kind: kind,
          text: text, event: Self.event(message), origin: origin(of: message)))
    }
    try found.set(times, context)
    if isPart {
      found.remarks.append("incomplete: the export says that there are more messages than it holds")
    }
    return found
  }

  // MARK: - Fields

  private static func stamp(_ message: JSON) -> String? {
    let names = [
      "ts", "date_unixtime", "createdDateTime", "created_at", "timestamp", "effective", "occurred",
      "time", "date", "at",
    ]
    for name in names {
      switch message[name] {
      case .string(let text) where !text.isEmpty: return text
      case .integer(let number): return String(number)
      case let value?: if let number = value.number { return number }
      case nil: continue
      }
    }
    return nil
  }

  private static func actor(_ message: JSON) -> String? {
    let profile = message["user_profile"]
    let sender = message["from"]
    let names = [
      profile?["real_name"], profile?["display_name"], message["username"],
      sender?["user"]?["displayName"], sender?["application"]?["displayName"],
      message["author"]?["nickname"], message["author"]?["name"], message["agent"]?["summary"],
      sender, message["author"], message["actor"], message["who"], message["user"],
      message["bot_profile"]?["name"], message["user"]?["name"],
    ]
    return names.compactMap { $0?.string }.first { !$0.isEmpty }
  }

  private func origin(of message: JSON) -> TimelineImport.Row.Origin? {
    guard let incident, let sequence = message["seq"]?.integer else { return nil }
    return .init(incident: incident, sequence: Int(clamping: sequence))
  }

  /// The entry of a log that an exported one was.
  private static func event(_ message: JSON) -> EventID? {
    message["specversion"] == nil && message["seq"] == nil
      ? nil : message["id"]?.string.flatMap { EventID($0) }
  }

  // MARK: - Words

  private static func said(_ message: JSON) -> (TimelineImport.Row.Kind, String?) {
    if message["specversion"] != nil { return EventWords.said(message) }
    let type = message["type"]?.string ?? message["kind"]?.string ?? ""
    let kind: TimelineImport.Row.Kind =
      switch type {
      case "trigger_log_entry": .alert
      case "acknowledge_log_entry": .acknowledged
      case "resolve_log_entry": .resolved
      default: EventWords.kind(type) ?? .note
      }
    return (kind, MessageWords(message).text)
  }
}

extension JSON {
  /// A number as it is written.
  fileprivate var number: String? {
    guard integer == nil, string == nil, array == nil, members == nil, !isNull, bool == nil else {
      return nil
    }
    return text
  }
}
