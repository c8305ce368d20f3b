import Engine
import EventLog
import Procedures
import Runtime
import Wording

/// What an agent would do about alerts that come in, and about those that lie there.
struct AlertPreview {
  let store: StoreAccess
  let settings: AgentSettings

  func lines() throws(Failure) -> [String] {
    let rules = settings.store.alerts
    guard !rules.isEmpty else {
      return ["alerts that come in open nothing: store.yaml has no rules under 'alerts:'"]
    }
    var lines: [String] = []
    for rule in rules { lines += try self.lines(of: rule) }
    lines.append("alerts that no rule matches lie in the store's log, and nobody is told")
    return lines + (try pending())
  }

  // MARK: - What comes in

  private func lines(of rule: AlertRule) throws(Failure) -> [String] {
    let head = "alerts of the rule '\(rule.name)' (store.yaml:\(rule.line)) "
    if let span = rule.expected {
      return [
        "\(head)are expected every \(InstantText.span(span)); their absence opens an incident"
      ]
        + (try calls(of: rule))
    }
    switch rule.declare {
    case .never: return ["\(head)lie in the store's log, and nobody is told"]
    case .always:
      return ["\(head)open an incident at once\(rule.severityWords)"] + (try calls(of: rule))
    case .after(let span):
      return [
        "\(head)open an incident when they have fired for \(InstantText.span(span))"
          + rule.severityWords
      ] + (try calls(of: rule))
    }
  }

  /// Whom the incident of a rule calls, by the document that it is opened under.
  private func calls(of rule: AlertRule) throws(Failure) -> [String] {
    let named = rule.procedure.map { StoreAlerts.place($0, in: store.home) }
    let chosen = try ProcedureChoice(store: store).forDeclaring(named)
    var lines = chosen.notRead.map { ["  PROCEDURE NOT READ: \($0)"] } ?? []
    let steps = chosen.procedure.escalation
    if steps.isEmpty { lines.append("  \(chosen.procedure.name) calls nobody by itself") }
    for step in steps {
      let receiver = settings.roster.receiver(
        step.to, under: chosen.procedure, at: store.clock.now)
      let severity = step.severity.map { "\($0) " } ?? ""
      let after =
        step.condition.map { "by hand, if \($0)" }
        ?? step.after.map { "\(InstantText.span(.seconds($0))) later" } ?? "by hand"
      lines.append(
        "  \(severity)call of \(step.to), \(after): \(receiver.words(in: settings.roster))")
    }
    return lines
  }

  // MARK: - What lies there

  private func pending() throws(Failure) -> [String] {
    let ground = StoreAlerts(store)
    let desk = AlertDesk(
      store.store, ground: ground, source: Login.source, time: SystemTime())
    do throws(Told) { return try desk.plan().steps.map { $0.words } } catch {
      throw Failure(.worldFailed, error.text)
    }
  }
}

extension AlertRule {
  fileprivate var severityWords: String {
    switch severity {
    case nil: ", its severity unknown"
    case .always(let word): " as \(word)"
    case .label(let label, _, let otherwise):
      ", its severity by the label '\(label)'" + (otherwise.map { ", else \($0)" } ?? "")
    }
  }
}

extension AlertPlan.Step {
  fileprivate var words: String {
    switch self {
    case .record(let alert): "now: notes \(alert.status.rawValue): \(alert.title)"
    case .expect(let rule): "now: begins to expect alerts of the rule '\(rule)'"
    case .assign(let assignment):
      switch assignment.place {
      case .incident(let id): "now: \(assignment.keys.count) alerts join \(id)"
      case .new(let opening):
        "now: opens '\(opening.title)' for \(assignment.keys.count) "
          + (assignment.keys.count == 1 ? "alert" : "alerts")
      }
    case .reopen(let id, let reason, _): "now: reopens \(id): \(reason)"
    case .resolve(let id, _): "now: resolves \(id)"
    case .propose(let id, let text, _): "now: notes in \(id): \(text)"
    }
  }
}
