import Engine

/// An event as a sentence, or in the words that were typed.
struct EventWords {
  let event: RecordedEvent
  let incident: Incident
  /// What stands in place of the words that were typed.
  var corrected: String?
  /// The one that sentences tell times in.
  let zone: () -> TimeZoneRules

  private var data: EventData { event.data }

  var text: String {
    if let corrected, !isLed { return corrected }
    return switch event.kind {
    case .noteAdded, .findingAdded, .hypothesisAdded: data.string("text") ?? ""
    case .decisionMade:
      "Decided: "
        + Incident.Decision.words(
          question: data.string("question") ?? "", choice: data.string("choice") ?? "",
          reason: data.string("reason"), objections: strings("objections"))
    case .incidentDeclared, .incidentAcknowledged, .incidentTriaged, .incidentReopened,
      .incidentClosed, .severityChanged, .statusChanged, .milestoneSet, .impactUpdated,
      .phaseEntered:
      course
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled: checklist
    case .roleAssigned, .roleReleased, .handoverOffered, .handoverAccepted: roles
    case .taskAssigned, .taskFinished, .timerStarted, .timerCancelled, .actionAdded, .actionDone:
      work
    case .updateSent, .deliveryStarted, .deliverySucceeded, .deliveryFailed, .alertFired,
      .alertResolved, .alertAssigned, .alertSeen, .alertUnread:
      outward
    case .escalationFired, .escalationAcknowledged, .escalationSnoozed, .escalationExhausted:
      escalation
    case .postmortemPublished, .postmortemWaived, .entryCorrected, .entryRetracted,
      .procedureReloaded, .logBegun, .logRepaired, .damageAccepted, .clockStepped, .unknown:
      record
    }
  }

  /// Whether what it is and for whom stands before the words, and stays when they are corrected.
  private var isLed: Bool {
    switch event.kind {
    case .incidentDeclared, .updateSent, .taskAssigned, .timerStarted, .actionAdded: true
    default: false
    }
  }

  // MARK: - The course of the incident

  private var course: String {
    switch event.kind {
    case .incidentDeclared:
      let severity = data.string("severity") ?? "severity unknown"
      let lead = incident.isDrill ? "DRILL declared" : "Declared"
      let unread = data.string("procedure_not_read") == nil ? "" : " · PROCEDURE NOT READ"
      return "\(lead): \(corrected ?? data.string("title") ?? "") (\(severity))\(unread)"
    case .incidentAcknowledged:
      return joined("Acknowledged", data.string("to").map { "answers the call of \($0)" })
    case .incidentTriaged: return "Triaged"
    case .incidentReopened: return joined("Reopened", data.string("reason"))
    case .incidentClosed:
      let outcome = data.string("outcome").flatMap(Incident.Outcome.init) ?? .resolved
      return joined("Closed as \(outcome.words)", data.string("reason"))
    case .severityChanged:
      let severity = data.string("severity") ?? "unknown"
      return joined(
        "Severity \(severity) (was \(data.string("from") ?? "unknown"))", data.string("reason"))
    case .statusChanged: return joined("Status: \(status)", data.string("text"))
    case .milestoneSet:
      let milestone = data.string("milestone") ?? "unknown"
      let time = data.timestamp("at").map(time) ?? data.string("at") ?? "unknown"
      return "Time \(milestone): \(time)"
    case .impactUpdated:
      let impact = Incident.Impact(
        summary: data.string("summary"), services: data.string("services"),
        users: data.string("users"), revenue: data.string("revenue"))
      return joined("Impact", impact.words)
    default: return "Phase: \(data.string("title") ?? data.string("phase") ?? "")"
    }
  }

  private var status: String {
    let id = data.string("status") ?? ""
    let all = incident.knownStatuses + Incident.assumedStatuses
    return all.first { $0.id == id }?.name ?? id
  }

  // MARK: - Checklist, people, tasks

  private var checklist: String {
    let item = data.string("text") ?? data.string("item") ?? "?"
    switch event.kind {
    case .itemChecked: return "[x] \(item)"
    case .itemUnchecked: return "[ ] \(item) (unticked)"
    case .itemSkipped: return joined("[-] \(item) (skipped)", data.string("reason"))
    case .fieldFilled: return joined(item, data.string("value"))
    default: return "New item: \(item)"
    }
  }

  private var roles: String {
    let role = data.string("role") ?? Incident.commanderRole
    let name = data.string("name") ?? data.string("to") ?? ""
    return switch event.kind {
    case .roleAssigned: "\(role): \(name)"
    case .roleReleased: "\(role) released (was \(name))"
    case .handoverOffered: "Hand-over of \(role) offered to \(name)"
    default: "\(role) handed over to \(name)"
    }
  }

  private var work: String {
    let text = corrected ?? data.string("text")
    let span = data.seconds("seconds").map(InstantText.span)
    func owned(_ noun: String, _ field: StaticString) -> String {
      let name = data.string(field) ?? ""
      return name.isEmpty ? noun : "\(noun) for \(name)"
    }
    return switch event.kind {
    case .taskAssigned: joined(owned("Task", "who"), text) + (span.map { ", within \($0)" } ?? "")
    case .taskFinished: joined("Task done", text)
    case .timerStarted:
      joined(
        span.map { "Timer \($0)" } ?? "Timer", text == TimerWords.unnamed ? nil : text)
    case .timerCancelled: joined("Timer cancelled", text)
    case .actionAdded: joined(owned("Action item", "owner"), text)
    default: joined("Action item done", text)
    }
  }

  // MARK: - To and from others

  private var outward: String {
    switch event.kind {
    case .updateSent:
      let audience = data.string("audience").map { " to \($0)" } ?? ""
      let next = data.timestamp("next").map { " (next by \(time($0)))" } ?? ""
      return joined(
        "Update\(audience)\(next)", UpdateDraft.unsigned(corrected ?? data.string("text") ?? ""))
    case .deliveryStarted: return "\(delivery) on its way to \(target(of: data))\(attempt)"
    case .deliverySucceeded: return "\(delivery) delivered to \(target(of: data))\(attempt)"
    case .deliveryFailed:
      return joined(
        "\(delivery) not delivered to \(target(of: data))\(attempt)", data.string("error"))
    case .alertFired: return joined("Alert", data.string("title") ?? data.string("text"))
    case .alertAssigned:
      let count = data.value("alerts")?.array?.count ?? 0
      return joined("Alerts taken (\(count))", data.string("incident"))
    case .alertSeen: return joined("Expected alert has come", data.string("rule"))
    case .alertUnread: return joined("Alert that could not be read", data.string("reason"))
    default:
      let title = data.string("title") ?? data.string("text") ?? data.string("alert")
      return joined("Alert resolved", title)
    }
  }

  /// What was delivered: `Update 17`, `Call of Engineering Lead`.
  private var delivery: String {
    data.string("subject").flatMap(DeliverySubject.init)?.words(in: incident) ?? "A message"
  }

  /// Where it went: `customers-mail`, `kai by telegram`.
  private func target(of data: EventData) -> String {
    let target = data.string("target") ?? ""
    guard case .update = data.string("subject").flatMap(DeliverySubject.init) else {
      let parts = target.split(separator: "/", maxSplits: 1)
      return parts.count == 2 ? "\(parts[1]) by \(parts[0])" : target
    }
    return target
  }

  private var attempt: String {
    let number = data.integer("attempt") ?? 1
    return number > 1 ? " (attempt \(number))" : ""
  }

  private var escalation: String {
    let step = data.string("to") ?? data.string("step") ?? ""
    switch event.kind {
    case .escalationFired:
      if data.bool("manual") == true {
        if let other = data.string("instead_of") {
          return "Escalation: call \(step), as nobody can be told of the call of \(other)"
        }
        return joined("Escalated by hand: call \(step)", data.string("reason"))
      }
      if incident.fellDueAfterTheEnd(event) {
        return "Escalation ended: \(step) need not be called, already resolved by then"
      }
      let late = data.integer("late_seconds") ?? 0
      let noticed = late >= 60 ? " (noticed \(InstantText.span(.seconds(late))) late)" : ""
      return joined("Escalation due: call \(step)", data.string("rule")) + noticed
    case .escalationAcknowledged:
      return "Reached \(step)" + (data.string("name").map { " (\($0))" } ?? "")
    case .escalationSnoozed:
      let span = InstantText.span(data.seconds("seconds") ?? .zero)
      let label = data.string("label") ?? data.string("deadline") ?? ""
      return joined("Snoozed \(label) for \(span)", data.string("reason"))
    default:
      return incident.fellDueAfterTheEnd(event)
        ? "Escalation ended: already resolved by then"
        : "Escalation path exhausted: nobody left to call"
    }
  }

  // MARK: - The record itself

  private var record: String {
    switch event.kind {
    case .postmortemPublished:
      return joined("Post-mortem \(data.string("what") ?? "") done", data.string("where"))
    case .postmortemWaived:
      return joined("Post-mortem \(data.string("what") ?? "") waived", data.string("reason"))
    case .entryCorrected:
      return joined("\(target) corrected", data.string("text"))
    case .entryRetracted:
      let what = data.bool("undo") == true ? "undone" : "retracted"
      return joined("\(target) \(what)", data.string("reason"))
    case .procedureReloaded:
      return joined("Procedure reloaded", strings("changes").joined(separator: "; "))
    case .logBegun: return "Log begun"
    case .logRepaired: return "Log repaired after an unfinished write"
    case .damageAccepted: return joined("Damage accepted", data.string("reason"))
    case .clockStepped:
      let step = data.seconds("seconds") ?? .zero
      return "Clock set \(step > .zero ? "forward" : "back") by \(InstantText.span(step))"
    default:
      let words = data.string("text") ?? data.json.text
      return "\(event.kindName) (from a newer version): \(words)"
    }
  }

  /// What is corrected or retracted: `Entry 12`.
  private var target: String {
    incident.target(of: event).map { "Entry \($0)" } ?? "An unknown entry"
  }

  // MARK: - Parts

  private func joined(_ lead: String, _ tail: String?) -> String {
    guard let tail, !tail.isEmpty else { return lead }
    return "\(lead): \(tail)"
  }

  private func time(_ instant: Timestamp) -> String {
    InstantText.short(instant, in: zone(), near: event.effective)
  }

  private func strings(_ field: StaticString) -> [String] {
    data.value(field)?.array?.compactMap(\.string) ?? []
  }
}
