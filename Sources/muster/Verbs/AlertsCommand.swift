import ArgumentParser
import Display
import Documents
import Engine
import EventLog
import Procedures
import Runtime
import Wording

struct AlertsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "List alerts that fire and belong to no incident.",
    discussion: """
      Alerts come in by 'muster ingest' and by the agent; the rules under 'alerts:' in store.yaml say which \
      of them open incidents. Each line says why none has. --all also lists those that incidents have.

      Example: muster alerts
      Example: muster alerts --all --json
      """)

  @OptionGroup var store: StoreOptions
  @Flag(name: .shortAndLong, help: "Include alerts of incidents.") var all = false
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: self.store.home)
    let board = try AlertBoard(store)
    if json { return try Output.json(board.json(all: all)) }
    let rows = board.rows(all: all)
    if board.unread > 0 {
      let (verb, noun) = board.unread == 1 ? ("was", "message") : ("were", "messages")
      Output.remark(
        "\(board.unread) \(noun) of senders \(verb) not read; they are in \(board.path)")
    }
    guard !rows.isEmpty else {
      return Output.remark(
        all
          ? "no alert fires" : "no alert fires that belongs to no incident; --all lists the others")
    }
    let clock = store.clock
    try Output.lines(
      rows.map { row in
        let since = InstantText.short(row.start, in: clock.zone, near: clock.now)
        let severity = TextWidth.fit(row.alert.severity ?? "", to: 10)
        return "\(TextWidth.fit(since, to: 18)) \(severity) \(row.alert.title)  ·  "
          + "\(row.alert.sender)  ·  \(row.place)"
      })
  }
}

/// The alerts of a store that fire now.
struct AlertBoard {
  let path: String
  private let book: AlertBook
  private let rules: [AlertRule]

  struct Row {
    var alert: Alert
    var start: Timestamp
    var count: Int
    var incident: String?
    /// The incident that has it, or why none has.
    var place: String
  }

  init(_ store: StoreAccess) throws(Failure) {
    let desk = AlertDesk(
      store.store, ground: StoreAlerts(store), source: Login.source, time: SystemTime())
    do throws(LogError) { try desk.readOn() } catch { throw Failure(error) }
    (book, rules, path) = (desk.book, store.settings.alerts, store.store.logPath)
  }

  /// Messages that could not be read.
  var unread: Int { book.unreadCount }

  /// Oldest first.
  func rows(all: Bool) -> [Row] {
    book.entries.values.filter { $0.isFiring && (all || $0.incident == nil) }
      .map { entry in
        Row(
          alert: entry.alert, start: entry.alert.start ?? entry.arrived, count: entry.starts,
          incident: entry.incident, place: entry.incident ?? reason(entry.alert))
      }
      .sorted { ($0.start, $0.alert.key) < ($1.start, $1.alert.key) }
  }

  private func reason(_ alert: Alert) -> String {
    guard let rule = rules.first(where: { $0.matches(alert) }) else { return "no rule matches" }
    if rule.expected != nil { return "rule '\(rule.name)' expects it" }
    switch rule.declare {
    case .never: return "rule '\(rule.name)' never declares"
    case .after(let span):
      return "rule '\(rule.name)' declares after \(InstantText.span(span))"
    case .always: return "rule '\(rule.name)' has not been applied yet"
    }
  }

  func json(all: Bool) -> JSON {
    .array(
      rows(all: all).map { row in
        .object([
          "alert": .string(row.alert.key), "title": .string(row.alert.title),
          "severity": .orNull(row.alert.severity), "sender": .string(row.alert.sender),
          "since": .string(row.start.rfc3339), "count": .whole(row.count),
          "incident": .orNull(row.incident),
          "reason": row.incident == nil ? .string(row.place) : .null,
          "url": .orNull(row.alert.url),
          "labels": .object(
            row.alert.labels.sorted { $0.key < $1.key }.map {
              JSON.Member($0.key, .string($0.value))
            }),
        ])
      })
  }
}
