import ArgumentParser
import Engine
import EventLog
import Integrations
import Procedures
import Runtime

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest", abstract: "Take in alerts as a monitoring system sends them.",
    discussion: """
      Does with a body from a file or standard input what the agent does with one over HTTP: every alert \
      goes to the store's log, and the rules under 'alerts:' in store.yaml say which incident takes it. \
      The same body twice changes nothing.
      Formats: alertmanager, grafana, pagerduty, cloudevents, and generic/NAME for plain, sentry, \
      uptimerobot, uptimekuma, github, gitlab and the 'mappings:' of store.yaml.

      Example: muster ingest alertmanager body.json
      Example: curl -s https://status.example.org/alert.json | muster ingest generic/plain
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("Who sends it.", valueName: "format")) var format: String
  @Argument(
    help: ArgumentHelp("The body; standard input without one.", valueName: "file"),
    completion: .file())
  var file: String?
  @Flag(name: .long, help: "Print what became of it as JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: self.store.home)
    store.offerSpool()
    let ground = StoreAlerts(store)
    let body = try body()
    let reading = try read(body, by: AlertReader(mappings: ground.mappings()))
    if let problem = ground.problem { Output.complain(problem) }
    let desk = AlertDesk(
      store.store, ground: ground, source: Login.source, time: SystemTime())
    let receipt: AlertReceipt
    do throws(LogError) {
      let author = Author(actor: AlertSender.name(format), source: Login.source)
      receipt = try desk.take([AlertArrival(reading, from: format, author: author)])[0]
    } catch {
      throw Failure(.worldFailed, "NOT RECORDED: \(error.description)")
    }
    desk.work()
    let incidents = Set(reading.alerts.compactMap { desk.book.entries[$0.key]?.incident }).sorted()
    for unread in reading.unread { Output.complain("not read: \(unread.reason)") }
    try tell(receipt, ignored: reading.ignored, incidents)
    if let failure = desk.failure {
      throw Failure(
        .worldFailed, "the alerts are recorded, and the rules could not be applied: \(failure.text)"
      )
    }
  }

  private func body() throws(Failure) -> [UInt8] {
    guard let file, file != "-" else {
      return try StandardInput.bytes(limit: AlertReader.bodyLimit)
    }
    do throws(FileProblem) { return try BoundedFile.read(file, limit: AlertReader.bodyLimit) } catch
    {
      throw Failure(.usage, "\(file): \(error.what); \(error.remedy)")
    }
  }

  private func read(_ body: [UInt8], by reader: AlertReader) throws(Failure) -> AlertReading {
    do throws(DeliveryProblem) {
      return try reader.read(InboundDelivery(format: format, body: body))
    } catch {
      if case .unknownFormat = error {
        let guess = NearestMatch.find(format, among: reader.known).map { "; did you mean '\($0)'?" }
        throw Failure(.usage, error.description + (guess ?? ""))
      }
      throw Failure(.usage, "\(file ?? "standard input"): \(error.description)")
    }
  }

  private func tell(
    _ receipt: AlertReceipt, ignored: Int, _ incidents: [String]
  ) throws(Failure) {
    if json {
      return try Output.jsonLine(
        .object([
          "recorded": .whole(receipt.recorded - receipt.unread), "known": .whole(receipt.repeated),
          "unread": .whole(receipt.unread), "ignored": .whole(ignored),
          "incidents": .array(incidents.map { .string($0) }),
        ]))
    }
    var parts = ["\(receipt.recorded) recorded"]
    if receipt.repeated > 0 { parts.append("\(receipt.repeated) known already") }
    if receipt.unread > 0 { parts.append("\(receipt.unread) not read") }
    if ignored > 0 { parts.append("\(ignored) without an alert") }
    let places = incidents.isEmpty ? "" : ": \(incidents.joined(separator: ", "))"
    try Output.line("\(format): \(parts.joined(separator: ", "))\(places)")
  }
}

/// What senders are called in the log.
enum AlertSender {
  /// `sentry` for `generic/sentry`.
  static func name(_ format: String) -> String {
    format.hasPrefix("generic/") ? String(format.dropFirst(8)) : format
  }
}

extension AlertArrival {
  init(_ reading: AlertReading, from sender: String, author: Author) {
    self.init(
      alerts: reading.alerts,
      unread: reading.unread.map {
        Unread(sender: sender, reason: $0.reason, content: $0.content)
      }, author: author)
  }
}
