import Engine

/// Calls and short messages by Twilio.
package struct TwilioChannel: Channel {
  private let account: String
  private let token: String
  private let from: String
  private let calls: Bool
  private let url: String
  private let web: WebSettings

  package init(
    account: String, token: String, from: String, calls: Bool, url: String?, web: WebSettings
  ) {
    (self.account, self.token, self.from, self.calls) = (account, token, from, calls)
    self.url = url ?? "https://api.twilio.com"
    self.web = web
  }

  package var isIdempotent: Bool { false }

  package func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    guard let number = message.address else {
      return .failed(ChannelFailure("no number is known", isFinal: true))
    }
    var form = [("To", number), ("From", from)]
    if calls {
      form.append(("Twiml", Self.spoken(message)))
    } else {
      form.append(("Body", message.text.shortened(to: 1500)))
    }
    let what = calls ? "Calls" : "Messages"
    let address =
      "\(url)/2010-04-01/Accounts/\(WebText.percentEncoded(account))/\(what).json"
    var exchange = web.exchange("POST", address)
    exchange.user = account
    exchange.password = token
    exchange.headers = [("Content-Type", "application/x-www-form-urlencoded")]
    exchange.body = Array(WebText.form(form).utf8)
    note("\(calls ? "call" : "message") to \(number) at \(url)")
    let answer = exchange.perform()
    let said = answer.json.flatMap { json in
      json["message"]?.string.map { "\(json["code"]?.integer ?? 0) \($0)" }
    }
    if let failure = answer.failure(said) { return .failed(failure) }
    note("answered \(answer.status): \(answer.json?["status"]?.string ?? "taken")")
    return .delivered(reference: answer.json?["sid"]?.string)
  }

  /// What a voice says twice, as one may not be awake the first time.
  private static func spoken(_ message: ChannelMessage) -> String {
    // Every sign that is escaped takes up to six; the whole may have 4000.
    let plain = (message.title + ". " + message.text).shortened(to: 600)
    let words = WebText.xmlEscaped(plain.filter { !"<>&\"".contains($0) })
    return "<Response><Say>\(words)</Say><Pause length=\"2\"/><Say>\(words)</Say></Response>"
  }
}
