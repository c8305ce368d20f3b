import Engine

/// A request to an address of the team's own: a CloudEvent, signed by the Standard Webhooks scheme, or a body that
/// Discord, Teams or Mattermost takes.
package struct WebhookChannel: Channel {
  private let url: String
  private let secret: WebhookSignature?
  private let template: Template
  private let web: WebSettings

  package enum Template: Hashable, Sendable {
    case event, discord, teams, mattermost
    /// A body with places such as `{{title}}`, each filled in as the inside of a JSON text.
    case own(String)
  }

  package init(url: String, secret: WebhookSignature?, template: Template, web: WebSettings) {
    (self.url, self.secret, self.template, self.web) = (url, secret, template, web)
  }

  /// Whoever checks the signature knows the message again by its id.
  package var isIdempotent: Bool { template == .event && secret != nil }

  package func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    var address = url
    if case .discord = template { address += (url.contains("?") ? "&" : "?") + "wait=true" }
    var exchange = web.exchange("POST", address)
    exchange.body = body(of: message)
    exchange.secrets = WebText.secrets(of: url)
    let type =
      template == .event ? "application/cloudevents+json; charset=utf-8" : "application/json"
    exchange.headers = [("Content-Type", type)]
    if let secret {
      exchange.headers += secret.headers(
        id: message.id, time: message.time, body: exchange.body)
    }
    note("POST of \(exchange.body.count) bytes to \(host)")
    let answer = exchange.perform()
    if var failure = answer.failure() {
      if answer.json?["retry_after"] != nil, failure.retryAfter == nil {
        failure.retryAfter = .seconds(5)
      }
      return .failed(failure)
    }
    note("answered \(answer.status)")
    return .delivered(reference: answer.json?["id"]?.string)
  }

  /// The address without what is secret in it.
  private var host: String {
    url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }

  // MARK: - Bodies

  func body(of message: ChannelMessage) -> [UInt8] {
    switch template {
    case .event: Array(Self.event(message).text.utf8)
    case .discord: Array(Self.discord(message).text.utf8)
    case .teams: Array(Self.teams(message).text.utf8)
    case .mattermost: Array(Self.mattermost(message).text.utf8)
    case .own(let text): Array(Self.filled(text, with: message).utf8)
    }
  }

  private static func event(_ message: ChannelMessage) -> JSON {
    .object([
      "specversion": "1.0", "id": .string(message.id), "source": "muster",
      "type": .string("muster.\(message.kind)"), "time": .string(message.time.rfc3339),
      "subject": .string(message.incident), "datacontenttype": "application/json",
      "data": .object([
        "incident": .string(message.incident), "title": .string(message.title),
        "text": .string(message.text), "severity": .text(message.severity),
        "status": .text(message.status), "to": .text(message.address),
      ]),
    ])
  }

  private static func discord(_ message: ChannelMessage) -> JSON {
    .object([
      "content": .string(
        WebText.escaped(
          #"\`*_~|[]#<>@"#, in: "\(message.title)\n\n\(message.text)".shortened(to: 1500)
        ).shortened(to: 1990)),
      "allowed_mentions": .object(["parse": .array([])]),
    ])
  }

  private static func teams(_ message: ChannelMessage) -> JSON {
    // Of runs of text nothing is read as markup, unlike in a plain block.
    func block(_ text: String, isTitle: Bool) -> JSON {
      .object([
        "type": "RichTextBlock",
        "inlines": .array([
          .object([
            "type": "TextRun", "text": .string(text), "weight": isTitle ? "Bolder" : nil,
          ])
        ]),
      ])
    }
    let paragraphs = message.text.shortened(to: 9000).split(separator: "\n").map(String.init)
    let card = JSON.object([
      "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
      "version": "1.2",
      "body": .array(
        [block(message.title, isTitle: true)] + paragraphs.map { block($0, isTitle: false) }),
    ])
    return .object([
      "type": "message",
      "attachments": .array([
        .object([
          "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null,
          "content": card,
        ])
      ]),
    ])
  }

  private static func mattermost(_ message: ChannelMessage) -> JSON {
    let words = "\(message.title)\n\n\(message.text)".shortened(to: 8000)
    let plain = WebText.escaped(#"\`*_~|[]#>"#, in: WebText.withoutMentions(words))
    return .object(["text": .string(plain.shortened(to: 16_000))])
  }

  static func filled(_ template: String, with message: ChannelMessage) -> String {
    let values = [
      ("id", message.id), ("time", message.time.rfc3339), ("title", message.title),
      ("text", message.text), ("incident", message.incident), ("severity", message.severity ?? ""),
      ("status", message.status ?? ""), ("to", message.address ?? ""), ("kind", message.kind),
    ]
    var filled = ""
    var rest = template[...]
    while let open = rest.firstRange(of: "{{") {
      filled += rest[..<open.lowerBound]
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
        rest = rest[open.lowerBound...]
        break
      }
      let name = rest[open.upperBound..<close.lowerBound].filter { $0 != " " }
      let value = values.first { $0.0 == name }?.1
      // The inside of a JSON text: what somebody typed can end it nowhere.
      filled += value.map { String(JSON.string($0).text.dropFirst().dropLast()) } ?? ""
      rest = rest[close.upperBound...]
    }
    return filled + rest
  }
}
