package import Engine
package import Wording

/// What somebody must know who takes over: one page.
package struct BriefReport: Sendable {
  package var situation: SituationReport
  package var zone: TimeZoneRules
  package var statusSince: Timestamp
  package var commander: String?
  package var decisions: [DecisionMade]
  package var findings: [Said]
  package var hypotheses: [Said]
  /// What people were asked to do and have not finished.
  package var tasks: [Deadline]
  /// What runs against the clock, the most urgent first.
  package var clocks: [Deadline]
  /// When which audience hears from the team next.
  package var promises: [Deadline]
  /// Steps of the checklist that are open, those of the present phase first.
  package var openItems: [Incident.ItemState]
  package var questions: [OpenQuestion]
  package var lastUpdate: Entry?
  /// The newest entries in the order in which they happened.
  package var recent: [Entry]

  /// A situation that is handed in knows more than the log: what is kept elsewhere, what is not yet on disk.
  package init(of source: ReportSource, situation known: SituationReport? = nil) {
    let incident = source.incident
    situation = known ?? source.situation
    zone = source.zone
    statusSince = incident.status.since
    commander = incident.commander?.name
    decisions = DecisionMade.all(in: source)
    let said = Said.all(in: source.events, of: incident)
    findings = said.filter { $0.kind == .findingAdded }
    hypotheses = said.filter { $0.kind == .hypothesisAdded }
    let running = situation.deadlines.filter(\.state.isRunning).inOrderOfUrgency()
    tasks = running.filter { $0.kind == .task }
    promises = running.filter { $0.kind == .update && $0.due != nil }
    clocks = running.filter { $0.kind != .task && $0.kind != .update && $0.due != nil }
    let phase = situation.phase?.id
    let open = situation.checklist.filter { $0.state == .open }
    // What is a question is told as one.
    let asked = Set(incident.openFields)
    let steps = open.filter { !asked.contains($0) }
    openItems = steps.filter { $0.item.phase == phase } + steps.filter { $0.item.phase != phase }
    questions = incident.openQuestions(hasFindings: !findings.isEmpty)
    let entries = source.entries
    lastUpdate = entries.last { $0.kind == .updateSent && !$0.isRetracted }
    recent = entries.filter { $0.kind.isTold && !$0.isRetracted }.suffix(8)
  }
}

extension EventKind {
  /// Whether a hand-over tells it: all that people did, and the calls that fell due.
  fileprivate var isTold: Bool {
    switch self {
    case .escalationFired, .escalationExhausted, .alertFired: true
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled, .entryCorrected,
      .entryRetracted, .alertResolved, .alertAssigned, .alertSeen, .alertUnread, .logBegun,
      .damageAccepted, .unknown:
      false
    default: !isAutomatic
    }
  }
}

extension BriefReport {
  package var markdown: String { document.markdown }

  package var html: String { document.html }

  /// Plain lines, harmless on a terminal.
  package func lines(width: Int = 100) -> [String] { document.lines(width: width) }

  private var now: Timestamp { situation.now }

  private func time(_ instant: Timestamp) -> String {
    InstantText.short(instant, in: zone, near: now)
  }

  package var document: ReportDocument {
    let drill = situation.isDrill ? "DRILL: " : ""
    var document = ReportDocument(title: "\(drill)Hand-over: \(situation.title)")
    for damage in situation.damage where !damage.isAccepted {
      document.warnings.append("Damaged log: \(damage.words)")
    }
    if let notRead = situation.procedure.notRead {
      document.warnings.append("Procedure not read: \(notRead)")
    }
    document.warnings += situation.storeTrouble(in: zone)
    for dispatch in situation.dispatches where dispatch.isUntold {
      document.warnings.append("\(dispatch.name): \(dispatch.words(at: now, in: zone))")
    }
    document.facts = facts
    document.sections = [
      .init("What to do next", nextBlocks),
      .init("Countdowns", clockBlocks),
      .init(
        "Decisions",
        Self.bullets(
          decisions.map { decision in
            .quiet("\(time(decision.at)) \(decision.by): ") + .init(decision.words)
          })),
      .init("Findings", Self.bullets(findings.map(phrase))),
      .init("Open hypotheses", Self.bullets(hypotheses.map(phrase))),
      .init("Open questions", Self.bullets(questionPhrases)),
      .init("Open tasks", Self.bullets(tasks.map(phrase))),
      .init("Open checklist items", Self.bullets(itemPhrases)),
      .init(
        "Latest entries",
        Self.bullets(
          recent.map { entry in
            .quiet("\(time(entry.effective)) \(entry.actor): ") + .init(entry.namedText)
          })),
    ].filter { !$0.isEmpty }
    document.footer = [footer]
    return document
  }

  private var facts: [ReportDocument.Fact] {
    let severity = situation.severityName.flatMap { name in
      name == situation.severity ? nil : "\(situation.severity ?? "") \(name)"
    }
    var facts: [ReportDocument.Fact] = [
      .init("Incident", situation.id),
      .init(
        "Severity", severity ?? situation.severity ?? "unknown: targets of the worst severity apply"
      ),
      .init("Status", "\(situation.status.name) since \(time(statusSince))"),
    ]
    if let outcome = situation.outcome, !situation.isOpen {
      facts[2] = .init("Status", "closed (\(outcome.words))")
    }
    if let duration = situation.duration {
      let span = duration.elapsed(at: now)
      let words = InstantText.span(span)
      let lasted =
        span < .zero
        ? "invalid: \(words) after its end, or in the future"
        : duration.end == nil ? "\(words) ago" : "lasted \(words)"
      facts.append(.init("Since", "\(time(duration.start)), \(lasted)"))
    }
    let known = situation.times.compactMap { entry in
      entry.at.map { "\(entry.milestone.rawValue) \(time($0))" }
    }
    facts.append(.init("Times", known.joined(separator: ", ")))
    facts.append(.init("Impact", situation.impact.words ?? "not recorded"))
    facts.append(.init("Commander", commander ?? "nobody"))
    let others = situation.roles.filter { $0.role != Incident.commanderRole }
    if !others.isEmpty {
      facts.append(
        .init("Roles", others.map { "\($0.role) \($0.name)" }.joined(separator: ", ")))
    }
    if let offered = situation.handoverOfferedTo {
      facts.append(.init("Hand-over", "offered to \(offered), not yet accepted"))
    }
    if let lastUpdate {
      facts.append(
        .init("Last update", "\(time(lastUpdate.effective)) by \(lastUpdate.actor)"))
    }
    if let promises = situation.promises.words { facts.append(.init("Promises", promises)) }
    if situation.episode > 1 { facts.append(.init("Episode", "\(situation.episode)")) }
    return facts
  }

  private var nextBlocks: [ReportDocument.Block] {
    guard let next = situation.next else { return [.paragraph("Nothing is due.")] }
    var phrase = ReportDocument.Phrase.strong(next.words(at: now))
    if next.person != nil { phrase = phrase + .init(" (\(next.receiverWords))") }
    if let quoted = situation.quotation(of: next.deadline?.rule) {
      phrase = phrase + .quiet("  \(quoted)")
    }
    return [.paragraph(phrase)]
  }

  private var clockBlocks: [ReportDocument.Block] {
    let rows = (promises + clocks).sorted { ($0.due ?? now) < ($1.due ?? now) }.prefix(12)
    guard !rows.isEmpty else { return [] }
    return [
      .table(
        header: ["Countdown", "What", "Due", "Rule"],
        rows: rows.map { deadline in
          [
            .strong(Self.clock(deadline, at: now)), .init(deadline.title),
            .init(deadline.due.map(time) ?? ""),
            .quiet(situation.quotation(of: deadline.rule) ?? ""),
          ]
        })
    ]
  }

  private static func clock(_ deadline: Deadline, at now: Timestamp) -> String {
    [deadline.word(at: now), deadline.countdown(at: now)].compactMap { $0 }.joined(separator: " ")
  }

  private var itemPhrases: [ReportDocument.Phrase] {
    let shown = openItems.prefix(6).map {
      ReportDocument.Phrase.quiet("\($0.number) ") + .init($0.item.text)
    }
    let more = openItems.count - shown.count
    return more > 0 ? shown + [.quiet("and \(more) more")] : shown
  }

  private var questionPhrases: [ReportDocument.Phrase] {
    let shown = questions.prefix(6).map { question in
      // Without the line that the answer was to be written on.
      ReportDocument.Phrase(
        String(question.words.reversed().drop { "_: ".contains($0) }.reversed()))
    }
    let more = questions.count - shown.count
    return more > 0 ? shown + [.quiet("and \(more) more")] : shown
  }

  private func phrase(_ said: Said) -> ReportDocument.Phrase {
    .quiet("\(time(said.effective)) \(said.actor): ") + .init(said.text)
  }

  private func phrase(_ task: Deadline) -> ReportDocument.Phrase {
    guard let due = task.due else { return .init(task.label) }
    return .init(task.label) + .quiet(" (due \(time(due)))")
  }

  private static func bullets(_ phrases: [ReportDocument.Phrase]) -> [ReportDocument.Block] {
    phrases.isEmpty ? [] : [.bullets(phrases)]
  }

  private var footer: String {
    let head = situation.head.map { " Log head \($0.sequence):\($0.hash)." } ?? ""
    return "As of \(InstantText.full(now, in: zone)). Procedure \(situation.procedure.name).\(head)"
  }

  /// Everything of `show --json`, and what a hand-over needs beyond it.
  package var json: JSON {
    let more = JSON.object([
      "status_since": .string(statusSince.rfc3339),
      "commander": .orNull(commander),
      "decisions": .array(decisions.map(\.json)),
      "findings": .array(findings.map(\.json)),
      "hypotheses": .array(hypotheses.map(\.json)),
      "tasks": .array(tasks.map { SituationReport.json(of: $0, at: now) }),
      "clocks": .array(clocks.map { SituationReport.json(of: $0, at: now) }),
      "promises": .array(promises.map { SituationReport.json(of: $0, at: now) }),
      "open_questions": .array(questions.map { .string($0.words) }),
      "open_items": .array(openItems.map { .string($0.item.text) }),
      "last_update": lastUpdate?.json ?? .null,
      "recent": .array(recent.map(\.json)),
    ])
    return .object((situation.json.members ?? []) + (more.members ?? []))
  }
}
