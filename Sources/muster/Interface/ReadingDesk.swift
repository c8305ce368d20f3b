import Documents
import Engine
import EventLog
import Listener

/// Answers what is asked about incidents over HTTP: each the same as the verb prints with `--json`.
struct ReadingDesk {
  private let store: StoreAccess
  private let counters: InterfaceCounters

  init(home: String, counters: InterfaceCounters) {
    store = StoreAccess(StorePlace(home: home))
    self.counters = counters
  }

  /// Entries of a log that one answer holds at most, and as many as it holds where nothing is said.
  private static let mostEntries = 10_000

  func answer(_ route: Route, connections: Int) -> Response {
    do throws(Failure) {
      switch route {
      case .incidents(let all):
        return .json(200, try ListCommand.json(of: store, all ? .all : .open))
      case .incident(let id): return .json(200, try session(id).report().json)
      case .log(let id, let last): return try log(id, last)
      case .brief(let id): return .json(200, try brief(id).json)
      case .page(let id): return try page(id)
      case .ready: return ready
      case .firing(let all): return .json(200, try AlertBoard(store).json(all: all))
      case .metrics:
        let page = counters.page(
          open: try store.openIDs().count, connections: connections, at: WallClock.now)
        return .text(200, page, "text/plain; version=0.0.4; charset=utf-8")
      case .openAPI: return .text(200, InterfaceDescription.text, "application/json")
      default: return .error(404, "there is nothing here")
      }
    } catch {
      return .error(error.status == .notNow || error.status == .usage ? 404 : 503, error.message)
    }
  }

  private func session(_ id: String) throws(Failure) -> ReadingSession {
    guard try store.contains(id) else { throw Failure(.notNow, "there is no incident \(id)") }
    return try ReadingSession(store, id)
  }

  private func brief(_ id: String) throws(Failure) -> BriefReport {
    let session = try session(id)
    return BriefReport(of: session.source, situation: try session.report())
  }

  private func log(_ id: String, _ last: Int?) throws(Failure) -> Response {
    let session = try session(id)
    let count = min(max(last ?? Self.mostEntries, 1), Self.mostEntries)
    let entries = try session.newestEntries(count)
    let lines = entries.map { Output.harmless($0.json.text) + "\n" }
    return .text(200, lines.joined(), "application/x-ndjson")
  }

  /// Whether work can be done: alerts are written, and there is nothing that says a store cannot be.
  private var ready: Response {
    let numbers = counters.present
    let trouble = store.trouble
    var problems = [numbers.failure, trouble.settings].compactMap { $0 }
    problems += trouble.store.unsynced.keys.sorted().map { "unsynced: \($0)" }
    return .json(
      numbers.failure == nil && trouble.store.unsynced.isEmpty ? 200 : 503,
      .object([
        "ready": .bool(problems.isEmpty), "problems": .array(problems.map { .string($0) }),
        "settings": .text(numbers.trouble ?? trouble.agent.trouble),
      ]))
  }

  // MARK: - For a browser

  private func page(_ id: String?) throws(Failure) -> Response {
    let open = try store.openIDs()
    if let id = id ?? (open.count == 1 ? open.first : nil) {
      return .text(200, try brief(id).html, "text/html; charset=utf-8")
    }
    var items = ""
    for id in open {
      items += "<li><a href=\"/?incident=\(Harmless.html(id))\">\(Harmless.html(id))</a></li>"
    }
    let body = open.isEmpty ? "<p>No incident is open.</p>" : "<ul>\(items)</ul>"
    return .text(
      200,
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Muster</title></head>"
        + "<body><main><h1>Open incidents</h1>\(body)</main></body></html>\n",
      "text/html; charset=utf-8")
  }
}
