import Engine
import EventLog
import Synchronization

/// What an agent's interface has done since it began.
final class InterfaceCounters: Sendable {
  struct Numbers: Sendable {
    /// Answers by what was asked for and the status.
    var answers: [Answer: Int] = [:]
    var deliveries = 0
    var recorded = 0
    var repeated = 0
    var unread = 0
    /// Deliveries that wait to be written, and their bytes.
    var waiting = 0
    var waitingBytes = 0
    /// Alerts that fire now, and those of them that no incident has.
    var firing = 0
    var lying = 0
    /// Why the rules cannot be applied, or the settings of before rule.
    var trouble: String?
    /// Why alerts cannot be written.
    var failure: String?
  }

  struct Answer: Hashable, Sendable {
    var what: String
    var status: Int
  }

  let since: Timestamp
  private let numbers = Mutex(Numbers())

  init(since: Timestamp) { self.since = since }

  func update<Result: Sendable>(_ body: (inout sending Numbers) -> sending Result) -> Result {
    numbers.withLock(body)
  }

  var present: Numbers { numbers.withLock { $0 } }

  func note(_ status: Int, of what: String) {
    update { $0.answers[Answer(what: what, status: status), default: 0] += 1 }
  }
}

extension InterfaceCounters {
  /// In the text format that Prometheus reads.
  func page(open: Int, connections: Int, at now: Timestamp) -> String {
    let numbers = present
    var lines: [String] = []
    func metric(_ name: String, _ type: String, _ help: String, _ samples: [(String, Int)]) {
      lines += ["# HELP muster_\(name) \(help)", "# TYPE muster_\(name) \(type)"]
      lines += samples.map { "muster_\(name)\($0.0) \($0.1)" }
    }
    let answers = numbers.answers.sorted {
      ($0.key.what, $0.key.status) < ($1.key.what, $1.key.status)
    }
    metric(
      "http_answers_total", "counter", "Requests answered, by what was asked for and the status.",
      answers.map { ("{what=\"\($0.key.what)\",status=\"\($0.key.status)\"}", $0.value) })
    metric(
      "alert_deliveries_total", "counter", "Bodies of alerts taken in.", [("", numbers.deliveries)])
    metric(
      "alerts_total", "counter", "Alerts taken in, by what became of them.",
      [
        ("{result=\"recorded\"}", numbers.recorded), ("{result=\"known\"}", numbers.repeated),
        ("{result=\"unread\"}", numbers.unread),
      ])
    metric("alerts_firing", "gauge", "Alerts that fire now.", [("", numbers.firing)])
    metric(
      "alerts_without_incident", "gauge", "Alerts that fire and no incident has.",
      [("", numbers.lying)])
    metric(
      "alert_queue_deliveries", "gauge", "Bodies that wait to be written.", [("", numbers.waiting)])
    metric("alert_queue_bytes", "gauge", "Bytes of bodies that wait.", [("", numbers.waitingBytes)])
    metric("incidents_open", "gauge", "Incidents that are not closed.", [("", open)])
    metric("http_connections", "gauge", "Connections that are open.", [("", connections)])
    metric(
      "uptime_seconds", "gauge", "Seconds since the interface began.",
      [("", Int((now - since).wholeSeconds))])
    return lines.joined(separator: "\n") + "\n"
  }
}
