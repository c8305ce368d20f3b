import Engine
import EventLog
import Glibc
import Synchronization
import TestSupport
import Testing

/// What people answer in Telegram, against a stand-in of its servers.
struct AnswerTests {
  private let program: Program
  private let telegram: Telegram

  init() throws {
    program = try Program()
    telegram = try Telegram()
  }

  /// Keeps what the bot sends, and hands over what people do.
  private final class Telegram: Sendable {
    private let state = State()
    private let server: StandIn

    private final class State: Sendable {
      let updates = Mutex<[JSON]>([])
      let sent = Mutex<[(method: String, body: JSON)]>([])
    }

    init() throws {
      let state = state
      server = try StandIn(answer: { Self.reply(to: $0, state) })
    }

    var url: String { server.url }

    func stop() { server.stop() }

    private static func reply(to request: StandIn.Request, _ state: State) -> StandIn.Reply {
      let method = request.line.split(separator: " ")[1].split(separator: "/").last ?? ""
      let body: JSON
      do { body = try JSON(parsing: request.body) } catch { return .status(400, [], "{}") }
      if method != "getUpdates" {
        state.sent.withLock { $0.append((String(method), body)) }
        return .status(200, [], #"{"ok":true,"result":{"message_id":7}}"#)
      }
      let offset = body["offset"]?.integer ?? 0
      // As the real one does, it waits for a while where there is nothing.
      for _ in 0..<20 {
        let fresh = state.updates.withLock { all in
          all.filter { ($0["update_id"]?.integer ?? 0) >= offset }
        }
        if !fresh.isEmpty {
          let result = JSON.object(["ok": .bool(true), "result": .array(fresh)])
          return .status(200, [], result.text)
        }
        usleep(10_000)
      }
      return .status(200, [], #"{"ok":true,"result":[]}"#)
    }

    func post(_ update: JSON) { state.updates.withLock { $0.append(update) } }

    func sent(_ method: String) -> [JSON] {
      state.sent.withLock { all in all.filter { $0.method == method }.map(\.body) }
    }

    /// The token of a button of the first message that has some.
    func token(_ place: Int) -> String? {
      sent("sendMessage").compactMap { $0["reply_markup"]?["inline_keyboard"]?.array }.first?[place]
        .array?.first?["callback_data"]?.string
    }

    func press(_ number: Int64, _ token: String, by sender: Int64 = 42, in chat: Int64 = 42) {
      post(
        .object([
          "update_id": .integer(number),
          "callback_query": .object([
            "id": .string("q\(number)"), "from": .object(["id": .integer(sender)]),
            "data": .string(token),
            "message": .object([
              "message_id": 7, "chat": .object(["id": .integer(chat)]),
            ]),
          ]),
        ]))
    }

    func write(
      _ number: Int64, _ words: String, by sender: Int64 = 42, in chat: Int64 = 42,
      age: Int64 = 0, _ more: JSON.Member...
    ) {
      let message: [JSON.Member] =
        [
          .init("message_id", .integer(100 + number)),
          .init("date", .integer(Int64(time(nil)) - age)), .init("text", .string(words)),
          .init("from", .object(["id": .integer(sender)])),
          .init("chat", .object(["id": .integer(chat)])),
        ] + more
      post(.object(["update_id": .integer(number), "message": .object(message)]))
    }
  }

  private func begin() throws -> (running: Program.Running, id: String) {
    let token = program.folder + "/token"
    try program.write(Array("1:secret\n".utf8), to: token)
    chmod(token, 0o600)
    try program.configure(
      """
      channels:
        telegram:
          url: \(telegram.url)
          token_file: \(token)
          senders: {kai: 42, bo: 44}

      """)
    mkdir(program.store, 0o755)
    try program.write(
      Array(
        """
        people:
          - name: kai
            role: Engineering Lead
            reach: [{channel: telegram, to: 42, wait: 10m}]
          - {name: ines, role: CEO, reach: [{channel: telegram, to: 45}]}

        """.utf8), to: program.store + "/store.yaml")
    let procedure = try program.quickProcedure(
      "level: 1, to: Engineering Lead, after: 1s, unless: resolved",
      "level: 2, to: CEO, after: 1h, unless: resolved")
    let running = try program.start(["agent"])
    let id = try program.declare(
      "db fails", "--procedure", procedure, "--severity", "SEV-1")
    try #require(program.waitUntil { telegram.token(0) != nil })
    return (running, id)
  }

  private func stop(_ running: Program.Running) throws -> String {
    kill(running.process, SIGTERM)
    telegram.stop()
    return try program.finish(running).errors
  }

  private func events(_ kind: String, of id: String) -> [JSON] {
    program.text(program.log(of: id)).split(separator: "\n").compactMap { line in
      do {
        let event = try JSON(parsing: String(line))
        return event["kind"]?.string == kind ? event : nil
      } catch { return nil }
    }
  }

  @Test func `a button takes the call: one event, in the name of whoever it was for`() throws {
    defer { program.remove() }
    let (running, id) = try begin()
    let token = try #require(telegram.token(0))
    #expect(token.utf8.count == 32)
    telegram.press(1, token)
    #expect(program.waitUntil { !telegram.sent("answerCallbackQuery").isEmpty })
    telegram.press(2, token)
    #expect(program.waitUntil { telegram.sent("answerCallbackQuery").count == 2 })
    _ = try stop(running)
    let taken = events("incident.acknowledged", of: id)
    #expect(taken.count == 1)
    #expect(taken.first?["actor"]?.string == "kai" && taken.first?["source"]?.string == "telegram")
    #expect(taken.first?["data"]?["step"]?.string == "engineering-lead")
    #expect(events("escalation.acknowledged", of: id).isEmpty)
    let show = try program.run("show", "-i", id)
    #expect(!show.output.contains("CALL Engineering Lead"))
  }

  @Test func `a button of an episode that is over does nothing, and says so`() throws {
    defer { program.remove() }
    let (running, id) = try begin()
    let token = try #require(telegram.token(0))
    #expect(try program.run("resolve", "-i", id).status == 0)
    #expect(try program.run("reopen", "-i", id, "--reason", "it is back").status == 0)
    let before = events("incident.acknowledged", of: id).count
    telegram.press(1, token)
    #expect(program.waitUntil { !telegram.sent("answerCallbackQuery").isEmpty })
    _ = try stop(running)
    #expect(events("incident.acknowledged", of: id).count == before)
    let said = telegram.sent("answerCallbackQuery").first?["text"]?.string ?? ""
    #expect(said.contains("the incident has begun anew since"), "\(said)")
  }

  @Test func `who cannot calls the next at once`() throws {
    defer { program.remove() }
    let (running, id) = try begin()
    telegram.press(1, try #require(telegram.token(1)))
    #expect(
      program.waitUntil { telegram.sent("sendMessage").contains { $0["chat_id"]?.integer == 45 } })
    _ = try stop(running)
    let called = events("escalation.fired", of: id).compactMap { $0["data"]?["reason"]?.string }
    #expect(called == ["kai cannot"])
  }

  @Test
  func `nobody else takes it, and nothing comes of what is not from a person in a listed chat`()
    throws
  {
    defer { program.remove() }
    let (running, id) = try begin()
    let token = try #require(telegram.token(0))
    telegram.press(1, token, by: 44, in: 44)
    telegram.press(2, token, by: 43, in: 43)
    telegram.press(3, token, by: 42, in: -100)
    telegram.press(4, "0123456789abcdef0123456789abcdef")
    telegram.write(5, "note x", by: 43, in: 43)
    telegram.write(6, "note x", .init("forward_date", 1))
    telegram.write(7, "note x", .init("sender_chat", .object(["id": 9])))
    telegram.write(8, "note real")
    #expect(program.waitUntil { !events("note.added", of: id).isEmpty })
    let errors = try stop(running)
    #expect(events("incident.acknowledged", of: id).isEmpty)
    #expect(events("note.added", of: id).map { $0["data"]?["text"]?.string } == ["real"])
    for words in [
      "refused: bo pressed a button of kai", "refused: the sender 43 is not listed",
      "refused: the chat of kai is not listed", "refused: a forwarded message",
      "refused: a channel or an anonymous sender",
    ] {
      #expect(errors.contains(words))
    }
    #expect(!errors.contains("secret"))
  }

  @Test func `words become what verbs record, old ones nothing, and none of it twice`() throws {
    defer { program.remove() }
    let (running, id) = try begin()
    telegram.write(1, "note too late", age: 301)
    telegram.write(2, "/note all carts are empty")
    telegram.write(3, "what is up?")
    telegram.write(4, "reached Engineering Lead")
    telegram.write(5, "ack")
    #expect(program.waitUntil { !events("incident.acknowledged", of: id).isEmpty })
    // The server hands over again what nobody confirmed before the agent was killed.
    kill(running.process, SIGKILL)
    _ = try program.finish(running)
    let again = try program.start(["agent"])
    telegram.write(6, "note the end")
    #expect(
      program.waitUntil {
        events("note.added", of: id).contains { $0["data"]?["text"]?.string == "the end" }
      })
    _ = try stop(again)
    let notes = events("note.added", of: id).compactMap { $0["data"]?["text"]?.string }
    #expect(notes == ["all carts are empty", "the end"])
    #expect(events("escalation.acknowledged", of: id).map { $0["actor"]?.string } == ["kai"])
    let replies = telegram.sent("sendMessage").compactMap { $0["text"]?.string }
    #expect(replies.contains { $0.contains("does nothing now") })
    #expect(replies.contains { $0.contains("Nothing was recorded") })
  }
}
