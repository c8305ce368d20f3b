import Dashboard
import Engine
import EventLog
import Runtime

/// What a screen needs of the program around it: store, settings, reports, small files.
struct ScreenSurroundings: ScreenGround {
  let place: StorePlace
  /// As typed; nil: as configured.
  let actor: String?
  let theme: ScreenTheme
  /// How the console was left; nil for screens that have nothing to keep.
  let view: KeptView?
  let drafts: KeptDrafts?

  func recording() -> any RecordingGround {
    ScreenRecording(store: StoreAccess(place), actor: actor)
  }

  func lines(
    of report: Report, of incident: String?, from vantage: Vantage?, width: Int
  ) -> [String] {
    ReportMaker(place: place, incident: incident, vantage: vantage, width: width).lines(of: report)
  }

  func document(of incident: String?, from vantage: Vantage?, width: Int) -> DocumentPage {
    DocumentMaker(place: place, incident: incident, vantage: vantage, width: width).page
  }

  func condition() -> (String?) -> StoreCondition {
    let store = StoreAccess(place)
    return { store.condition(of: $0) }
  }

  func told(_ delivering: Delivering, _ outcome: DeliveryWorkers.Outcome) -> Told? {
    let name = "update \(delivering.update) to \(delivering.target)"
    switch outcome {
    case .tried(.delivered): return Told("delivered: \(name)", isError: false)
    case .tried(.failed(let error)):
      return Told("NOT DELIVERED: \(name): \(error)", isError: false)
    case .tried(.notRecorded(let outcome)):
      let failure = outcome.failure(LocalClock(), at: delivering.incident)
      return Told("\(name) was attempted; result not recorded: \(failure?.message ?? "")")
    case .tried(.unreadable(let error)): return Told("\(name): \(error.description)")
    case .tried(.nothingToDo), .tried(.busy): return nil
    case .notBegun(let trouble): return Told("\(name): \(trouble.description)")
    }
  }

  func keep(_ errands: Mailbox<Errand?>, answers: Mailbox<Answer>) {
    var keeper = ErrandKeeper(theme: theme, view: view, drafts: drafts, answers: answers)
    keeper.run(errands)
  }
}

extension Failure {
  init(_ trouble: SystemTrouble) { self.init(.worldFailed, trouble.description) }
}
