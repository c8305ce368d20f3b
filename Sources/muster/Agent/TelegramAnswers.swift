import Engine
import Glibc
import Integrations
import Procedures
import Runtime
import Synchronization

/// Takes what people answer in Telegram, by long polling: no server of ours has to be reached from outside.
final class TelegramAnswers: AgentService {
  private let book: AnswerBook
  private let home: String
  private let journal: AgentJournal
  /// What polls at this moment; each ends by itself once it is not the one any more.
  private let pollers = Mutex<[String: Poller]>([:])

  init(_ book: AnswerBook, home: String, _ journal: AgentJournal) {
    (self.book, self.home, self.journal) = (book, home, journal)
  }

  func begin(_ settings: AgentSettings) { _ = use(settings) }

  func use(_ settings: AgentSettings) -> [String] {
    let channels = settings.channels
    var wanted: [String: (TelegramChannel, ChannelConfiguration)] = [:]
    for one in settings.agent.channels where one.kind == .telegram && !one.senders.isEmpty {
      guard let channel = channels.channels[one.name] as? TelegramChannel else { continue }
      wanted[one.name] = (channel, one)
    }
    return pollers.withLock { pollers in
      for poller in pollers.values { poller.isOver.store(true, ordering: .relaxed) }
      pollers = [:]
      var problems: [String] = []
      for (name, (channel, configuration)) in wanted {
        let poller = Poller(channel, configuration, book, home: home, journal)
        pollers[name] = poller
        do throws(SystemTrouble) {
          let worker = try Worker { poller.run() }
          worker.detach()
        } catch { problems.append("\(name): answers are not taken: \(error.description)") }
      }
      return problems
    }
  }

  func end() {
    pollers.withLock { pollers in
      for poller in pollers.values { poller.isOver.store(true, ordering: .relaxed) }
    }
  }
}

/// Polls for one bot.
private final class Poller: Sendable {
  let isOver = Atomic(false)
  private let channel: TelegramChannel
  private let settings: ChannelConfiguration
  private let book: AnswerBook
  private let home: String
  private let journal: AgentJournal

  init(
    _ channel: TelegramChannel, _ settings: ChannelConfiguration, _ book: AnswerBook,
    home: String, _ journal: AgentJournal
  ) {
    (self.channel, self.settings, self.book) = (channel, settings, book)
    (self.home, self.journal) = (home, journal)
  }

  /// How long the server may keep us waiting for an answer.
  private static let patience = Duration.seconds(25)

  /// Words that are older than this do nothing: who wrote them meant what was so then.
  static let longestAge = Duration.minutes(5)

  func run() {
    var offset: Int64?
    var failures = 0
    while !isOver.load(ordering: .relaxed) {
      switch channel.updates(after: offset, patience: Self.patience) {
      case .success(let updates):
        if failures > 0 { journal.line("\(settings.name): answers are taken again") }
        failures = 0
        for update in updates {
          guard !isOver.load(ordering: .relaxed) else { return }
          take(update)
          offset = max(offset ?? 0, update.number)
        }
      case .failure(let failure):
        failures += 1
        if failures == 1 {
          journal.line("\(settings.name): answers are NOT taken: \(failure.text)")
        }
        let wait = failure.retryAfter ?? min(.seconds(60), Dispatch.wait(afterFailure: failures))
        _ = poll(nil, 0, Int32(clamping: wait.wholeMilliseconds))
      }
    }
  }

  private func take(_ update: TelegramUpdate) {
    guard update.what != .other else { return }
    guard let person = sender(of: update) else { return }
    let answering = Answering(home: home, way: "telegram")
    let event = "\(settings.name)/\(update.number)"
    switch update.what {
    case .pressed(let query, let token): press(token, query, update, person, answering, event)
    case .words(let words):
      let age = WallClock.now - Timestamp(milliseconds: (update.date ?? 0) * 1000)
      let reply: Answering.Reply
      if age > Self.longestAge {
        reply = .init(
          text: "That was written \(InstantText.span(age)) ago and does nothing now; write it "
            + "again if it still holds.", isDone: false)
      } else {
        reply = answering.take(words, by: person, event: event)
      }
      journal.line("\(settings.name): \(person) wrote: \(reply.text)")
      if let chat = update.chat { note(channel.reply(reply.text, in: chat, to: update.message)) }
    case .other: return
    }
  }

  private func press(
    _ token: String, _ query: String, _ update: TelegramUpdate, _ person: String,
    _ answering: Answering, _ event: String
  ) {
    guard let answer = book.answer(token) else {
      return note(channel.answer(query, "That button is not known any more; nothing was done."))
    }
    guard answer.person.lowercased() == person.lowercased() else {
      journal.line("\(settings.name): refused: \(person) pressed a button of \(answer.person)")
      return note(channel.answer(query, "That button is for \(answer.person); nothing was done."))
    }
    let reply = answering.take(answer, event: event)
    journal.line("\(answer.incident): \(person) by \(settings.name): \(reply.text)")
    note(channel.answer(query, reply.text))
    if let chat = update.chat, let message = update.message {
      note(channel.removeButtons(of: message, in: chat))
      note(channel.reply(reply.text, in: chat, to: message))
    }
  }

  /// The person that a sender is, where sender and chat are listed.
  private func sender(of update: TelegramUpdate) -> String? {
    func refused(_ why: String) -> String? {
      journal.line("\(settings.name): refused: \(why)")
      return nil
    }
    guard !update.isForwarded else { return refused("a forwarded message") }
    guard let sender = update.sender else { return refused("a channel or an anonymous sender") }
    guard let person = settings.senders.first(where: { $0.value == sender })?.key else {
      return refused("the sender \(sender) is not listed")
    }
    let chats = settings.lists["chats"] ?? []
    // A chat with a person alone has the person's own number.
    guard let chat = update.chat, chat == sender || chats.contains("\(chat)") else {
      return refused("the chat of \(person) is not listed")
    }
    return person
  }

  private func note(_ failure: ChannelFailure?) {
    if let failure { journal.line("\(settings.name): \(failure.text)") }
  }
}
