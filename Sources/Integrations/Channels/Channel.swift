package import Engine

/// A way by which a message gets to a person or an audience.
package protocol Channel: Sendable {
  /// Whether the same message sent twice arrives once.
  var isIdempotent: Bool { get }

  /// Sends once, on this thread, and tells each step to `note`: never a secret.
  func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome
}

/// What is to get to somebody, in words that are already chosen.
package struct ChannelMessage: Sendable {
  /// The same for every attempt at the same message.
  package var id: String
  /// When it was made.
  package var time: Timestamp
  /// One line.
  package var title: String
  package var text: String
  /// Where the receiver is on the channel; nil: where the channel's own settings say.
  package var address: String?
  package var incident: String
  package var severity: String?
  package var status: String?
  /// `notice`, `update` or `test`.
  package var kind: String
  /// What one may answer, with the words that come back.
  package var buttons: [Button] = []
  /// By what the channel knows the thread of the incident.
  package var thread: String?
  /// Whether somebody is to be woken.
  package var isUrgent = true
  /// What became of the thing told: for channels that keep an alert open until it is over.
  package var action = Action.trigger

  package struct Button: Hashable, Sendable {
    package var label: String
    package var token: String

    package init(label: String, token: String) { (self.label, self.token) = (label, token) }
  }

  package enum Action: String, Sendable { case trigger, acknowledge, resolve }

  package init(
    id: String, time: Timestamp, title: String, text: String, incident: String, kind: String
  ) {
    (self.id, self.time, self.title, self.text) = (id, time, title, text)
    (self.incident, self.kind) = (incident, kind)
  }
}

package enum ChannelOutcome: Sendable {
  /// It is there; by the reference the channel knows it or its thread.
  case delivered(reference: String?)
  case failed(ChannelFailure)
}

/// Why a message is not there.
package struct ChannelFailure: Error, Hashable, Sendable {
  package var text: String
  /// Whether trying again the same way is of no use.
  package var isFinal: Bool
  package var retryAfter: Duration?

  package init(_ text: String, isFinal: Bool, retryAfter: Duration? = nil) {
    (self.text, self.isFinal, self.retryAfter) = (text, isFinal, retryAfter)
  }
}

/// What channels of the web have in common.
package struct WebSettings: Sendable {
  package var caFile: String?
  package var proxy: String?
  package var limit: Duration

  package init(caFile: String? = nil, proxy: String? = nil, limit: Duration = .seconds(20)) {
    (self.caFile, self.proxy, self.limit) = (caFile, proxy, limit)
  }

  func exchange(_ method: String, _ url: String) -> Exchange {
    var exchange = Exchange(method, url)
    (exchange.caFile, exchange.proxy, exchange.limit) = (caFile, proxy, limit)
    return exchange
  }

  /// Posts a value as JSON.
  func post(
    _ json: JSON, to url: String, _ headers: [(String, String)] = [], secrets: [String] = []
  ) -> WebAnswer {
    var exchange = exchange("POST", url)
    exchange.secrets = secrets
    exchange.headers = [("Content-Type", "application/json; charset=utf-8")]
    exchange.headers += headers.map { (name: $0.0, value: $0.1) }
    exchange.body = Array(json.text.utf8)
    return exchange.perform()
  }
}

extension WebAnswer {
  /// The body as a value; nil where it is none.
  var json: JSON? {
    do { return try JSON(parsing: body[...]) } catch { return nil }
  }
}

extension String {
  /// At most so many characters, the last of them `…` where it was longer.
  func shortened(to count: Int) -> String {
    self.count > count ? prefix(max(0, count - 1)) + "…" : self
  }
}
