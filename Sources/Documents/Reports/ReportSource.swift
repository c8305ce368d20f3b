package import Engine
package import Wording

/// Everything that a report is made from; two alike give the same report.
package struct ReportSource: Sendable {
  package var incident: Incident
  /// In the order of the log; of two with one number the first.
  package var events: [RecordedEvent]
  package var now: Timestamp
  /// What deadlines are computed with.
  package var context: TimeContext
  /// In which times are told: that of whoever reads.
  package var zone: TimeZoneRules
  /// Who can be called; nil where nobody is to be.
  package var directory: Directory?
  package var head: SituationReport.Head?
  package var damage: [SituationReport.Damage]

  package init(
    of incident: Incident, events: [RecordedEvent], at now: Timestamp,
    in context: TimeContext = TimeContext(), zone: TimeZoneRules? = nil,
    directory: Directory? = nil,
    head: SituationReport.Head? = nil, damage: [SituationReport.Damage] = []
  ) {
    self.incident = incident
    self.now = now
    self.context = context
    self.zone = zone ?? context.zone
    self.directory = directory
    self.damage = damage
    var seen: Set<Int> = []
    self.events = events.filter { seen.insert($0.sequence).inserted }
    self.head =
      head
      ?? self.events.last.flatMap { last in
        last.hash.map { SituationReport.Head(sequence: last.sequence, hash: $0) }
      }
  }

  /// The timeline in words, in the order in which things happened.
  package var entries: [Entry] {
    var bySequence: [Int: RecordedEvent] = [:]
    for event in events where bySequence[event.sequence] == nil {
      bySequence[event.sequence] = event
    }
    let overtaken = incident.overtakenAttempts
    return incident.timeline.rows.filter { !overtaken.contains($0.sequence) }.compactMap { row in
      bySequence[row.sequence].map { Entry($0, in: incident, zone: zone) }
    }
  }

  package var situation: SituationReport {
    SituationReport(
      of: incident, at: now, in: context, directory: directory, head: head, damage: damage)
  }

  /// The head as updates and reports carry it: `17:9f0c…`.
  package var headText: String? { head.map { "\($0.sequence):\($0.hash)" } }
}

/// A decision with what was to be decided, why, and who objected.
package struct DecisionMade: Hashable, Sendable {
  package var sequence: Int
  package var at: Timestamp
  package var by: String
  package var question: String
  package var choice: String
  package var reason: String?
  package var objections: [String]
  /// The words that stand in place of the decision's own.
  package var corrected: String?

  package static func all(in source: ReportSource) -> [DecisionMade] {
    source.incident.decisions.entries.map { entry in
      let event = source.events.first { $0.sequence == entry.stamp.sequence }
      return DecisionMade(
        sequence: entry.stamp.sequence, at: entry.stamp.effective, by: entry.actor,
        question: entry.value.question, choice: entry.value.choice,
        reason: event?.data.string("reason"), objections: entry.value.objections,
        corrected: source.incident.correctedWords(of: entry.stamp.sequence))
    }
  }

  package var words: String {
    Incident.Decision.words(
      question: corrected ?? question, choice: corrected == nil ? choice : "", reason: reason,
      objections: objections)
  }

  package var json: JSON {
    .object([
      "seq": .whole(sequence), "at": .string(at.rfc3339), "by": .string(by),
      "question": .string(question), "choice": .string(choice), "reason": .orNull(reason),
      "objections": .array(objections.map(JSON.string)), "corrected": .orNull(corrected),
    ])
  }
}

extension Said {
  package var json: JSON {
    .object([
      "seq": .whole(sequence), "at": .string(effective.rfc3339), "by": .string(actor),
      "text": .string(text),
    ])
  }
}
