import ArgumentParser
import Dashboard
import Engine
import EventLog
import Listener
import Runtime
import Wording

/// Records what is asked for over HTTP, in the words of the command line, on a thread of its own.
struct VerbDesk {
  struct Job: Sendable {
    var route: Route
    var token: AccessToken
    var body: [UInt8]
    var reply: Reply
  }

  private let store: StoreAccess
  private var commands: [String: CommandRecorder] = [:]

  init(home: String) { store = StoreAccess(StorePlace(home: home)) }

  /// The parts of a body: `{"words": "rolled back api", "at": "-5m"}`; nothing at all stands for no words.
  private struct Words {
    var line: String

    init(_ verb: String, _ body: [UInt8]) throws(Failure) {
      line = verb
      if body.isEmpty { return }
      let json: JSON
      do throws(JSONError) { json = try JSON(parsing: body[...]) } catch {
        throw Failure(.usage, "no JSON at byte \(error.offset): expected \(error.expected)")
      }
      guard let members = json.members else {
        throw Failure(.usage, "a body is an object with 'words' and, if not now, 'at'")
      }
      for member in members where member.key != "words" && member.key != "at" {
        throw Failure(.usage, "unknown member '\(member.key)'; known: words, at")
      }
      if let at = try Self.text("at", of: json) {
        guard !at.contains("\"") else { throw Failure(.usage, "'\(at)' is no time") }
        line += " --at \"\(at)\""
      }
      if let words = try Self.text("words", of: json) { line += " \(words)" }
    }

    private static func text(_ name: String, of json: JSON) throws(Failure) -> String? {
      guard let value = json[name] else { return nil }
      guard let text = value.string, !text.contains("\0") else {
        throw Failure(.usage, "'\(name)' is no text")
      }
      return text
    }
  }

  mutating func perform(_ job: Job) -> Response {
    store.offerSpool()
    do throws(Failure) {
      switch job.route {
      case .declare:
        return try declare(try Words("declare", job.body).line, job.token)
      case .verb(let verb, let id):
        guard ConsoleReader.records(verb) else {
          return .error(404, "there is no verb '\(AlertText.line(verb, limit: 40))' that records")
        }
        guard try store.contains(id) else { return .error(404, "there is no incident \(id)") }
        return try record(try Words(verb, job.body).line, in: id, job.token)
      default: return .error(404, "there is nothing here")
      }
    } catch {
      return Self.response(to: error)
    }
  }

  private static func response(to failure: Failure) -> Response {
    switch failure.status {
    case .usage: .error(400, failure.message)
    case .no, .notNow: .error(409, failure.message)
    case .unconfirmed: .error(503, failure.message)
    case .worldFailed: .error(failure.isKept ? 202 : 503, failure.message)
    }
  }

  // MARK: - Recording

  private mutating func record(
    _ line: String, in id: String, _ token: AccessToken
  ) throws(Failure) -> Response {
    let recorder = try recorder(of: id, token)
    do throws(LogError) { try recorder.log.readOn(at: WallClock.now) } catch {
      throw Failure(error)
    }
    let incident = recorder.incident
    guard incident.declaration != nil else {
      throw Failure(.notNow, "\(id) holds no declaration")
    }
    guard case .record(let recording) = try typed(line, incident, token) else {
      throw Failure(.usage, "this asks for more than can be said in one request")
    }
    guard recording.actor == nil || recording.actor == token.actor else {
      return .error(403, "the token '\(token.name)' records as \(token.actor ?? "nobody") only")
    }
    var receipts: [JSON] = []
    for command in recording.commands {
      let outcome = recorder.record(occurred: recording.occurred) { _ in command }
      receipts.append(try receipt(outcome, recorder))
    }
    guard receipts.count != 1 else { return .json(200, receipts[0]) }
    let lines = receipts.map { Output.harmless($0.text) + "\n" }
    return .text(200, lines.joined(), "application/x-ndjson")
  }

  private func receipt(
    _ outcome: CommandRecorder.Outcome, _ recorder: CommandRecorder
  ) throws(Failure) -> JSON {
    let clock = store.clock.of(recorder.incident)
    switch outcome {
    case .recorded(let event, _), .present(let event):
      return Receipt(event: event, incident: recorder.incident, clock: clock).json
    case .rejected, .unreadable, .lost, .contended:
      throw outcome.failure(clock, at: recorder.log.place)
        ?? Failure(.worldFailed, "NOT RECORDED")
    }
  }

  private func typed(
    _ line: String, _ incident: Incident?, _ token: AccessToken
  ) throws(Failure) -> TypedCommand {
    let clock = incident.map { store.clock.of($0) } ?? store.clock
    let situation = Situation(
      incident: incident, actor: token.actor ?? "", now: clock.now, zone: clock.zone,
      directory: incident.map { store.directory($0.procedure) }
        ?? Directory(contacts: [], rota: Rota()))
    do throws(CommandProblem) {
      return try ConsoleReader().readVerb(line, in: situation)
    } catch { throw Failure(.usage, error.text) }
  }

  private mutating func recorder(
    of id: String, _ token: AccessToken
  ) throws(Failure) -> CommandRecorder {
    let key = "\(id) \(token.name)"
    if let known = commands[key] { return known }
    if commands.count > 64 { commands = [:] }
    let store = store
    let new = CommandRecorder(
      try store.log(of: id), by: author(token), recorder: store.recorder, time: SystemTime(),
      didRecord: { store.hint($0, after: $1.kind) })
    commands[key] = new
    return new
  }

  private func author(_ token: AccessToken) -> Author {
    Author(actor: token.actor ?? "nobody", source: "http/\(token.name)")
  }

  private func declare(_ line: String, _ token: AccessToken) throws(Failure) -> Response {
    guard case .declare(let title, let severity) = try typed(line, nil, token) else {
      throw Failure(.usage, "declaring takes a title and --severity")
    }
    let chosen = try ProcedureChoice(store: store).forDeclaring(nil)
    let known = StoreAccess.declaredSeverity(severity, in: chosen.procedure)
    var declaration = Declaration(
      id: "", title: title, severity: known.id, procedure: chosen.procedure,
      procedureNotRead: chosen.notRead)
    declaration.document = chosen.document
    return .json(201, try store.declare(declaration, author: author(token)).json)
  }
}

extension ConsoleReader {
  /// Whether a verb records something in one incident.
  static func records(_ verb: String) -> Bool {
    guard let type = verbs.first(where: { $0.name == verb })?.type else { return false }
    return type is any RecordingVerb.Type
      || type.configuration.subcommands.contains { $0 is any RecordingVerb.Type }
  }
}
