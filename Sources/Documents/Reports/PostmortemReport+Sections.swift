import Engine
import Wording

/// The parts of a post-mortem, whichever document they come to stand in.
extension PostmortemReport {
  typealias Block = ReportDocument.Block
  typealias Phrase = ReportDocument.Phrase

  var summaryBlocks: [Block] { [.paragraph(Phrase(summary.joined(separator: " ")))] }

  /// A place whose name stands before it.
  static let toFillIn = "to fill in"

  var impactBlocks: [Block] {
    let impact = situation.impact
    var bullets: [Phrase] = []
    func add(_ name: String, _ value: String?) {
      bullets.append(.strong(name + ": ") + (value.map { Phrase($0) } ?? .open(Self.toFillIn)))
    }
    add("What", impact.summary)
    add("Services", impact.services)
    add("Users", impact.users)
    add("Revenue", impact.revenue)
    return [.bullets(bullets)]
  }

  var chartBlocks: [Block] { chart.lanes.isEmpty ? [] : [.chart(chart)] }

  /// Every entry with when it happened, and when it was written where that is not the same.
  func timelineBlocks(in zone: TimeZoneRules) -> [Block] {
    let days = Set(timeline.map { InstantText.date($0.effective, in: zone) })
    let rows = timeline.map { entry -> [Phrase] in
      let clock = InstantText.second(entry.effective, in: zone)
      let time =
        days.count > 1 ? "\(InstantText.date(entry.effective, in: zone)) \(clock)" : clock
      return [
        Phrase(time), Phrase(entry.actor),
        entry.isRetracted ? .quiet(entry.text) : Phrase(entry.namedText), .quiet(notes(on: entry)),
      ]
    }
    let name = zone.localTime(at: situation.now).abbreviation
    var blocks: [Block] = [
      .table(header: ["Time (\(name))", "Who", "What", "Noted"], rows: rows)
    ]
    if hiddenCount > 0 {
      blocks.append(
        .paragraph(
          .quiet("Entries hidden here: \(hiddenCount). The log still contains them.")))
    }
    return blocks
  }

  /// Late, corrected, retracted; nothing for an entry as it was written.
  func notes(on entry: Entry) -> String {
    var notes: [String] = []
    if entry.isLate { notes.append("late: written \(time(entry.recorded))") }
    if entry.isCorrected {
      notes.append("corrected" + (entry.correction.map { " \(time($0.at)) by \($0.by)" } ?? ""))
    }
    if entry.isRetracted { notes.append(entry.isSecret ? "withdrawn" : "retracted") }
    return notes.joined(separator: ", ")
  }

  var causeBlocks: [Block] {
    var blocks: [Block] = []
    blocks.append(.paragraph(rootCause.map { Phrase($0) } ?? .open("root cause")))
    // What was found need not be the cause.
    if !findings.isEmpty {
      blocks.append(.paragraph(.strong("What was found")))
      blocks.append(.bullets(findings.map(phrase)))
    }
    if !hypotheses.isEmpty {
      blocks.append(.paragraph(.strong("Hypotheses")))
      blocks.append(.bullets(hypotheses.map(phrase)))
    }
    return blocks
  }

  var resolutionBlocks: [Block] {
    let kinds: Set<EventKind> = [.statusChanged, .taskFinished, .incidentReopened]
    let steps = timeline.filter { kinds.contains($0.kind) && !$0.isRetracted }
    guard !steps.isEmpty else { return [.paragraph(.open("what was done to fix it"))] }
    return [
      .bullets(
        steps.map { .quiet("\(time($0.effective)) \($0.actor): ") + Phrase($0.text) })
    ]
  }

  var wellBlocks: [Block] { Self.bullets(wentWell, orOpen: "what went well") }
  var wrongBlocks: [Block] { Self.bullets(wentWrong, orOpen: "what went wrong") }

  private static func bullets(_ texts: [String], orOpen name: String) -> [Block] {
    texts.isEmpty ? [.paragraph(.open(name))] : [.bullets(texts.map { Phrase($0) })]
  }

  var decisionBlocks: [Block] {
    guard !decisions.isEmpty else { return [.paragraph("No decision is recorded.")] }
    return [
      .bullets(decisions.map { .quiet("\(time($0.at)) \($0.by): ") + Phrase($0.words) })
    ]
  }

  var actionBlocks: [Block] {
    guard !actions.isEmpty else {
      return [.paragraph(.open("action items with owner and due date"))]
    }
    return [
      .table(
        header: ["Item", "Owner", "Due", "State"],
        rows: actions.map { action in
          [
            Phrase(action.text), action.owner.map { Phrase($0) } ?? .open("owner"),
            action.due.map { Phrase(InstantText.date($0, in: zone)) } ?? .open("due date"),
            Phrase(action.words(at: situation.now, in: zone)),
          ]
        })
    ]
  }

  var metricBlocks: [Block] {
    let isSeveral = metrics.count > 1
    let rows = metrics.flatMap { episode in
      episode.metrics.map { metric -> [Phrase] in
        let name = metric.title + (isSeveral ? " (episode \(episode.episode))" : "")
        let origin = metric.line.map { $0 > 0 ? "procedure, line \($0)" : "procedure" } ?? "default"
        return [Phrase(name), value(of: metric), .quiet(metric.formula), .quiet(origin)]
      }
    }
    let table = Block.table(header: ["Metric", "Value", "Formula", "Defined by"], rows: rows)
    guard !spent.isEmpty else { return [table] }
    let isResolved = situation.times.contains { $0.milestone == .resolved && $0.at != nil }
    let end = isResolved ? "resolved" : situation.isOpen ? "now" : "closed"
    let bullets = spent.map { spent in
      Phrase("Time in \(spent.kind.rawValue) \(spent.name): ")
        + .strong(InstantText.span(spent.span))
    }
    return [
      table, .paragraph(.quiet("From the start of the clock until \(end):")), .bullets(bullets),
    ]
  }

  var dutyBlocks: [Block] {
    guard !duties.isEmpty else { return [] }
    return [
      .table(
        header: ["What", "State", "Where", "Rule"],
        rows: duties.map { duty in
          [
            Phrase(duty.label), Phrase(duty.words(at: situation.now, in: zone)),
            Phrase(duty.place ?? ""), .quiet(situation.quotation(of: duty.rule) ?? ""),
          ]
        })
    ]
  }

  private func value(of metric: Metric) -> Phrase {
    switch metric.value {
    case .measured(let duration): .strong(InstantText.span(duration))
    case .notRecorded, .unknownAnchor, .invalid: Phrase(metric.absence(isResolved: true))
    }
  }

  /// How far the record can be relied on.
  var recordBlocks: [Block] {
    var bullets = [
      Phrase(
        "\(timeline.count) entries: \(lateCount) written late, \(correctedCount) corrected, "
          + "\(retractedCount) retracted"),
      Phrase(
        "Procedure \(procedure.name), \(procedure.source.path), SHA-256 \(procedure.source.sha256)"),
    ]
    if let head = situation.head {
      bullets.append(Phrase("Log head \(head.sequence):\(head.hash)"))
    }
    for damage in situation.damage {
      bullets.append(.strong("Damaged log: ") + Phrase(damage.words))
    }
    if situation.counts.clockSteps > 0 {
      bullets.append(
        Phrase("The clock of a writer was set back \(situation.counts.clockSteps) times"))
    }
    return [.bullets(bullets)]
  }

  private func phrase(_ said: Said) -> Phrase {
    .quiet("\(time(said.effective)) \(said.actor): ") + Phrase(said.text)
  }
}
