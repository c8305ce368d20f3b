package import Engine

/// The situation on one page, for whoever takes over: what, since when, who, decisions, open questions, clocks, what next.
package struct Brief: Sendable {
  package var report: SituationReport
  package var decisions: [Entry] = []
  package var findings: [Entry] = []
  package var hypotheses: [Entry] = []
  package var tasks: [Deadline] = []
  package var promises: [Deadline] = []
  package var recent: [Entry] = []

  /// Takes every event of the log; those that were retracted are left out.
  package init(of report: SituationReport, incident: Incident, events: [RecordedEvent]) {
    self.report = report
    let kept = events.filter { incident.retractions[$0.sequence] == nil }
      .sorted { $0.stamp < $1.stamp }
    func entries(_ kind: EventKind) -> [Entry] {
      kept.filter { $0.kind == kind }.map { Entry($0, in: incident) }
    }
    decisions = entries(.decisionMade)
    findings = entries(.findingAdded)
    hypotheses = entries(.hypothesisAdded)
    tasks = report.deadlines.filter { $0.kind == .task && $0.state.isRunning }
    promises = report.deadlines.filter { $0.kind == .update && $0.state.isRunning }
    recent = kept.filter { !$0.kind.isAutomatic }.suffix(5).map { Entry($0, in: incident) }
  }

  // MARK: - For people

  private struct Section {
    var title: String
    var lines: [String]
  }

  /// Headings and what stands under each, without markup.
  private func sections(in zone: TimeZoneRules) -> [Section] {
    let now = report.now
    func said(_ entries: [Entry]) -> [String] {
      entries.map { entry in
        let time = ClockText.minute(entry.effective, in: zone, at: now)
        return "\(time) \(entry.actor): \(entry.text)"
      }
    }
    var sections = [
      Section(title: "What", lines: what(in: zone)),
      Section(
        title: "What to do next",
        lines: report.next.map { [$0.words(at: now), $0.command] } ?? ["Nothing is due."]),
      Section(title: "Who", lines: who(in: zone)),
      Section(title: "Running clocks", lines: clocks),
    ]
    let promised: [String] = promises.compactMap { promise in
      promise.due.map { "\(promise.label) by \(ClockText.minute($0, in: zone, at: now))" }
    }
    sections.append(Section(title: "Next promises", lines: promised))
    sections.append(Section(title: "Decisions", lines: said(decisions)))
    sections.append(Section(title: "Findings", lines: said(findings)))
    sections.append(Section(title: "Open questions", lines: said(hypotheses)))
    sections.append(Section(title: "Tasks", lines: tasks.map(\.title)))
    sections.append(Section(title: "Checklist", lines: openItems))
    sections.append(Section(title: "Last entries", lines: said(recent)))
    if let head = report.head {
      sections.append(
        Section(title: "Log", lines: ["\(report.id), head \(head.sequence):\(head.hash)"]))
    }
    return sections.filter { !$0.lines.isEmpty }
  }

  private func what(in zone: TimeZoneRules) -> [String] {
    let state = report.isOpen ? "" : " · closed"
    let drill = report.isDrill ? " · DRILL" : ""
    var lines = ["\(report.severity ?? "severity unknown") · \(report.status.name)\(state)\(drill)"]
    lines.append("Impact: \(report.impact.summary ?? "not recorded")")
    if let services = report.impact.services { lines.append("Services: \(services)") }
    if let users = report.impact.users { lines.append("Users: \(users)") }
    for time in report.times {
      guard let at = time.at else { continue }
      lines.append("\(time.milestone.rawValue): \(ClockText.full(at, in: zone))")
    }
    return lines
  }

  private func who(in zone: TimeZoneRules) -> [String] {
    var lines = report.roles.map { holder in
      "\(holder.role): \(holder.name) since \(ClockText.minute(holder.since, in: zone, at: report.now))"
    }
    if let name = report.handoverOfferedTo {
      lines.append("hand-over offered to \(name), not yet accepted")
    }
    return lines
  }

  private var clocks: [String] {
    NextStep.byUrgency(report.deadlines).filter { $0.due != nil }.prefix(10).map { deadline in
      let rule = report.quotation(of: deadline.rule).map { "  \($0)" } ?? ""
      return "\(deadline.countdown(at: report.now))  \(deadline.title)\(rule)"
    }
  }

  private var openItems: [String] {
    let open = report.checklist.filter { $0.state == .open }
    guard !open.isEmpty else { return [] }
    return ["\(open.count) of \(report.checklist.count) open"]
      + open.prefix(5).map { "[ ] \($0.number) \($0.item.text)" }
  }

  package func lines(in zone: TimeZoneRules) -> [String] {
    var lines = [report.title, "as of \(ClockText.full(report.now, in: zone))"]
    for section in sections(in: zone) {
      lines += ["", section.title] + section.lines.map { "  \($0)" }
    }
    return lines
  }

  package func markdown(in zone: TimeZoneRules) -> [String] {
    var lines = [
      "# \(MarkdownText.escaped(report.title))", "",
      "As of \(ClockText.full(report.now, in: zone))",
    ]
    for section in sections(in: zone) {
      lines += ["", "## \(section.title)", ""]
      lines += section.lines.map { "- \(MarkdownText.escaped($0))" }
    }
    return lines
  }

  package var json: JSON {
    guard case .object(let members) = report.json else { return report.json }
    func list(_ entries: [Entry]) -> JSON { .array(entries.map(\.json)) }
    return .object(
      members + [
        .init("decisions", list(decisions)), .init("findings", list(findings)),
        .init("hypotheses", list(hypotheses)), .init("recent", list(recent)),
      ])
  }
}

/// Untrusted text in Markdown: markup, links, images and HTML become plain words.
package enum MarkdownText {
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "!", "~", "&":
        result.append("\\")
        result.append(character)
      case "\n", "\r", "\r\n": result.append(" ")
      default: result.append(character)
      }
    }
    return result
  }
}
