import Engine

/// Alerts of PagerDuty, by its Events API, version 2.
package struct PagerDutyChannel: Channel {
  private let key: String
  private let url: String
  private let web: WebSettings

  package init(key: String, url: String?, web: WebSettings) {
    self.key = key
    self.url = url ?? "https://events.pagerduty.com"
    self.web = web
  }

  package var isIdempotent: Bool { true }

  package func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    let action = message.action.rawValue
    let severity = message.isUrgent ? "critical" : "warning"
    // One alert for each incident and receiver; it is found again by its key.
    let dedup = (message.thread ?? "muster/\(message.incident)/\(message.address ?? "")")
      .shortened(to: 255)
    let json = JSON.object([
      "routing_key": .string(key), "event_action": .string(action), "dedup_key": .string(dedup),
      "payload": .object([
        "summary": .string(message.title.shortened(to: 1024)), "source": "muster",
        "severity": .string(severity), "timestamp": .string(message.time.rfc3339),
        "component": .string(message.incident),
        "custom_details": .object([
          "text": .string(message.text.shortened(to: 8000)), "severity": .text(message.severity),
          "status": .text(message.status),
        ]),
      ]),
      "client": "muster",
    ])
    note("\(action) to \(url)/v2/enqueue")
    let answer = web.post(json, to: url + "/v2/enqueue", secrets: [key])
    let said = answer.json?["errors"]?.array?.compactMap(\.string).joined(separator: "; ")
    if let failure = answer.failure(said ?? answer.json?["message"]?.string) {
      return .failed(failure)
    }
    note("answered \(answer.status)")
    return .delivered(reference: answer.json?["dedup_key"]?.string ?? dedup)
  }
}
