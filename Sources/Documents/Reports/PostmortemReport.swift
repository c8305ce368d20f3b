package import Engine
package import Wording

/// What happened, why, how it was handled and what follows: everything for the review that the log can tell.
package struct PostmortemReport: Sendable {
  package var situation: SituationReport
  package var zone: TimeZoneRules
  /// Sentences.
  package var summary: [String]
  package var timeline: [Entry]
  package var findings: [Said]
  /// As a field of the checklist has it.
  package var rootCause: String?
  package var hypotheses: [Said]
  package var decisions: [DecisionMade]
  package var wentWell: [String]
  package var wentWrong: [String]
  package var actions: [ActionRow]
  package var duties: [DutyRow]
  package var spent: [TimeSpent]
  package var metrics: [EpisodeMetrics]
  package var conduct: Conduct
  package var chart: TimelineChart
  /// Everybody who wrote or held a role.
  package var people: [String]
  /// The procedure's own template for a post-mortem.
  package var template: Template?
  /// What answers the places of that template.
  package var facts: TemplateFacts
  package var procedure: Procedure

  package init(of source: ReportSource, author: String? = nil) {
    let incident = source.incident
    let episodes = Episode.all(of: incident, events: source.events)
    situation = source.situation
    zone = source.zone
    timeline = source.entries
    let said = Said.all(in: source.events, of: incident)
    findings = said.filter { $0.kind == .findingAdded }
    rootCause = incident.filledIn(.rootCause)
    hypotheses = said.filter { $0.kind == .hypothesisAdded }
    decisions = DecisionMade.all(in: source)
    actions = ActionRow.all(of: incident, at: source.now, in: source.context)
    let isOwed = incident.closing.map { $0.value.outcome == .resolved } ?? true
    duties = isOwed ? DutyRow.all(of: incident, at: source.now, in: source.context) : []
    spent = TimeSpent.all(of: episodes, at: source.now)
    metrics = EpisodeMetrics.all(of: episodes, at: source.now)
    conduct = Conduct(
      of: episodes, events: source.events, at: source.now, in: source.context)
    chart = TimelineChart(of: source, episodes: episodes, entries: timeline)
    procedure = incident.procedure
    template = TemplateChoice.postmortem(in: procedure)
    var told = source.context
    told.zone = source.zone
    facts = TemplateFacts(
      of: incident, events: source.events, at: source.now, in: told, author: author,
      head: source.headText, duration: Self.duration(of: episodes, at: source.now))
    people = Self.people(source, timeline)
    summary = []
    wentWell = []
    wentWrong = []
    summary = Self.summary(of: episodes, in: source.zone)
    judge(incident, events: source.events)
  }

  /// Those who hold or held a role, then everybody else who wrote; one name in two spellings of case is one person.
  private static func people(_ source: ReportSource, _ timeline: [Entry]) -> [String] {
    let incident = source.incident
    let roles: Set<EventKind> = [.roleAssigned, .handoverAccepted]
    let holders = source.events.filter {
      roles.contains($0.kind) && incident.retractions[$0.sequence] == nil
    }.compactMap { $0.data.string("name") }
    let automatic: Set<EventKind> = [.alertFired, .alertResolved]
    let writers = timeline.filter {
      !$0.kind.isAutomatic && !automatic.contains($0.kind) && !$0.isSecret
    }.map(\.actor)
    var seen: Set<String> = []
    return (holders + writers).filter { seen.insert($0.lowercased()).inserted }
  }

  package var lateCount: Int { timeline.count { $0.isLate } }
  package var correctedCount: Int { timeline.count { $0.isCorrected } }
  package var retractedCount: Int { timeline.count { $0.isRetracted } }
  package var hiddenCount: Int { timeline.count { $0.isSecret } }

  /// How long the impact lasted, all episodes together.
  private static func duration(of episodes: [Episode], at now: Timestamp) -> Duration? {
    var total = Duration.zero
    for episode in episodes {
      // Times that contradict each other give no duration.
      guard let clock = episode.incident.duration, !clock.isInvalid else { return nil }
      let lasted = clock.elapsed(at: episode.lastInstant(now))
      guard lasted >= .zero else { return nil }
      total += lasted
    }
    return total
  }

  // MARK: - Summary

  private static func summary(
    of episodes: [Episode], in zone: TimeZoneRules
  ) -> [String] {
    guard let incident = episodes.last?.incident else { return [] }
    // What nobody recorded is not told as the beginning.
    let known: [(Incident.Milestone, String)] = [
      (.started, "began"), (.detected, "was detected"), (.declared, "was declared"),
    ]
    let first = known.compactMap { milestone, word in
      incident.time(of: milestone).map { "\(word) at \(InstantText.full($0, in: zone))" }
    }.first
    let severity =
      incident.severityID.map { "a \($0) incident" } ?? "an incident of unknown severity"
    let isFalse = incident.closing?.value.outcome == .falseAlarm
    var sentences = [
      "\(incident.shownTitle) was \(isFalse ? "reported as " : "")\(severity)\(atWorst(incident)) "
        + "that \(first ?? "was never declared")\(isFalse ? ", and was a false alarm" : "")."
    ]
    if let impact = incident.impact.words {
      sentences.append("\(isFalse ? "Reported impact" : "Impact"): \(impact).")
    }
    for episode in episodes { sentences += course(of: episode, in: zone) }
    if incident.time(of: .resolved) == nil, incident.isOpen {
      sentences.append("It is not resolved: \(incident.statusName).")
    }
    if let closing = incident.closing, closing.value.outcome != .resolved {
      let reason = closing.value.reason.map { ": \($0)" } ?? ""
      sentences.append("It was \(closing.value.outcome.pastWords)\(reason).")
    }
    return sentences
  }

  /// The worst severity that held, where it is not the one that holds now.
  private static func atWorst(_ incident: Incident) -> String {
    let held = incident.severities.entries.compactMap(\.value)
    let known = incident.procedure.severities.filter { held.contains($0.id) }
    guard let worst = known.min(by: { $0.rank < $1.rank }), worst.id != incident.severityID else {
      return ""
    }
    return ", \(worst.id) at its worst,"
  }

  /// When an episode was mitigated and resolved, and how long after its beginning.
  private static func course(of episode: Episode, in zone: TimeZoneRules) -> [String] {
    guard let start = episode.time(of: .started) ?? episode.incident.clockStart else { return [] }
    var sentences: [String] = []
    if let reopened = episode.reopened {
      sentences.append("It was reopened at \(InstantText.full(reopened, in: zone)).")
    }
    func tell(_ at: Timestamp?, _ word: String) {
      guard let at else { return }
      let time = InstantText.full(at, in: zone)
      let again = episode.reopened == nil ? "" : " again"
      let lasted =
        at < start
        ? "which is \(InstantText.span(start - at)) before it began: one of the two times is invalid"
        : "after \(InstantText.span(at - start))"
      sentences.append("It was \(word)\(again) at \(time), \(lasted).")
    }
    let (mitigated, resolved) = (episode.time(of: .mitigated), episode.time(of: .resolved))
    if mitigated != resolved { tell(mitigated, "mitigated") }
    tell(resolved, "resolved")
    return sentences
  }

  // MARK: - What went well and wrong

  private mutating func judge(_ incident: Incident, events: [RecordedEvent]) {
    // Windows of phases say nothing about a team that never said which phase it was in.
    let isPhased = !incident.phaseEntries.isEmpty
    for target in conduct.targets where isPhased || target.kind != .phase { judge(target) }
    judgePromises()
    for item in conduct.skipped {
      wentWrong.append(
        "Skipped: \(Self.asked(item.item.text)) (\(item.reason ?? "no reason recorded"))")
    }
    judgeLeftOpen(incident)
    judgeGaps()
    for silence in conduct.silences {
      wentWrong.append(
        "Nothing was written for \(InstantText.span(silence.span)), from "
          + "\(time(silence.from)) to \(time(silence.to))")
    }
    judgeCalls()
    judgeDeliveries()
    for reopening in conduct.reopenings { wentWrong.append(words(of: reopening)) }
    if let notRead = incident.procedureNotRead {
      wentWrong.append("The procedure could not be read at declaration: \(notRead)")
    }
  }

  private func words(of reopening: Conduct.Reopening) -> String {
    let reason = reopening.reason.map { ": \($0)" } ?? ""
    let reopened = "reopened at \(time(reopening.at))\(reason)"
    if reopening.hadFix { return "The fix did not hold: \(reopened)" }
    let ended = reopening.outcome?.pastWords ?? "ended"
    return "It had been \(ended) without a fix and was \(reopened)"
  }

  private mutating func judge(_ target: Conduct.TargetOutcome) {
    let episode = metrics.count > 1 ? " (episode \(target.episode))" : ""
    let what = (target.kind == .phase ? "Phase \(target.label)" : target.label) + episode
    switch target.result {
    case .met where target.isInferred: break
    case .met:
      let early = target.settled.map { InstantText.span(target.due - $0) } ?? ""
      let by = target.kind == .acknowledge || target.kind == .respond ? target.by : nil
      wentWell.append(
        "\(what): met at \(target.settled.map(time) ?? "")\(by.map { " by \($0)" } ?? ""), "
          + "\(early) before it was due")
    case .late:
      let delay = target.delay.map { $0 < .seconds(1) ? "less than 1 s" : InstantText.span($0) }
      let met = target.isInferred ? "never recorded, and shown only" : "met"
      wentWrong.append("\(what): due at \(time(target.due)), \(met) \(delay ?? "") late")
    case .missed:
      let met = target.isStillOpen ? "not met yet" : "never met"
      wentWrong.append("\(what): due at \(time(target.due)), \(met)")
    case .running, .cancelled: break
    }
  }

  private mutating func judgePromises() {
    let kept = conduct.promises.count { $0.result == .kept }
    if kept > 0 {
      let all = conduct.promises.count { $0.result == .kept || $0.result == .broken }
      wentWell.append("\(kept) of \(all) promised updates came in time")
    }
    for promise in conduct.promises where promise.result == .broken {
      let audience = promise.audience.map { " to \($0)" } ?? ""
      let came =
        promise.answered.map { "came \(InstantText.span($0 - promise.due)) late" } ?? "never came"
      wentWrong.append("The update\(audience) promised for \(time(promise.due)) \(came)")
    }
  }

  /// A step without the line that its answer was to be written on.
  private static func asked(_ text: String) -> String {
    let words = text.split(separator: " ").filter { !$0.allSatisfy { $0 == "_" } }
    let asked = words.joined(separator: " ")
    return asked.last == ":" ? String(asked.dropLast()) : asked
  }

  /// Steps that nobody ticked or skipped, once the incident is closed.
  private mutating func judgeLeftOpen(_ incident: Incident) {
    let (open, all) = (conduct.leftOpen.count, incident.checklist.count)
    guard incident.closing?.value.outcome == .resolved, open > 0 else { return }
    wentWrong.append(
      "\(open) of \(all) steps of the checklist were neither done nor skipped: "
        + conduct.leftOpen.prefix(3).map { Self.asked($0.item.text) }.joined(separator: "; ")
        + (open > 3 ? "; …" : ""))
  }

  private mutating func judgeGaps() {
    for gap in conduct.gaps {
      let episode = metrics.count > 1 ? " (episode \(gap.episode))" : ""
      let who = gap.audience.map { "Updates to \($0)" } ?? "Updates"
      let times = gap.count == 1 ? "once" : "\(gap.count) times"
      wentWrong.append(
        "\(who)\(episode): asked for every \(gap.every.words), \(times) later than that; "
          + "the longest wait was \(InstantText.span(gap.longest.span)), from "
          + "\(time(gap.longest.from)) to \(time(gap.longest.to))")
    }
  }

  /// What got where it was sent, late or never.
  private mutating func judgeDeliveries() {
    let all = situation.dispatches
    var arrived = 0
    for dispatch in all {
      let why = dispatch.error.map { " (\($0))" } ?? ""
      let audience = dispatch.audience.map { " to \($0)" } ?? ""
      let update = "Update \(dispatch.update)\(audience)"
      switch dispatch.state {
      case .delivered(let at):
        arrived += 1
        guard dispatch.failures > 0 else { continue }
        let times =
          dispatch.failures == 1 ? "a failed attempt" : "\(dispatch.failures) failed attempts"
        wentWrong.append(
          "\(update) was delivered to \(dispatch.target) only at \(time(at)), after \(times)\(why)")
      case .superseded(let later):
        wentWrong.append(
          "\(update) was never delivered to \(dispatch.target)\(why); the later update \(later) was"
        )
      case .withheld:
        let held = dispatch.words(at: situation.now, in: zone)
        wentWrong.append("\(update) was never delivered to \(dispatch.target)\(why); \(held)")
      case .due, .givenUp, .failed:
        wentWrong.append("\(update) was never delivered to \(dispatch.target)\(why)")
      }
    }
    if arrived > 0 {
      wentWell.append("\(arrived) of \(all.count) updates were delivered")
    }
  }

  private mutating func judgeCalls() {
    for call in conduct.calls {
      let called = "\(call.to) was to be called at \(time(call.due))"
      switch call.result {
      case .reached:
        let wait = call.wait ?? .zero
        if wait > Conduct.Call.patience {
          wentWrong.append("\(called) and was reached only after \(InstantText.span(wait))")
        } else {
          wentWell.append("\(called) and was reached after \(InstantText.span(wait))")
        }
      case .acknowledged:
        // In time there was no call to be made.
        guard let answer = call.acknowledged, answer.at - call.due > Conduct.Call.patience else {
          continue
        }
        wentWrong.append(
          "\(called), but nobody is recorded as reached; \(answer.by) acknowledged the incident "
            + "only after \(InstantText.span(answer.at - call.due))")
      case .nobodyReached:
        wentWrong.append("\(called), but nobody is recorded as reached")
      case .ended: break
      }
    }
  }

  func time(_ instant: Timestamp) -> String {
    InstantText.short(instant, in: zone, near: situation.clockStart ?? situation.now)
  }
}
