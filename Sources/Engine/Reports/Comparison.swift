/// What would have been due, and who would have been called, had the same incident run under another procedure.
///
/// The same facts are folded; only the rules differ. What people did because they were called does not change with it.
package struct Comparison: Sendable {
  package var own: String
  package var other: String
  package var rows: [Row]
  /// How the severities were taken over, where their names differ: `P1 → SEV-1`.
  package var severities: [String]

  package struct Row: Hashable, Sendable {
    package var kind: Deadline.Kind
    package var label: String
    /// Nil: this procedure has no such thing.
    package var own: Side?
    package var other: Side?

    /// How much earlier the other procedure would have asked for it; negative where later.
    package var earlier: Duration? {
      guard let own = own?.due, let other = other?.due else { return nil }
      return own - other
    }
  }

  package struct Side: Hashable, Sendable {
    package var due: Timestamp?
    /// When somebody was, or would have been, to be called; nil where it was stopped before.
    package var fired: Timestamp?
    package var result: Conduct.TargetOutcome.Result?
    package var rule: Deadline.Rule?
  }

  package init(
    of incident: Incident, under other: Procedure, at now: Timestamp,
    in context: TimeContext = TimeContext()
  ) {
    let present = incident.withoutRecordedFirings()
    let changed = present.under(other)
    own = incident.procedure.name
    self.other = other.name
    severities = incident.severityMapping(to: other).filter { $0.0 != $0.1 }
      .map { "\($0.0) → \($0.1)" }
    let ownSides = Self.sides(of: present, at: now, in: context)
    let otherSides = Self.sides(of: changed, at: now, in: context)
    var rows: [Row] = ownSides.map { key, label, side in
      Row(
        kind: key.kind, label: label, own: side,
        other: otherSides.first { $0.0 == key }?.2)
    }
    for (key, label, side) in otherSides where !ownSides.contains(where: { $0.0 == key }) {
      rows.append(Row(kind: key.kind, label: label, own: nil, other: side))
    }
    self.rows = rows.enumerated().sorted { one, two in
      let order = (Self.time(one.element), Self.time(two.element))
      return order.0 == order.1 ? one.offset < two.offset : order.0 < order.1
    }.map(\.element)
  }

  private static func time(_ row: Row) -> Timestamp {
    [row.own?.due, row.other?.due].compactMap { $0 }.min() ?? .distantFuture
  }

  private struct Key: Hashable {
    var kind: Deadline.Kind
    var name: String
  }

  private static func sides(
    of incident: Incident, at now: Timestamp, in context: TimeContext
  ) -> [(Key, String, Side)] {
    var sides: [(Key, String, Side)] = []
    let episode = Episode(number: incident.episode, reopened: nil, end: nil, incident: incident)
    for outcome in Conduct(of: [episode], events: [], at: now, in: context).targets {
      // A response and an acknowledgement are met by the same act.
      let name = outcome.kind == .respond ? Deadline.Kind.acknowledge : outcome.kind
      let about = outcome.kind == .phase || outcome.kind == .communicate ? outcome.label : ""
      let side = Side(due: outcome.due, fired: nil, result: outcome.result, rule: outcome.rule)
      sides.append((Key(kind: name, name: about.lowercased()), outcome.label, side))
    }
    guard let plan = EscalationPlan(incident, at: now) else { return sides }
    for entry in plan.entries where !entry.isManual {
      let side = Side(
        due: entry.due, fired: entry.engaged, result: nil,
        rule: .init(text: entry.step.text, line: entry.step.line))
      sides.append((Key(kind: .escalation, name: entry.key), entry.step.to, side))
    }
    return sides
  }
}

extension Incident {
  /// The incident as if no process had written down what fell due; calls by hand stay.
  fileprivate func withoutRecordedFirings() -> Incident {
    var copy = self
    for firing in firings.entries where !firing.value.isManual {
      copy.firings.remove(sequence: firing.stamp.sequence)
    }
    copy.exhaustions = History()
    return copy
  }

  /// The same facts under another procedure: severities by rank, phases by title.
  fileprivate func under(_ other: Procedure) -> Incident {
    guard let declaration else { return self }
    var copy = self
    copy.procedures = History()
    copy.procedures.insert(
      .init(
        stamp: declaration.stamp, recorded: declaration.recorded, actor: declaration.actor,
        value: RecordedProcedure(other)))
    let mapping = Dictionary(severityMapping(to: other), uniquingKeysWith: { first, _ in first })
    copy.severities = History()
    for var entry in severities.entries {
      entry.value = entry.value.map { mapping[$0] ?? $0 }
      copy.severities.insert(entry)
    }
    copy.phaseEntries = History()
    for var entry in phaseEntries.entries {
      let title = procedure.phases.first { $0.id == entry.value }?.title.lowercased()
      let match = other.phases.first { $0.id == entry.value || $0.title.lowercased() == title }
      guard let match else { continue }
      entry.value = match.id
      copy.phaseEntries.insert(entry)
    }
    return copy
  }

  /// Each severity that held, with the other procedure's one of the same id or rank, else its mildest.
  fileprivate func severityMapping(to other: Procedure) -> [(String, String)] {
    var held: [String] = []
    for case let id? in severities.entries.map(\.value) where !held.contains(id) { held.append(id) }
    let ordered = other.severities.sorted { $0.rank < $1.rank }
    guard let worst = ordered.first?.rank, let mildest = ordered.last else { return [] }
    let ownWorst = procedure.severities.map(\.rank).min() ?? 1
    return held.map { id in
      if other.severities.contains(where: { $0.id == id }) { return (id, id) }
      let rank = (procedure.severities.first { $0.id == id }?.rank ?? ownWorst) - ownWorst
      return (id, ordered.first { $0.rank - worst >= rank }?.id ?? mildest.id)
    }
  }
}
