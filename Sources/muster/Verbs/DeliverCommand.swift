import ArgumentParser
import Dashboard
import Documents
import Engine
import EventLog
import Glibc
import Runtime
import Wording

struct DeliverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver", abstract: "Retry undelivered updates.",
    discussion: """
      Tries each of your missing deliveries once now, also those given up. With --wait, retries them with \
      back-off, as a console does, until all are delivered or given up. Deliveries that belong to another \
      login or host are only listed, unless --take-over is given.

      Example: muster deliver
      Example: muster deliver --wait --json
      """)

  @OptionGroup var target: IncidentOptions
  @Flag(name: .long, help: "Wait until everything is delivered or given up.") var wait = false
  @Flag(help: "Also deliver those of another login or host, by commands of the same names.")
  var takeOver = false
  @Flag(name: .long, help: "Print the result as JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: target.store.home)
    let (choice, log) = try IncidentChoice(store: store, typed: target.incident).forRecording()
    let id = choice.id
    try log.refresh(at: WallClock.now)
    guard log.incident.declaration != nil else {
      throw Failure(.notNow, "\(log.place) has no declaration")
    }
    if log.incident.isDrill { throw Failure(.notNow, "a drill delivers nothing") }
    let before = dispatches(in: log, where: \.isUntold)
    if before.isEmpty, !json { return try Output.line("no update is undelivered") }
    let deliverer = Deliverer.own(in: store.home, source: Login.source, takesOver: takeOver)
    for dispatch in before where dispatch.isMissing && isOwn(dispatch) {
      try attempt(dispatch, of: id, by: deliverer, isAsked: true)
    }
    try log.refresh(at: WallClock.now)
    if wait { try stay(log, id, deliverer) }
    try tell(before, log)
  }

  private func isOwn(_ dispatch: Dispatch) -> Bool { takeOver || dispatch.isOwn }

  private func dispatches(
    in log: FoldedLog, where isMeant: (Dispatch) -> Bool
  ) -> [Dispatch] {
    log.incident.dispatches(at: WallClock.now).filter(isMeant)
  }

  private func attempt(
    _ dispatch: Dispatch, of id: String, by deliverer: Deliverer, isAsked: Bool
  ) throws(Failure) {
    let delivering = Delivering(incident: id, update: dispatch.update, target: dispatch.target)
    let outcome = deliverer.attempt(
      delivering, isAsked: isAsked, patience: isAsked ? .seconds(15) : .zero)
    switch outcome {
    case .notRecorded(let outcome):
      let error = outcome.failure(LocalClock(), at: id)?.message ?? ""
      throw Failure(.worldFailed, "\(dispatch.name) was attempted; result not recorded: \(error)")
    case .unreadable(let error): throw Failure(error)
    case .delivered, .failed, .nothingToDo, .busy: return
    }
  }

  /// Tries what falls due until nothing of ours does any more.
  private func stay(
    _ log: FoldedLog, _ id: String, _ deliverer: Deliverer
  ) throws(Failure) {
    while true {
      let now = WallClock.now
      let own = dispatches(in: log) { isOwn($0) && $0.due != nil }
      guard let next = own.compactMap(\.due).min() else { return }
      if next > now {
        _ = poll(nil, 0, Int32(clamping: min(1000, next.milliseconds - now.milliseconds)))
      }
      for dispatch in own where dispatch.isDue(at: WallClock.now) {
        try attempt(dispatch, of: id, by: deliverer, isAsked: false)
      }
      try log.refresh(at: WallClock.now)
    }
  }

  private func tell(_ before: [Dispatch], _ log: FoldedLog) throws {
    let now = WallClock.now
    let zone = LocalClock().zone
    let after = log.incident.dispatches(at: now).filter { dispatch in
      before.contains { $0.update == dispatch.update && $0.target == dispatch.target }
    }
    if json {
      try Output.json(.array(after.map(\.json)))
    } else {
      try Output.lines(
        after.map { dispatch in
          let whose = dispatch.isMissing && !isOwn(dispatch) ? ", belongs to \(dispatch.owner)" : ""
          return "\(dispatch.name): \(dispatch.words(at: now, in: zone))\(whose)"
        })
    }
    if after.contains(where: \.isMissing) { throw ExitCode(Failure.Status.worldFailed.rawValue) }
  }
}

extension Dispatch {
  /// Whether this login's configuration is to deliver it.
  var isOwn: Bool { from == ProgramDeliveries.login }

  var owner: String { from ?? "nobody" }
}
