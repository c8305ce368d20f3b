package import Display
package import Engine

/// One entry of the timeline in words: a letter for its kind, who, what.
package struct EntryText: Hashable, Sendable {
  package var letter: Character
  package var role: StyleRole
  package var actor: String
  package var text: String

  /// The words of an event as it was recorded; corrections and retractions are the caller's.
  package init(_ event: RecordedEvent, clock: Clock) {
    (letter, role) = Self.mark(of: event.kind)
    actor = event.actor
    text = Self.words(event, event.data, clock)
  }

  /// The letter and the role of a kind: what was written, decided, called, told.
  package static func mark(of kind: EventKind) -> (Character, StyleRole) {
    switch kind {
    case .noteAdded: ("N", .timelineNote)
    case .findingAdded: ("F", .timelineNote)
    case .hypothesisAdded: ("H", .timelineNote)
    case .decisionMade: ("D", .timelineDecision)
    case .incidentDeclared, .incidentAcknowledged, .incidentTriaged, .incidentReopened,
      .incidentClosed, .severityChanged, .statusChanged, .milestoneSet, .impactUpdated,
      .phaseEntered:
      ("S", .timelineStatus)
    case .escalationFired, .escalationAcknowledged, .escalationSnoozed, .escalationExhausted:
      ("E", .timelineEscalation)
    case .alertFired, .alertResolved: ("A", .timelineAlert)
    case .updateSent: ("U", .timelineUpdate)
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled:
      ("C", .timelineNote)
    case .roleAssigned, .roleReleased, .handoverOffered, .handoverAccepted, .taskAssigned,
      .taskFinished, .timerStarted, .timerCancelled, .actionAdded, .actionDone,
      .postmortemPublished, .postmortemWaived:
      ("R", .timelineNote)
    case .deliverySucceeded, .deliveryFailed, .entryCorrected, .entryRetracted, .procedureReloaded,
      .logRepaired, .damageAccepted, .clockStepped, .unknown:
      ("·", .timelineSystem)
    }
  }

  private static func words(_ event: RecordedEvent, _ data: EventData, _ clock: Clock) -> String {
    switch event.kind {
    case .noteAdded, .findingAdded, .hypothesisAdded: data.string("text") ?? ""
    case .decisionMade: decision(data)
    case .incidentDeclared, .incidentAcknowledged, .incidentTriaged, .incidentReopened,
      .incidentClosed, .severityChanged, .statusChanged, .milestoneSet, .impactUpdated,
      .phaseEntered:
      course(event.kind, data, clock)
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled:
      checklist(event.kind, data)
    case .roleAssigned, .roleReleased, .handoverOffered, .handoverAccepted, .taskAssigned,
      .taskFinished, .timerStarted, .timerCancelled:
      people(event.kind, data)
    case .updateSent, .escalationFired, .escalationAcknowledged, .escalationSnoozed,
      .escalationExhausted, .deliverySucceeded, .deliveryFailed, .alertFired, .alertResolved:
      outward(event.kind, data, clock)
    default: system(event, data)
    }
  }

  private static func joined(_ lead: String, _ tail: String?, by separator: String = ": ")
    -> String
  {
    guard let tail, !tail.isEmpty else { return lead }
    return lead + separator + tail
  }

  private static func decision(_ data: EventData) -> String {
    let objections = data.value("objections")?.array?.compactMap(\.string) ?? []
    let choice = data.string("choice") ?? ""
    let question = data.string("question") ?? ""
    var lead = choice.isEmpty ? question : "\(question) → \(choice)"
    if let reason = data.string("reason") { lead += ", because \(reason)" }
    return objections.isEmpty ? lead : "\(lead) (against: \(objections.joined(separator: "; ")))"
  }

  private static func course(_ kind: EventKind, _ data: EventData, _ clock: Clock) -> String {
    switch kind {
    case .incidentDeclared:
      let severity = data.string("severity").map { " (\($0))" } ?? " (severity unknown)"
      let declared = data.bool("drill") == true ? "DRILL declared" : "Declared"
      return "\(declared): \(data.string("title") ?? "")\(severity)"
    case .incidentAcknowledged: return "Acknowledged"
    case .incidentTriaged: return "Triaged"
    case .incidentReopened: return joined("Reopened", data.string("reason"))
    case .incidentClosed:
      let outcome = data.string("outcome").flatMap(Incident.Outcome.init)?.words ?? "resolved"
      return joined("Closed as \(outcome)", data.string("reason"))
    case .severityChanged:
      let from = data.string("from").map { "\($0) → " } ?? ""
      return joined("Severity \(from)\(data.string("severity") ?? "?")", data.string("reason"))
    case .statusChanged:
      return joined("Status \(data.string("status") ?? "?")", data.string("text"))
    case .milestoneSet:
      let at = data.timestamp("at").map { clock.minute($0) } ?? "?"
      return "\(data.string("milestone") ?? "milestone") at \(at)"
    case .impactUpdated:
      let parts = [
        data.string("summary"), data.string("services").map { "services \($0)" },
        data.string("users").map { "users \($0)" },
        data.string("revenue").map { "revenue \($0)" },
      ]
      return "Impact: " + parts.compactMap { $0 }.joined(separator: " · ")
    default: return "Phase \(data.string("title") ?? data.string("phase") ?? "?")"
    }
  }

  private static func checklist(_ kind: EventKind, _ data: EventData) -> String {
    let item = data.string("text") ?? data.string("item") ?? "?"
    switch kind {
    case .itemChecked: return "[x] \(item)"
    case .itemUnchecked: return "[ ] \(item) (unticked)"
    case .itemSkipped: return joined("[-] \(item)", data.string("reason"), by: " · skipped: ")
    case .fieldFilled: return joined(item, data.string("value"))
    default: return "New item: \(item)"
    }
  }

  private static func people(_ kind: EventKind, _ data: EventData) -> String {
    let role = data.string("role") ?? "?"
    let name = data.string("name") ?? "?"
    let span = data.seconds("seconds").map { Clock.words($0) }
    switch kind {
    case .roleAssigned: return "\(role): \(name)"
    case .roleReleased: return "\(role): \(name) released"
    case .handoverOffered: return "Hand-over offered to \(data.string("to") ?? "?")"
    case .handoverAccepted: return "\(role): \(name) took over"
    case .taskAssigned:
      let lead = "Task for \(data.string("who") ?? "?"): \(data.string("text") ?? "")"
      return joined(lead, span, by: " · within ")
    case .taskFinished: return joined("Task done", data.string("text"))
    case .timerStarted: return joined("Timer \(span ?? "?")", data.string("text"))
    default: return joined("Timer cancelled", data.string("text"))
    }
  }

  private static func outward(_ kind: EventKind, _ data: EventData, _ clock: Clock) -> String {
    let target = data.string("to") ?? data.string("step") ?? "?"
    switch kind {
    case .updateSent:
      let audience = data.string("audience").map { " to \($0)" } ?? ""
      let lead = joined("Update\(audience)", data.string("text").map(UpdateDraft.unsigned))
      return joined(lead, data.timestamp("next").map { clock.minute($0) }, by: " · next by ")
    case .escalationFired:
      let isManual = data.bool("manual") ?? false
      return isManual
        ? joined("Call \(target) (by hand)", data.string("reason"))
        : joined("Call \(target)", data.string("rule"))
    case .escalationAcknowledged:
      return joined("\(target) reached", data.string("name"))
    case .escalationSnoozed:
      let span = data.seconds("seconds").map { Clock.words($0) } ?? "?"
      let label = data.string("label") ?? data.string("deadline") ?? "?"
      return joined("\(label) snoozed by \(span)", data.string("reason"))
    case .escalationExhausted: return "Escalation path exhausted: nobody left to call"
    case .alertFired: return data.string("title") ?? data.string("text") ?? "alert"
    case .alertResolved: return "over: \(data.string("title") ?? data.string("alert") ?? "alert")"
    case .deliverySucceeded:
      return "\(delivery(data)) delivered to \(data.string("target") ?? "?")"
    default:
      return joined(
        "\(delivery(data)) not delivered to \(data.string("target") ?? "?")", data.string("error"))
    }
  }

  /// What was delivered: `Update 17`.
  private static func delivery(_ data: EventData) -> String {
    data.string("subject").flatMap(Dispatch.update).map { "Update \($0)" } ?? "A message"
  }

  private static func system(_ event: RecordedEvent, _ data: EventData) -> String {
    switch event.kind {
    case .actionAdded:
      return joined("Action: \(data.string("text") ?? "")", data.string("owner"), by: " · ")
    case .actionDone: return joined("Action done", data.string("text"))
    case .postmortemPublished:
      return joined("Post-mortem \(data.string("what") ?? "")", data.string("where"), by: " at ")
    case .postmortemWaived:
      return joined("No post-mortem \(data.string("what") ?? "") is owed", data.string("reason"))
    case .entryCorrected:
      return joined("Entry \(data.integer("entry") ?? 0) corrected", data.string("text"))
    case .entryRetracted:
      return joined("Entry \(data.integer("entry") ?? 0) retracted", data.string("reason"))
    case .procedureReloaded:
      let changes = data.value("changes")?.array?.compactMap(\.string) ?? []
      return joined("Procedure reloaded", changes.joined(separator: "; "))
    case .logRepaired: return "Log mended after a torn write"
    case .damageAccepted: return joined("Damage accepted", data.string("reason"))
    case .clockStepped: return "Clock stepped by \(data.integer("seconds") ?? 0) s"
    default:
      return joined(event.kindName, data.string("text"), by: " ") + " (from a newer version)"
    }
  }
}

extension Model {
  /// The incident and its timeline as plain lines, the newest last.
  package var plainText: String {
    guard let incident else { return "NO OPEN INCIDENT" }
    var lines = [
      (incident.isDrill ? "DRILL " : "")
        + "\(incident.severityLabel) \(incident.title) (\(incident.id))",
      "\(incident.statusName) · T+\(elapsedText)", "",
    ]
    for row in timeline.rows {
      guard let event = words[row.sequence] else { continue }
      let entry = shownEntry(row, event)
      lines.append(
        "\(clock.day(row.effective)) \(clock.time(row.effective))  \(entry.actor)  \(entry.text)")
    }
    return lines.map { Sanitizer.clean($0) }.joined(separator: "\n")
  }
}
