import Engine

extension Entry {
  /// What an event says, in one sentence or in the words that were typed.
  static func words(
    of event: RecordedEvent, in incident: Incident, zone: TimeZoneRules
  ) -> String {
    let data = event.data
    switch event.kind {
    case .noteAdded, .findingAdded, .hypothesisAdded: return data.string("text") ?? ""
    case .incidentDeclared:
      let title = data.string("title") ?? ""
      return
        "\(incident.isDrill ? "DRILL declared" : "Declared"): \(title) (\(data.string("severity") ?? "severity unknown"))"
    case .incidentAcknowledged: return "Acknowledged"
    case .incidentTriaged: return "Triaged"
    case .incidentReopened: return "Reopened" + because(data.string("reason"))
    case .incidentClosed:
      return "Closed: \(outcome(data.string("outcome")))" + because(data.string("reason"))
    case .severityChanged:
      let from = data.string("from") ?? "unknown"
      return "Severity \(data.string("severity") ?? "") (was \(from))"
        + because(data.string("reason"))
    case .statusChanged: return status(data, in: incident)
    case .milestoneSet:
      let at = data.timestamp("at").map { InstantText.full($0, in: zone) }
      return
        "\(capitalized(data.string("milestone") ?? "")) set to \(at ?? data.string("at") ?? "")"
    case .impactUpdated: return "Impact: \(impact(data))"
    case .phaseEntered:
      return "Phase: \(data.string("title") ?? data.string("phase") ?? "")"
    case .roleAssigned, .roleReleased, .handoverOffered, .handoverAccepted:
      return people(event.kind, data)
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled:
      return checklist(event.kind, data)
    case .decisionMade: return decision(data)
    case .taskAssigned, .taskFinished, .timerStarted, .timerCancelled, .actionAdded, .actionDone:
      return work(event.kind, data)
    case .updateSent, .deliverySucceeded, .deliveryFailed: return outward(event.kind, data)
    case .escalationFired, .escalationAcknowledged, .escalationSnoozed, .escalationExhausted:
      return escalation(event.kind, data)
    case .alertFired: return "Alert: \(data.string("title") ?? data.string("text") ?? "")"
    case .alertResolved:
      return "Alert over: \(data.string("title") ?? data.string("text") ?? "")"
    case .entryCorrected:
      return "Corrected \(data.integer("entry") ?? 0): \(data.string("text") ?? "")"
    case .entryRetracted:
      return "Retracted \(data.integer("entry") ?? 0)" + because(data.string("reason"))
    case .procedureReloaded: return "Procedure reloaded" + changes(data)
    case .postmortemPublished:
      return "Post-mortem \(data.string("what") ?? "") published"
        + (data.string("where").map { ": \($0)" } ?? "")
    case .postmortemWaived:
      return "No post-mortem \(data.string("what") ?? "") is owed" + because(data.string("reason"))
    case .logRepaired: return "Log repaired: an unfinished line was closed off"
    case .damageAccepted: return "Damage accepted" + because(data.string("reason"))
    case .clockStepped: return "Clock stepped by \(data.integer("seconds") ?? 0) s"
    case .unknown: return "\(event.kindName) \(data.json.text)"
    }
  }

  private static func because(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }

  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  private static func outcome(_ raw: String?) -> String {
    (raw ?? "resolved") == "false_alarm" ? "false alarm" : raw ?? "resolved"
  }

  private static func status(_ data: EventData, in incident: Incident) -> String {
    let id = data.string("status") ?? ""
    let all = incident.knownStatuses + Incident.assumedStatuses
    return "Status: \(all.first { $0.id == id }?.name ?? id)" + because(data.string("text"))
  }

  private static func impact(_ data: EventData) -> String {
    let parts = [
      data.string("summary"), data.string("services").map { "services \($0)" },
      data.string("users").map { "users \($0)" }, data.string("revenue").map { "revenue \($0)" },
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  private static func people(_ kind: EventKind, _ data: EventData) -> String {
    let role = data.string("role") ?? Incident.commanderRole
    let name = data.string("name") ?? data.string("to") ?? ""
    switch kind {
    case .roleAssigned: return "\(role): \(name)"
    case .roleReleased: return "\(role) released by \(name)"
    case .handoverOffered: return "Hand-over of \(role) offered to \(name)"
    default: return "\(role) handed over to \(name)"
    }
  }

  private static func checklist(_ kind: EventKind, _ data: EventData) -> String {
    let text = data.string("text") ?? data.string("item") ?? ""
    switch kind {
    case .itemChecked: return "[x] \(text)"
    case .itemUnchecked: return "[ ] \(text)"
    case .itemSkipped: return "[-] \(text)" + because(data.string("reason"))
    case .itemAdded: return "[+] \(text)"
    default: return "\(text): \(data.string("value") ?? "")"
    }
  }

  private static func decision(_ data: EventData) -> String {
    let objections = data.value("objections")?.array?.compactMap(\.string) ?? []
    let choice = data.string("choice") ?? ""
    let question = data.string("question") ?? ""
    var text = choice.isEmpty ? "Decided: \(question)" : "Decided: \(question) → \(choice)"
    if let reason = data.string("reason") { text += ", because \(reason)" }
    return objections.isEmpty ? text : text + " (objections: \(objections.joined(separator: "; ")))"
  }

  private static func work(_ kind: EventKind, _ data: EventData) -> String {
    let text = data.string("text") ?? ""
    let span = data.seconds("seconds").map { ClockText.span($0) }
    switch kind {
    case .taskAssigned:
      let who = data.string("who") ?? ""
      return "Task\(who.isEmpty ? "" : " for \(who)"): \(text)" + (span.map { " (\($0))" } ?? "")
    case .taskFinished: return "Task done: \(text)"
    case .timerStarted: return "Timer \(span ?? ""): \(text)"
    case .timerCancelled: return "Timer cancelled: \(text)"
    case .actionAdded:
      return "Action item\(data.string("owner").map { " for \($0)" } ?? ""): \(text)"
    default: return "Action item done: \(text)"
    }
  }

  private static func outward(_ kind: EventKind, _ data: EventData) -> String {
    switch kind {
    case .updateSent:
      let audience = data.string("audience").map { " to \($0)" } ?? ""
      return "Update\(audience): \(UpdateDraft.unsigned(data.string("text") ?? ""))"
    case .deliverySucceeded: return "\(delivery(data)) delivered to \(data.string("target") ?? "")"
    default:
      let attempt = data.integer("attempt") ?? 1
      let count = attempt > 1 ? " (attempt \(attempt))" : ""
      return "\(delivery(data)) not delivered to \(data.string("target") ?? "")\(count)"
        + because(data.string("error"))
    }
  }

  /// What was delivered: `Update 17`.
  private static func delivery(_ data: EventData) -> String {
    data.string("subject").flatMap(Dispatch.update).map { "Update \($0)" } ?? "A message"
  }

  private static func escalation(_ kind: EventKind, _ data: EventData) -> String {
    let to = data.string("to") ?? data.string("step") ?? ""
    switch kind {
    case .escalationFired:
      if data.bool("manual") == true {
        return "Escalated by hand to \(to)" + because(data.string("reason"))
      }
      let late = data.integer("late_seconds") ?? 0
      let noticed = late >= 60 ? " (noticed \(ClockText.span(.seconds(late))) late)" : ""
      return "Escalation is due: call \(to)\(noticed)"
    case .escalationAcknowledged:
      return "Reached: \(to)" + (data.string("name").map { " (\($0))" } ?? "")
    case .escalationSnoozed:
      let span = ClockText.span(data.seconds("seconds") ?? .zero)
      let label = data.string("label") ?? data.string("deadline") ?? ""
      return "Snoozed \(label) by \(span)" + because(data.string("reason"))
    default: return "Escalation path exhausted: nobody left to call"
    }
  }

  private static func changes(_ data: EventData) -> String {
    let changes = data.value("changes")?.array?.compactMap(\.string) ?? []
    return changes.isEmpty ? "" : ": \(changes.joined(separator: "; "))"
  }
}
