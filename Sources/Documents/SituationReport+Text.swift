import Display
package import Engine

extension SituationReport {
  /// The report for people: a calm page with the next thing to do on top.
  ///
  /// The lines are not yet harmless: whoever prints them cleans them.
  package func lines(in zone: TimeZoneRules, directory: Directory) -> [String] {
    var lines = headerLines(in: zone)
    lines += nextLines(in: zone, directory: directory)
    lines += countdownLines(in: zone)
    lines += peopleLines(in: zone)
    lines += checklistLines()
    lines += entryLines(in: zone)
    return lines
  }

  // MARK: - Header

  private func headerLines(in zone: TimeZoneRules) -> [String] {
    let mark = isDrill ? "DRILL " : ""
    var facts = [status.name.uppercased()]
    if let outcome, !isOpen { facts = ["CLOSED (\(outcome.words))"] }
    if let clockStart, isOpen { facts.append("T+" + ClockText.elapsed(now - clockStart)) }
    if let phase, isOpen { facts.append("phase \(phase.title)") }
    if episode > 1 { facts.append("episode \(episode)") }
    var lines = ["\(mark)\(severity ?? "SEVERITY UNKNOWN") ■ \(title)"]
    lines.append(([id] + facts).joined(separator: " · "))
    let known = times.compactMap { time in
      time.at.map { "\(time.milestone.rawValue) \(ClockText.minute($0, in: zone, at: now))" }
    }
    lines.append("\(ClockText.full(now, in: zone)) · \(known.joined(separator: " · "))")
    if let notRead = procedure.notRead { lines.append("! PROCEDURE NOT READ: \(notRead)") }
    for damage in damage where !damage.isAccepted { lines.append("! DAMAGED LOG: \(damage.words)") }
    if let unsyncedSince {
      lines.append(
        "! UNSYNCED SINCE \(ClockText.time(unsyncedSince, in: zone, at: now)): the disk did not confirm what was written"
      )
    }
    if keptElsewhere > 0 {
      lines.append("! \(keptElsewhere) entries are NOT RECORDED yet and kept elsewhere")
    }
    let missing = dispatches.filter(\.isMissing)
    for dispatch in missing.suffix(5) {
      lines.append("! \(dispatch.name): \(dispatch.words(at: now, in: zone))")
    }
    if missing.count > 5 {
      lines.append("! \(missing.count - 5) earlier ones NOT DELIVERED as well")
    }
    if counts.clockSteps > 0 {
      lines.append("! The clock of a writer was set back (\(counts.clockSteps)×)")
    }
    return lines
  }

  // MARK: - Next

  private func nextLines(in zone: TimeZoneRules, directory: Directory) -> [String] {
    guard let next else { return ["", "NEXT  Nothing is due."] }
    var lines = ["", "NEXT  \(next.words(at: now))"]
    var detail: [String] = []
    if let deadline = next.deadline {
      if deadline.step != nil { detail.append(receiver(of: deadline, in: directory, zone)) }
      if let rule = quotation(of: deadline.rule) { detail.append(rule) }
    }
    detail.append(next.command)
    lines.append("      " + detail.joined(separator: "  ·  "))
    return lines
  }

  /// The rule that something comes from: `"if not resolved in 15 min" INCIDENTS.md:284`.
  package func quotation(of rule: Deadline.Rule?) -> String? {
    guard let rule, !rule.text.isEmpty || rule.line > 0 else { return nil }
    let file = procedure.path.split(separator: "/").last.map(String.init) ?? procedure.name
    let text = rule.text.isEmpty ? "" : "\"\(rule.text)\""
    let place = rule.line > 0 ? "\(file):\(rule.line)" : ""
    return [text, place].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Who is to be called for a step, with the number; in words where nobody is known.
  private func receiver(of deadline: Deadline, in directory: Directory, _ zone: TimeZoneRules)
    -> String
  {
    let day = zone.localTime(at: now).date.weekday
    guard let person = directory.receiver(deadline.label, on: day) else {
      return "nobody is known for it"
    }
    return [person.name, person.contact].compactMap { $0 }.joined(separator: " ")
  }

  // MARK: - Countdowns

  private func countdownLines(in zone: TimeZoneRules) -> [String] {
    let running = NextStep.byUrgency(deadlines).filter { $0.due != nil }
    let over = deadlines.filter { $0.state == .met || $0.state == .metLate }
    guard !running.isEmpty || !over.isEmpty else { return [] }
    var lines = ["", "Countdowns"]
    for deadline in running.prefix(8) {
      lines.append(row(of: deadline))
    }
    if running.count > 8 { lines.append("  … and \(running.count - 8) more") }
    let met = over.compactMap { deadline -> String? in
      guard let at = deadline.settled else { return nil }
      let late = deadline.state == .metLate ? " late" : ""
      let by = deadline.by.map { " by \($0)" } ?? ""
      return "\(deadline.label) \(ClockText.minute(at, in: zone, at: now))\(late)\(by)"
    }
    if !met.isEmpty { lines.append("  met: \(met.joined(separator: " · "))") }
    return lines
  }

  private func row(of deadline: Deadline) -> String {
    let label = TextWidth.fit(deadline.title, to: 34)
    var parts = ["  \(deadline.countdown(at: now))", label]
    if let reason = deadline.reason, deadline.state == .snoozed {
      parts.append("snoozed: \(reason)")
    } else if let rule = quotation(of: deadline.rule) {
      parts.append(rule)
    }
    return parts.joined(separator: "  ")
  }

  // MARK: - People, checklist, entries

  private func peopleLines(in zone: TimeZoneRules) -> [String] {
    var lines = [""]
    let parts = [
      impact.summary, impact.services.map { "services: \($0)" },
      impact.users.map { "users: \($0)" },
      impact.revenue.map { "revenue: \($0)" },
    ].compactMap { $0 }
    lines.append("Impact     \(parts.isEmpty ? "not recorded" : parts.joined(separator: " · "))")
    let holders = roles.map { "\($0.role) \($0.name)" }
    let missing =
      unclaimedRoles.isEmpty ? [] : ["unclaimed: \(unclaimedRoles.joined(separator: ", "))"]
    lines.append("Roles      \((holders + missing).joined(separator: " · "))")
    if let handoverOfferedTo {
      lines.append("           hand-over offered to \(handoverOfferedTo), not yet accepted")
    }
    if let promises = promises.words { lines.append("Promises   \(promises)") }
    if !alerts.isEmpty {
      let texts = alerts.prefix(3).map { $0.count > 1 ? "\($0.title) (×\($0.count))" : $0.title }
      let more = alerts.count > 3 ? " · \(alerts.count - 3) more" : ""
      lines.append("Alerts     \(texts.joined(separator: " · "))\(more)")
    }
    return lines
  }

  private func checklistLines() -> [String] {
    guard !checklist.isEmpty else { return [] }
    let done = checklist.count { $0.state != .open }
    var progress = "\(done)/\(checklist.count)"
    if let phase {
      let own = checklist.filter { $0.item.phase == phase.id }
      if !own.isEmpty {
        progress =
          "\(phase.title) \(own.count { $0.state != .open })/\(own.count) · all \(progress)"
      }
    }
    var lines = ["Checklist  \(progress)"]
    let open = checklist.filter { $0.state == .open }
    let own = open.filter { $0.item.phase == phase?.id }
    for item in (own.isEmpty ? open : own).prefix(3) {
      lines.append("           [ ] \(item.number) \(item.item.text)")
    }
    return lines
  }

  private func entryLines(in zone: TimeZoneRules) -> [String] {
    guard !entries.isEmpty else { return [] }
    let late = counts.late > 0 ? ", \(counts.late) late" : ""
    return ["", "Last entries (of \(counts.entries)\(late))"]
      + entries.map { "  " + $0.line(in: zone, at: now) }
  }
}

extension SituationReport.Damage {
  /// What is wrong and where: `x.jsonl:12 (byte 3481): the seal is wrong`.
  package var words: String {
    line > 0 ? "\(file):\(line) (byte \(offset)): \(what)" : "\(file): \(what)"
  }
}

extension Incident.Outcome {
  package var words: String { self == .falseAlarm ? "false alarm" : rawValue }
}
