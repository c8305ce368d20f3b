package import Engine

/// One entry of the timeline in words, with what is to be known about it.
///
/// The words are as written and untrusted; whoever prints them makes them harmless.
package struct Entry: Sendable {
  package var sequence: Int
  package var effective: Timestamp
  package var recorded: Timestamp
  package var actor: String
  package var source: String
  package var kind: EventKind
  package var kindName: String
  package var text: String
  package var isLate: Bool
  package var isCorrected = false
  /// When and by whom it was corrected last.
  package var correction: Correction?
  package var isRetracted = false
  /// Retracted, and its words are shown nowhere.
  package var isSecret = false

  package struct Correction: Hashable, Sendable {
    package var at: Timestamp
    package var by: String
  }

  /// Of a training incident.
  package var isDrill = false

  /// What stands in place of words that were withdrawn.
  package static let withheld = "[withheld]"

  /// An event as it stands in its incident: corrected, retracted or as it was written.
  ///
  /// `zone` is the one that its sentences tell times in.
  package init(_ event: RecordedEvent, in incident: Incident, zone: TimeZoneRules = .utc) {
    sequence = event.sequence
    effective = event.effective
    recorded = event.recorded
    actor = event.actor
    source = event.source
    kind = event.kind
    kindName = event.kindName
    isLate = incident.isLate(event)
    isDrill = incident.isDrill
    isRetracted = incident.retractions[event.sequence] != nil
    isSecret = Self.isSecret(event, in: incident)
    let correction = incident.corrections[event.sequence]?.entries.last {
      incident.retractions[$0.stamp.sequence] == nil
    }
    if isSecret {
      text = Self.withheld
    } else if let correction {
      isCorrected = true
      self.correction = Correction(at: correction.stamp.effective, by: correction.actor)
      text = correction.value
    } else {
      text = Self.words(of: event, in: incident, zone: zone)
    }
  }

  /// Whether the words are to be shown nowhere: the entry's own, or those of a correction of a withdrawn entry.
  private static func isSecret(_ event: RecordedEvent, in incident: Incident) -> Bool {
    if incident.isSecretlyRetracted(event.sequence) { return true }
    guard event.kind == .entryCorrected, let entry = event.data.integer("entry") else {
      return false
    }
    return incident.isSecretlyRetracted(Int(entry))
  }

  /// A letter by which kinds are told apart without colour.
  package var letter: String {
    switch kind {
    case .noteAdded: "N"
    case .findingAdded: "F"
    case .hypothesisAdded: "H"
    case .decisionMade: "D"
    case .alertFired, .alertResolved: "A"
    case .updateSent, .deliverySucceeded, .deliveryFailed: "U"
    case .escalationFired, .escalationAcknowledged, .escalationSnoozed, .escalationExhausted: "E"
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled: "C"
    case .roleAssigned, .roleReleased, .handoverOffered, .handoverAccepted: "R"
    case .taskAssigned, .taskFinished, .timerStarted, .timerCancelled, .actionAdded, .actionDone:
      "T"
    case .entryCorrected, .entryRetracted: "~"
    case .logRepaired, .damageAccepted, .clockStepped: "!"
    case .unknown: "?"
    case .incidentDeclared, .incidentAcknowledged, .incidentTriaged, .incidentReopened,
      .incidentClosed, .severityChanged, .statusChanged, .milestoneSet, .impactUpdated,
      .phaseEntered, .procedureReloaded, .postmortemPublished,
      .postmortemWaived:
      "S"
    }
  }

  /// The entry as `muster log --json` prints it, one object a line.
  package var json: JSON {
    .object([
      "seq": .whole(sequence), "effective": .string(effective.rfc3339),
      "recorded": .string(recorded.rfc3339), "late": .bool(isLate),
      "actor": .string(actor), "source": .string(source), "kind": .string(kindName),
      "text": .string(text), "corrected": .bool(isCorrected), "retracted": .bool(isRetracted),
      "secret": .bool(isSecret), "drill": isDrill ? .bool(true) : nil,
    ])
  }
}
