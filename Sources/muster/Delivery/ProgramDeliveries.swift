import Engine
import EventLog
import Procedures
import Runtime
import Synchronization

/// Deliveries by the commands of a person's own configuration, recorded in the logs of a store.
struct ProgramDeliveries: DeliveryGround {
  let home: String
  /// The source recorded for the outcomes of deliveries.
  let source: String

  /// Whose configuration names the commands: of this process.
  static var login: String { "\(Login.name)@\(Login.host)" }

  /// Set where commands under way are to be stopped: somebody waits for the end of the program.
  static let isEnding = Atomic(false)

  func claim(
    _ target: String, of incident: String, patience: Duration
  ) throws(DeliveryBusy) -> (any DeliveryClaim)? {
    do throws(DeliveryLock.Refusal) {
      return try DeliveryLock(target, of: incident, in: home, patience: patience)
    } catch .busy {
      throw DeliveryBusy()
    } catch { return nil }
  }

  /// Opened anew for each attempt: settings and spool are those of the moment, and of the thread that asks.
  private func store() -> StoreAccess { StoreAccess(StorePlace(home: home)) }

  func commands(for id: String) throws(LogError) -> CommandRecorder {
    let store = store()
    store.offerSpool()
    return CommandRecorder(
      try FoldedLog(of: id, in: store.store),
      by: Author(actor: "muster", source: source), recorder: store.recorder, time: SystemTime(),
      didRecord: { store.hint($0, after: $1.kind) })
  }

  func kept() -> [SpoolEntry] { store().recorder.kept }

  func run(_ order: DeliveryOrder, isInterrupted: () -> Bool) -> DeliveryEnd {
    let command = store().deliveries.first { $0.name == order.target }
    guard let command else {
      return DeliveryEnd(error: "your config.yaml has no delivery “\(order.target)”")
    }
    return withoutActuallyEscaping(isInterrupted) { isInterrupted in
      DeliveryEnd(
        error: DeliveryProgram(
          command: command.command, timeout: .seconds(command.timeout),
          isInterrupted: isInterrupted
        ).run(order))
    }
  }

  func shielded<Result>(_ attempt: (_ isInterrupted: () -> Bool) -> Result) -> Result {
    let shield = SignalShield()
    defer { shield.lower() }
    return attempt { shield.hasPending || Self.isEnding.load(ordering: .relaxed) }
  }
}

extension Deliverer {
  /// For the person at the keyboard, by their own configuration.
  static func own(in home: String, source: String, takesOver: Bool = false) -> Deliverer {
    Deliverer(
      ProgramDeliveries(home: home, source: source), login: ProgramDeliveries.login,
      takesOver: takesOver, time: SystemTime())
  }
}

extension StoreAccess {
  /// The commands of the person's own configuration, where this store may deliver at all.
  var deliveries: [UserConfiguration.Delivery] { settings.delivers ? user.deliveries : [] }

  var deliveryWays: [DeliveryWay] {
    deliveries.map { DeliveryWay(name: $0.name, audiences: $0.audiences) } + agentWays
  }

  /// The channels by which an agent that is there sends updates.
  private var agentWays: [DeliveryWay] {
    guard settings.delivers, !place.isDrills else { return [] }
    let presence = FileStore(home: place.home).agentPresence
    guard presence.isRunning, let state = presence.state else { return [] }
    return state.audiences.sorted { $0.key < $1.key }.map {
      DeliveryWay(name: DeliveryWay.agentPrefix + $0.key, audiences: $0.value)
    }
  }
}

extension CommandRecorder.Outcome {
  /// Why something is not in the log for certain; nil where it is.
  func failure(_ clock: LocalClock, at place: String) -> Failure? {
    switch self {
    case .recorded, .present: nil
    case .rejected(let rejection, let now): Failure(rejection, in: clock.zone, at: now)
    case .unreadable(let error): Failure(error)
    case .lost(let recorded): Failure(recorded)
    case .contended:
      Failure(.worldFailed, "NOT RECORDED: \(place) kept changing while it was read; try again")
    }
  }
}
