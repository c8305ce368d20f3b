/// What a monitoring system says of one of its alerts, as it stood when it was sent.
package struct Alert: Hashable, Sendable {
  /// By what way it came: `alertmanager`, `generic/sentry`; `muster` where it was noticed here.
  package var sender: String
  /// What makes two messages of one sender speak of the same alert.
  package var fingerprint: String
  package var status: Status
  /// When it began to fire; nil where the sender does not say.
  package var start: Timestamp?
  /// When it ended, where it has.
  package var end: Timestamp?
  package var title: String
  /// How bad it is, in the sender's words.
  package var severity: String?
  package var labels: [String: String]
  /// More than the title, for whoever looks at it.
  package var text: String?
  /// Where the sender shows it.
  package var url: String?
  /// The rule whose expectation failed, for an alert that was noticed here.
  package var rule: String?

  package enum Status: String, Hashable, Sendable, CaseIterable {
    case firing, resolved
  }

  package init(
    sender: String, fingerprint: String, status: Status, start: Timestamp? = nil,
    end: Timestamp? = nil, title: String, severity: String? = nil, labels: [String: String] = [:],
    text: String? = nil, url: String? = nil
  ) {
    (self.sender, self.fingerprint, self.status) = (sender, fingerprint, status)
    (self.start, self.end, self.title) = (start, end, title)
    (self.severity, self.labels, self.text, self.url) = (severity, labels, text, url)
  }

  /// What alerts of all senders are told apart by.
  package var key: String { "\(sender):\(fingerprint)" }

  /// The sender of alerts that are noticed here.
  package static let ownSender = "muster"

  /// The value of a label. `sender` is always the way it came, which no label can pretend; `title` and `severity` stand
  /// for what the sender calls so where no label has the name.
  package func value(of label: String) -> String? {
    if label == "sender" { return sender }
    if let value = labels[label] { return value }
    switch label {
    case "title": return title
    case "severity": return severity
    default: return nil
    }
  }
}

// MARK: - As an event

extension Alert {
  /// How long ago something may have begun for the timeline to put it there; what is older counts from its arrival.
  private static let oldest = Duration.days(7)

  /// The event that says so: the same for every delivery of the same word about the same start.
  package func draft(at now: Timestamp) -> EventDraft {
    let start = start ?? now
    let happened = status == .firing ? start : max(end ?? now, start)
    let isPlausible = happened < now && now - happened <= Self.oldest
    let names = labels.keys.sorted()
    return EventDraft(
      status == .firing ? .alertFired : .alertResolved,
      identity: .named(identityName(start)), occurred: isPlausible ? happened : nil,
      EventData([
        "title": .text(title), "alert": .text(key), "sender": .text(sender),
        "start": .time(start), "end": .time(status == .resolved ? end : nil),
        "severity": .text(severity), "rule": .text(rule), "text": .text(text), "url": .text(url),
        "labels": labels.isEmpty
          ? nil : .object(names.map { JSON.Member($0, .string(labels[$0] ?? "")) }),
      ]))
  }

  /// Unlike any other, whatever signs the parts contain.
  private func identityName(_ start: Timestamp) -> String {
    let parts = [sender, fingerprint, start.rfc3339, status.rawValue]
    return "alert" + JSON.array(parts.map { .string($0) }).text
  }

  /// The alert that an event tells of; nil for events of other kinds.
  package init?(_ event: RecordedEvent) {
    guard event.kind == .alertFired || event.kind == .alertResolved else { return nil }
    let data = event.data
    let title = data.string("title") ?? ""
    let key = data.string("alert") ?? title
    let sender = data.string("sender") ?? event.source
    let isOwnKey = key.hasPrefix("\(sender):")
    self.init(
      sender: sender, fingerprint: isOwnKey ? String(key.dropFirst(sender.count + 1)) : key,
      status: event.kind == .alertFired ? .firing : .resolved,
      start: data.timestamp("start") ?? event.effective, end: data.timestamp("end"), title: title,
      severity: data.string("severity"), text: data.string("text"), url: data.string("url"))
    rule = data.string("rule")
    for member in data.value("labels")?.members ?? [] {
      if let value = member.value.string, labels[member.key] == nil { labels[member.key] = value }
    }
  }
}
