import Engine

/// Messages of a Telegram bot, with buttons to answer by.
package struct TelegramChannel: Channel {
  private let token: String
  private let url: String
  private let web: WebSettings

  /// More characters than this are refused.
  private static let limit = 4000

  package init(token: String, url: String?, web: WebSettings) {
    (self.token, self.web) = (token, web)
    self.url = url ?? "https://api.telegram.org"
  }

  package var isIdempotent: Bool { false }

  package func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    guard let chat = message.address else {
      return .failed(
        ChannelFailure("no chat is known; say one with 'to' in the person's reach", isFinal: true))
    }
    note("sendMessage to chat \(chat)")
    switch sendMessage(message, to: chat) {
    case .delivered(let reference): return .delivered(reference: reference)
    case .failed(let failure): return .failed(failure)
    case .moved(let chat):
      note("the chat is now \(chat); sent there")
      guard case .delivered(let reference) = sendMessage(message, to: chat) else {
        return .failed(ChannelFailure("the chat has moved to \(chat)", isFinal: true))
      }
      return .delivered(reference: reference)
    }
  }

  private enum Sent {
    case delivered(String?)
    case failed(ChannelFailure)
    case moved(String)
  }

  private func sendMessage(_ message: ChannelMessage, to chat: String) -> Sent {
    let rows = message.buttons.map { button in
      JSON.array([
        .object([
          "text": .string(button.label.shortened(to: 60)),
          "callback_data": .string(button.token),
        ])
      ])
    }
    // Without a mode of markup nothing in the words is any.
    let answer = call(
      "sendMessage",
      .object([
        "chat_id": Int64(chat).map(JSON.integer) ?? .string(chat),
        "text": .string(
          WebText.withoutMentions("\(message.title)\n\n\(message.text)").shortened(to: Self.limit)),
        "link_preview_options": .object(["is_disabled": .bool(true)]),
        "disable_notification": .bool(!message.isUrgent),
        "reply_parameters": message.thread.flatMap { Int64($0) }.map {
          .object(["message_id": .integer($0), "allow_sending_without_reply": .bool(true)])
        },
        "reply_markup": rows.isEmpty ? nil : .object(["inline_keyboard": .array(rows)]),
      ]))
    if let moved = answer.json?["parameters"]?["migrate_to_chat_id"]?.integer {
      return .moved("\(moved)")
    }
    if let failure = failure(of: answer) { return .failed(failure) }
    let id = answer.json?["result"]?["message_id"]?.integer
    return .delivered(id.map { "\($0)" })
  }

  // MARK: - What people answer

  /// Waits for what people answered after a number, as long as the server may take; the failure where it does not say.
  package func updates(
    after offset: Int64?, patience: Duration
  ) -> Result<[TelegramUpdate], ChannelFailure> {
    let seconds = patience.components.seconds
    var exchange = exchange(
      "getUpdates",
      .object([
        "offset": .whole(offset.map { Int($0) + 1 }), "limit": 100, "timeout": .integer(seconds),
        "allowed_updates": ["callback_query", "message"],
      ]))
    exchange.limit = .seconds(seconds + 10)
    let answer = exchange.perform()
    if let failure = failure(of: answer) { return .failure(failure) }
    let all = answer.json?["result"]?.array ?? []
    return .success(all.compactMap(TelegramUpdate.init(json:)))
  }

  /// Tells whoever pressed a button what came of it.
  package func answer(_ query: String, _ text: String) -> ChannelFailure? {
    failure(
      of: call(
        "answerCallbackQuery",
        .object(["callback_query_id": .string(query), "text": .string(text.shortened(to: 190))])))
  }

  /// Answers words in a chat.
  package func reply(_ text: String, in chat: Int64, to message: Int64?) -> ChannelFailure? {
    failure(
      of: call(
        "sendMessage",
        .object([
          "chat_id": .integer(chat), "text": .string(text.shortened(to: Self.limit)),
          "reply_parameters": message.map { .object(["message_id": .integer($0)]) },
        ])))
  }

  /// Takes the buttons off a message that was answered.
  package func removeButtons(of message: Int64, in chat: Int64) -> ChannelFailure? {
    let answer = call(
      "editMessageReplyMarkup",
      .object(["chat_id": .integer(chat), "message_id": .integer(message)]))
    let failure = failure(of: answer)
    return failure?.text.contains("not modified") == true ? nil : failure
  }

  /// Who the bot is, for a test.
  package func identity() -> Result<String, ChannelFailure> {
    let answer = call("getMe", .object([JSON.Member]()))
    if let failure = failure(of: answer) { return .failure(failure) }
    return .success(answer.json?["result"]?["username"]?.string ?? "a bot")
  }

  // MARK: - The interface

  private func exchange(_ method: String, _ json: JSON) -> Exchange {
    var exchange = web.exchange("POST", "\(url)/bot\(token)/\(method)")
    exchange.headers = [("Content-Type", "application/json")]
    exchange.body = Array(json.text.utf8)
    // The address has it in it.
    exchange.secrets = [token]
    return exchange
  }

  private func call(_ method: String, _ json: JSON) -> WebAnswer {
    exchange(method, json).perform()
  }

  private func failure(of answer: WebAnswer) -> ChannelFailure? {
    var failure = answer.failure(answer.json?["description"]?.string)
    if failure == nil, answer.json?["ok"]?.bool != true {
      failure = ChannelFailure("the server's answer is none of Telegram", isFinal: false)
    }
    if let seconds = answer.json?["parameters"]?["retry_after"]?.integer {
      failure?.retryAfter = .seconds(min(max(seconds, 1), 3600))
    }
    return failure
  }
}

/// Something that somebody did in a chat with the bot.
package struct TelegramUpdate: Hashable, Sendable {
  package var number: Int64
  /// The numeric id of the account; nil: a channel or an anonymous sender.
  package var sender: Int64?
  package var chat: Int64?
  package var message: Int64?
  /// Seconds since 1970; of words when they were sent, of a button nothing.
  package var date: Int64?
  package var isForwarded = false
  package var what: What

  package enum What: Hashable, Sendable {
    case pressed(query: String, token: String)
    case words(String)
    case other
  }

  init?(json: JSON) {
    guard let number = json["update_id"]?.integer else { return nil }
    self.number = number
    if let query = json["callback_query"] {
      sender = query["from"]?["id"]?.integer
      chat = query["message"]?["chat"]?["id"]?.integer
      message = query["message"]?["message_id"]?.integer
      if let id = query["id"]?.string, let token = query["data"]?.string {
        what = .pressed(query: id, token: token)
      } else {
        what = .other
      }
      return
    }
    guard let words = json["message"] else {
      what = .other
      return
    }
    // Whoever writes in the name of a chat is nobody in particular.
    sender = words["sender_chat"] == nil ? words["from"]?["id"]?.integer : nil
    chat = words["chat"]?["id"]?.integer
    message = words["message_id"]?.integer
    date = words["date"]?.integer
    isForwarded = ["forward_origin", "forward_date", "forward_from", "via_bot"].contains {
      words[$0] != nil
    }
    what = words["text"]?.string.map(What.words) ?? .other
  }
}
