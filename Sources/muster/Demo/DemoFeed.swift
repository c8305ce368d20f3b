import Engine
import EventLog
import Glibc

/// Writes the scripted incident into a store, through the same decisions and the same log as everything else.
struct DemoFeed {
  let store: StoreAccess
  let speed: Double

  /// Declares, and records line by line until the script is over.
  func run() throws(Failure) {
    let start = WallClock.now
    let detected = start - DemoScript.lead(speed: speed)
    let chosen = try ProcedureChoice(store: store).forDeclaring("standard")
    var declaration = Declaration(
      id: "", title: DemoScript.title, severity: DemoScript.severity, detected: detected,
      started: detected - .minutes(2), procedure: chosen.procedure)
    declaration.document = chosen.document
    let receipt = try store.declare(
      declaration, author: Author(actor: "kai", source: Self.source))
    let id = receipt.incident.id
    var sessions: [String: RecordingSession] = [:]
    for line in DemoScript.lines {
      wait(until: start + .milliseconds(Int64(Double(line.at) * 1000 / speed)))
      var session: RecordingSession
      if let kept = sessions.removeValue(forKey: line.actor) {
        session = kept
      } else {
        session = try begin(id, line.actor)
      }
      defer { sessions[line.actor] = session }
      do throws(Failure) {
        _ = try session.record(
          occurred: line.afterDetection.map { detected + .seconds($0) }
        ) { (_, _) throws(Failure) in line.command }
      } catch {
        // Whoever watches may have done it first; the story goes on.
        guard error.status == .notNow || error.status == .usage else { throw error }
      }
    }
  }

  private func begin(_ id: String, _ actor: String) throws(Failure) -> RecordingSession {
    try RecordingSession(
      store: store, log: try store.log(of: id), actor: actor, at: nil,
      source: Self.source)
  }

  private static let source = "demo"

  private func wait(until instant: Timestamp) {
    while true {
      let rest = (instant - WallClock.now).wholeMilliseconds
      if rest <= 0 { return }
      _ = poll(nil, 0, Int32(clamping: rest))
    }
  }
}
