import Engine

/// Push messages of an ntfy server.
package struct NtfyChannel: Channel {
  private let url: String
  private let topic: String?
  private let token: String?
  private let web: WebSettings

  /// More bytes than this would become a file.
  private static let limit = 4000

  package init(url: String, topic: String?, token: String?, web: WebSettings) {
    (self.url, self.topic, self.token, self.web) = (url, topic, token, web)
  }

  package var isIdempotent: Bool { false }

  package func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    guard let topic = message.address ?? topic else {
      return .failed(
        ChannelFailure("no topic: neither the person nor the channel has one", isFinal: true))
    }
    var text = message.text
    while text.utf8.count > Self.limit { text = text.shortened(to: text.count * 3 / 4) }
    let json = JSON.object([
      "topic": .string(topic), "title": .string(message.title.shortened(to: 200)),
      "message": .string(text), "priority": .integer(message.isUrgent ? 5 : 3),
      "tags": .array([.string(message.isUrgent ? "rotating_light" : "memo")]),
    ])
    note("topic \(topic) at \(url)")
    let answer = web.post(json, to: url, token.map { [("Authorization", "Bearer \($0)")] } ?? [])
    if let failure = answer.failure(answer.json?["error"]?.string) { return .failed(failure) }
    note("answered \(answer.status)")
    return .delivered(reference: answer.json?["id"]?.string)
  }
}
