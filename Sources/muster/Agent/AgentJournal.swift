import Engine
import EventLog
import Glibc
import Runtime
import Wording

/// What an agent did, in lines that a person can read, on standard error.
struct AgentJournal {
  /// False under systemd, whose journal adds the time itself.
  private let notesTime = environment("JOURNAL_STREAM") == nil

  func line(_ text: String) {
    Output.remark(notesTime ? "\(WallClock.now.rfc3339) \(text)" : text)
  }

  func tell(_ attended: Attended) {
    switch attended {
    case .recorded(let drafts, let incident):
      for draft in drafts { line("\(incident): recorded: \(draft.words)") }
    case .delivered(let delivering, let outcome):
      guard let words = outcome.words else { return }
      line(
        "\(delivering.incident): update \(delivering.update) to \(delivering.target): \(words)")
    case .told(let end):
      guard let words = end.result.words else { return }
      let order = end.order
      for notice in order.notices {
        line(
          "\(notice.incident): \(order.person.name) by \(order.way.channel): \(words): "
            + notice.headline)
      }
    case .failed(let error): line("CANNOT WORK: \(error.description); tried again in a moment")
    case .recovered: line("works again")
    }
  }
}

extension EventDraft {
  /// The event as a sentence, without the context of its incident.
  fileprivate var words: String {
    switch kind {
    case .escalationFired:
      let late = data.integer("late_seconds") ?? 0
      return "escalation due: call \(data.string("to") ?? data.string("step") ?? "")"
        + (late >= 2 ? ", \(late) s late" : "")
    case .escalationExhausted: return "escalation path exhausted: nobody left to call"
    default: return kind.rawValue
    }
  }
}

extension NotificationResult {
  /// What came of it; nil where nothing did.
  fileprivate var words: String? {
    switch self {
    case .delivered: "told"
    case .failed(let error, let isFinal, _):
      "NOT TOLD (\(error)\(isFinal ? ", for good" : ""))"
    case .nothingToDo: nil
    }
  }
}

extension DeliveryWorkers.Outcome {
  /// The outcome as a sentence; nil if there is nothing to report.
  fileprivate var words: String? {
    switch self {
    case .notBegun(let trouble): "not started: \(trouble.description)"
    case .tried(.delivered): "delivered"
    case .tried(.failed(let error)): "not delivered: \(error)"
    case .tried(.nothingToDo), .tried(.busy): nil
    case .tried(.notRecorded): "attempted, but the result could not be recorded"
    case .tried(.unreadable(let error)): error.description
    }
  }
}
