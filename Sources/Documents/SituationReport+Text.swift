import Display
package import Engine
package import Wording

extension SituationReport {
  /// The report for people: a calm page with the next thing to do on top.
  ///
  /// The lines are not yet harmless: whoever prints them cleans them.
  /// `entries` are the newest, in the order in which they happened.
  package func lines(
    in zone: TimeZoneRules, entries: [Entry] = [], on surface: Surface = .commandLine
  ) -> [String] {
    var lines = headerLines(in: zone)
    lines += nextLines(on: surface)
    lines += countdownLines(in: zone)
    lines += peopleLines(in: zone)
    lines += checklistLines()
    lines += entryLines(entries, in: zone)
    return lines
  }

  // MARK: - Header

  private func headerLines(in zone: TimeZoneRules) -> [String] {
    let mark = isDrill ? "DRILL " : ""
    var facts = [status.name.uppercased()]
    if let outcome, !isOpen { facts = ["CLOSED (\(outcome.words))"] }
    if let clock { facts.append(clock.counter(at: now)) }
    if let phase, isOpen { facts.append("phase \(phase.title)") }
    if episode > 1 { facts.append("episode \(episode)") }
    var lines = ["\(mark)\(severity ?? "SEVERITY UNKNOWN") ■ \(title)"]
    lines.append(([id] + facts).joined(separator: " · "))
    let known = times.compactMap { time in
      time.at.map { "\(time.milestone.rawValue) \(InstantText.minute($0, in: zone, near: now))" }
    }
    lines.append("\(InstantText.exact(now, in: zone)) · \(known.joined(separator: " · "))")
    if let notRead = procedure.notRead { lines.append("! PROCEDURE NOT READ: \(notRead)") }
    for damage in damage where !damage.isAccepted { lines.append("! DAMAGED LOG: \(damage.words)") }
    lines += storeTrouble(in: zone).map { "! \($0)" }
    let missing = dispatches.filter(\.isUntold)
    for dispatch in missing.suffix(5) {
      lines.append("! \(dispatch.name): \(dispatch.words(at: now, in: zone))")
    }
    if missing.count > 5 {
      lines.append("! \(missing.count - 5) earlier updates NOT DELIVERED either")
    }
    if counts.clockSteps > 0 {
      lines.append("! The clock of a writer was set back (\(counts.clockSteps)×)")
    }
    return lines
  }

  // MARK: - Next

  private func nextLines(on surface: Surface) -> [String] {
    guard let next else { return ["", "NEXT  Nothing is due."] }
    var lines = ["", "NEXT  \(next.words(at: now))"]
    var detail: [String] = []
    if let deadline = next.deadline {
      if case .call = next.action { detail.append(next.receiverWords) }
      if let rule = quotation(of: deadline.rule) { detail.append(rule) }
    }
    detail.append(next.command(on: surface))
    lines.append("      " + detail.joined(separator: "  ·  "))
    let track = tracks.first { $0.duty.deadline?.id == next.deadline?.id }
    if let telling = track?.words(at: now) { lines.append("      \(telling)") }
    return lines
  }

  /// The rule that something comes from: `"if not resolved in 15 min" INCIDENTS.md:284`.
  package func quotation(of rule: Deadline.Rule?) -> String? {
    let file = procedure.path.split(separator: "/").last.map(String.init) ?? procedure.name
    return rule?.quotation(from: file)
  }

  // MARK: - Countdowns

  private func countdownLines(in zone: TimeZoneRules) -> [String] {
    let running = deadlines.filter { $0.state.isRunning && $0.due != nil }.inOrderOfUrgency()
    let over = deadlines.filter { $0.state == .met || $0.state == .metLate }
    guard !running.isEmpty || !over.isEmpty else { return [] }
    var lines = ["", "Countdowns"]
    for deadline in running.prefix(8) {
      lines.append(row(of: deadline))
    }
    if running.count > 8 { lines.append("  … and \(running.count - 8) more") }
    let met = over.compactMap { deadline -> String? in
      guard let at = deadline.settled else { return nil }
      let isLate = deadline.state == .metLate
      let late = isLate ? " late" : ""
      let isAnswered = deadline.step?.isAnswered ?? false
      let by =
        deadline.by.map {
          isAnswered ? ", acknowledged by \($0)" : isLate ? ", by \($0)" : " by \($0)"
        }
        ?? ""
      return "\(deadline.label) \(InstantText.minute(at, in: zone, near: now))\(late)\(by)"
    }
    if !met.isEmpty { lines.append("  met: \(met.joined(separator: " · "))") }
    return lines
  }

  private func row(of deadline: Deadline) -> String {
    let label = TextWidth.fit(deadline.title, to: 34)
    var parts = ["  \(deadline.clockColumn(at: now))", label]
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
    lines.append("Impact     \(impact.words ?? "not recorded")")
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

  private func entryLines(_ entries: [Entry], in zone: TimeZoneRules) -> [String] {
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

extension Deadline {
  /// Its state and the time left in 14 columns: `in      02:17`, `OVER    12:17`.
  package func clockColumn(at now: Timestamp) -> String {
    let (word, time) = (word(at: now), countdown(at: now) ?? "")
    let gap = String(repeating: " ", count: max(1, 14 - word.count - time.count))
    return word + gap + time
  }
}

extension SituationReport {
  /// The incident in one short line: severity, title, elapsed time, what is next.
  package var statusLine: String {
    let elapsed = clock?.counter(at: now)
    let next = next.map { next -> String in
      switch next.action {
      case .call(let name): "CALL \(name)"
      default: next.words(at: now)
      }
    }
    let missing = Set(dispatches.filter(\.isMissing).map(\.target)).sorted()
    let withheld = Set(dispatches.filter(\.isWithheld).map(\.target)).sorted()
    let marks = [("NOT DELIVERED", missing), ("NOT SENT", withheld)].filter { !$0.1.isEmpty }
    let mark = marks.map { "\($0.0) \($0.1.joined(separator: ","))" }.joined(separator: " ")
    return [
      isDrill ? "DRILL" : nil, severity ?? "SEV?", title, elapsed, mark.isEmpty ? nil : mark, next,
    ]
    .compactMap { $0 }
    .joined(separator: " ")
  }
}

extension SituationReport {
  /// What is wrong with the store, as far as it matters to this incident.
  func storeTrouble(in zone: TimeZoneRules) -> [String] {
    var lines: [String] = []
    if let clockAhead {
      lines.append(
        "A CLOCK IS AHEAD: an entry was written \(InstantText.span(clockAhead)) ahead of this machine's time"
      )
    }
    if let unsyncedSince {
      lines.append(
        "UNSYNCED SINCE \(InstantText.second(unsyncedSince, in: zone, near: now)): the disk did not confirm what was written"
      )
    }
    if keptElsewhere > 0 {
      let entries = keptElsewhere == 1 ? "entry is" : "entries are"
      lines.append("\(keptElsewhere) \(entries) NOT RECORDED yet, kept in the spool")
    }
    if let settingsUnread { lines.append("STORE.YAML NOT READ: \(settingsUnread)") }
    if let sentence = agent.sentence({ InstantText.second($0, in: zone, near: now) }) {
      lines.append(sentence)
    }
    return lines
  }
}
