import Engine

/// Messages in Slack, by the Web API: one thread, or one channel, for each incident.
package struct SlackChannel: Channel {
  private let token: String
  private let channel: String?
  private let url: String
  private let web: WebSettings

  package init(token: String, channel: String?, url: String?, web: WebSettings) {
    (self.token, self.channel, self.web) = (token, channel, web)
    self.url = url ?? "https://slack.com/api"
  }

  package var isIdempotent: Bool { false }

  package func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    guard let place = message.address ?? channel else {
      return .failed(
        ChannelFailure("no channel: neither the person nor the settings name one", isFinal: true))
    }
    // The reference is the channel and the first message in it: `C123 1700000000.000100`.
    let parts = message.thread?.split(separator: " ").map(String.init) ?? []
    let isSame = parts.count == 2
    note("chat.postMessage to \(isSame ? parts[0] : place)")
    let result = call(
      "chat.postMessage",
      .object([
        "channel": .string(isSame ? parts[0] : place), "text": .string(Self.words(of: message)),
        "thread_ts": isSame ? .string(parts[1]) : nil, "unfurl_links": .bool(false),
        "unfurl_media": .bool(false), "mrkdwn": .bool(false),
      ]))
    switch result {
    case .failure(let failure): return .failed(failure)
    case .success(let json):
      let id = json["channel"]?.string ?? place
      let ts = json["ts"]?.string ?? ""
      note("there: \(id) \(ts)")
      return .delivered(reference: message.thread ?? "\(id) \(ts)")
    }
  }

  /// Puts other words in the place of those of a message that was sent before: nobody is woken by that.
  package func change(_ reference: String, to message: ChannelMessage) -> ChannelFailure? {
    let parts = reference.split(separator: " ").map(String.init)
    guard parts.count == 2 else {
      return ChannelFailure("chat.update: no message is known", isFinal: true)
    }
    let result = call(
      "chat.update",
      .object([
        "channel": .string(parts[0]), "ts": .string(parts[1]),
        "text": .string(Self.words(of: message)),
      ]))
    guard case .failure(let failure) = result else { return nil }
    return failure
  }

  private static func words(of message: ChannelMessage) -> String {
    escaped("\(message.title)\n\n\(message.text)".shortened(to: 12_000))
  }

  /// The channel that a reference of a message names.
  package static func place(of reference: String) -> String {
    reference.split(separator: " ").first.map(String.init) ?? reference
  }

  /// Makes the incident's own channel, with a message that is pinned there; by the message it is known. `note` is told
  /// what does not hold that up.
  package func open(
    _ name: String, with message: ChannelMessage, note: (String) -> Void
  ) -> ChannelOutcome {
    let place: String
    switch open(name) {
    case .success(let id): place = id
    case .failure(let failure): return .failed(failure)
    }
    var message = message
    (message.address, message.thread) = (place, nil)
    let outcome = send(message, note: { _ in })
    guard case .delivered(let reference?) = outcome else { return outcome }
    let parts = reference.split(separator: " ").map(String.init)
    if parts.count == 2, let failure = pin(parts[1], in: parts[0]) {
      note("\(name): the brief is not pinned: \(failure.text)")
    }
    return outcome
  }

  /// Makes the incident's own channel and answers its id; that of the one that is there where the name is taken.
  package func open(_ name: String) -> Result<String, ChannelFailure> {
    switch call("conversations.create", .object(["name": .string(Self.channelName(name))])) {
    case .success(let json):
      return .success(json["channel"]?["id"]?.string ?? Self.channelName(name))
    case .failure(let failure):
      // Made before, by whoever was stopped before that was written down.
      guard failure.text.hasSuffix("name_taken") else { return .failure(failure) }
      return .success(Self.channelName(name))
    }
  }

  package func invite(_ people: [String], to channel: String) -> ChannelFailure? {
    guard !people.isEmpty else { return nil }
    let result = call(
      "conversations.invite",
      .object([
        "channel": .string(channel), "users": .string(people.joined(separator: ",")),
        "force": .bool(true),
      ]))
    guard case .failure(let failure) = result, !failure.text.hasSuffix("already_in_channel") else {
      return nil
    }
    return failure
  }

  /// Pins a message, by channel and time.
  package func pin(_ ts: String, in channel: String) -> ChannelFailure? {
    let result = call(
      "pins.add", .object(["channel": .string(channel), "timestamp": .string(ts)]))
    guard case .failure(let failure) = result, !failure.text.hasSuffix("already_pinned") else {
      return nil
    }
    return failure
  }

  /// Which team and bot the token belongs to, for a test.
  package func identity() -> Result<String, ChannelFailure> {
    call("auth.test", .object([JSON.Member]())).map { json in
      "\(json["user"]?.string ?? "a bot") of \(json["team"]?.string ?? "a team")"
    }
  }

  // MARK: - The interface

  private func call(_ method: String, _ json: JSON) -> Result<JSON, ChannelFailure> {
    let answer = web.post(
      json, to: "\(url)/\(method)", [("Authorization", "Bearer \(token)")])
    if let failure = answer.failure(answer.json?["error"]?.string) { return .failure(failure) }
    guard let value = answer.json else {
      return .failure(ChannelFailure("the server's answer is none of Slack", isFinal: false))
    }
    // Errors come with status 200.
    guard value["ok"]?.bool == true else {
      let error = value["error"]?.string ?? "no reason"
      let passes = ["ratelimited", "internal_error", "fatal_error", "service_unavailable"]
      return .failure(
        ChannelFailure(
          "\(method): \(error)", isFinal: !passes.contains(error), retryAfter: answer.retryAfter))
    }
    return .success(value)
  }

  /// Only these three signs mean anything in plain words there.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Lower-case letters, digits, hyphens and underlines, at most 80.
  package static func channelName(_ text: String) -> String {
    var name = ""
    for character in text.lowercased() where name.utf8.count < 80 {
      if character.isASCII, character.isLetter || character.isNumber || "-_".contains(character) {
        name.append(character)
      } else if character != "#", !name.isEmpty, !name.hasSuffix("-") {
        name.append("-")
      }
    }
    return name.hasSuffix("-") ? String(name.dropLast()) : name
  }
}
