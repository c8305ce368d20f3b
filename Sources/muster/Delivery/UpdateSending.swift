import Documents
import Dashboard
import Engine
import EventLog
import Runtime
import Terminal
import Wording

/// Takes an update that was just recorded to where it is to go, and records what came of it.
struct UpdateSending: ~Copyable {
  private let places: Destinations
  private let file: UpdateFile?
  private let deliverer: Deliverer

  /// Opens the file that was asked for, before anything is recorded.
  init(_ places: Destinations, in session: RecordingSession) throws(Failure) {
    self.places = places
    deliverer = .own(in: session.store.home, source: session.author.source)
    if let path = places.file {
      file = try UpdateFile(path, appending: places.appends)
    } else {
      file = nil
    }
  }

  /// Takes back what was prepared for an update that was not recorded.
  consuming func withdraw() { file?.withdraw() }

  /// How long another process that tries the same target is waited for.
  private static let patience: Duration = .seconds(15)

  /// Delivers the update and returns the targets that were not reached.
  consuming func deliver(
    _ event: RecordedEvent, in session: inout RecordingSession, tells: Bool
  ) throws(Failure) -> [String] {
    var missing: [String] = []
    func note(_ target: String, _ error: String?, _ outlook: String) {
      if let error {
        missing.append(target)
        Output.complain("NOT DELIVERED to \(target): \(error)\(outlook)")
      } else if tells {
        Output.remark("delivered to \(target)")
      }
    }
    if let file {
      let target = "file \(file.path)"
      if let order = session.incident.order(for: event, to: target) {
        let error = file.write(order)
        try session.record(order, error)
        note(target, error, "; the text is on standard output")
      }
    }
    if places.copies, let order = session.incident.order(for: event, to: "clipboard") {
      let result = CopyResult.copyingFromShell(order.harmlessText)
      let error = result.isFailure ? result.sentence : nil
      try session.record(order, error)
      if let error { note("clipboard", error, "; the text is on standard output") }
      if error == nil, tells { Output.remark(result.promise) }
    }
    for way in places.ways {
      if DeliveryWay.server(of: way) != nil {
        note(
          way, try Self.waitForAgent(event.sequence, way, &session), "; the agent goes on trying")
        continue
      }
      switch try Self.deliver(event.sequence, by: way, deliverer, &session) {
      case .arrived: note(way, nil, "")
      case .missing(let error, let outlook): note(way, error, outlook)
      }
    }
    return missing
  }

  private enum Attempt {
    case arrived
    /// Not there, and what becomes of it.
    case missing(String, outlook: String)
  }

  /// Delivers an update by a command of one's own, unless another process does or did.
  private static func deliver(
    _ update: Int, by way: String, _ deliverer: Deliverer, _ session: inout RecordingSession
  ) throws(Failure) -> Attempt {
    let delivering = Delivering(incident: session.id, update: update, target: way)
    switch deliverer.attempt(delivering, patience: patience) {
    case .delivered: return .arrived
    case .failed(let error): return .missing(error, outlook: outlook)
    case .notRecorded(let outcome):
      let error = outcome.failure(session.clock, at: session.id)?.message ?? ""
      return .missing("attempted, but the result is not recorded yet: \(error)", outlook: "")
    case .unreadable(let error): throw Failure(error)
    case .busy: return .missing("another process is delivering it", outlook: outlook)
    case .nothingToDo:
      // Another process has already tried; the outcome is in the log.
      guard let state = try session.dispatch(of: update, to: way) else { return .arrived }
      if state.isWithheld {
        let words = state.words(at: session.clock.now, in: session.clock.zone)
        return .missing(words, outlook: "")
      }
      return state.isMissing ? .missing(state.error ?? "not yet", outlook: outlook) : .arrived
    }
  }

  /// How long the agent is waited for.
  private static let agentPatience: Duration = .seconds(10)

  /// Waits for what an agent makes of an update; why it is not there, nil where it is.
  private static func waitForAgent(
    _ update: Int, _ way: String, _ session: inout RecordingSession
  ) throws(Failure) -> String? {
    let follower = try session.store.follower(of: session.id)
    let limit = WallClock.now + agentPatience
    while true {
      _ = follower.changed()
      let dispatch = try session.dispatch(of: update, to: way)
      guard let dispatch, dispatch.isMissing else { return nil }
      if let error = dispatch.error { return error }
      let now = WallClock.now
      guard now < limit else { return "the agent has said nothing of it yet" }
      _ = SystemTime().wait(
        for: [follower.descriptor].compactMap(\.self), until: min(limit, now + .seconds(1)))
    }
  }

  private static let outlook =
    "; next attempt in \(Dispatch.wait(afterFailure: 1).components.seconds) s, then at growing "
    + "intervals, while your console, agent or 'muster deliver --wait' runs"
}

extension CopyResult {
  fileprivate var isFailure: Bool {
    switch self {
    case .inTmux, .sent: false
    case .tooLong, .impossible: true
    }
  }

  /// What is known and what is not.
  fileprivate var promise: String {
    self == .sent ? "\(sentence); the terminal does not confirm it" : sentence
  }
}

extension RecordingSession {
  /// Records what came of an order.
  fileprivate mutating func record(_ order: DeliveryOrder, _ error: String?) throws(Failure) {
    _ = try record(occurred: nil) { _, _ throws(Failure) in order.outcome(error: error) }
  }

  fileprivate mutating func dispatch(
    of update: Int, to target: String
  ) throws(Failure) -> Dispatch? {
    try refresh().dispatches(at: WallClock.now).first {
      $0.update == update && $0.target == target
    }
  }
}
