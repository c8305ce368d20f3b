package import Engine
import Wording

extension Debrief {
  /// The debrief of an incident of that title and id; `headText` is the head of its log.
  package func document(
    of title: String, id: String, in zone: TimeZoneRules, head: String? = nil
  ) -> ReportDocument {
    var document = ReportDocument(title: "DRILL: debrief of \(title)")
    document.facts = [.init("Drill", id)]
    if let drill { document.facts.append(.init("Made from", drill.source)) }
    if pace.percent != 100 {
      document.facts.append(.init("Speed", "\(pace.factor) times; all times by its clock"))
    }
    if let start {
      document.facts.append(.init("Clock started", InstantText.full(start, in: zone)))
    }
    if !isOver { document.warnings.append("The drill has not ended yet.") }
    if let drill, drill.leftOut > 0 {
      document.warnings.append(
        "\(drill.leftOut) events of the original did not fit into the drill.")
    }
    document.sections = [
      momentSection, targetSection, callSection, promiseSection(zone), reactionSection(zone),
      checklistSection, silenceSection(zone),
    ].compactMap { $0 }
    if let head { document.footer = ["Log head: \(head)"] }
    return document
  }

  private var momentSection: ReportDocument.Section? {
    let rows = moments.map { moment -> [ReportDocument.Phrase] in
      [
        .strong(moment.milestone.rawValue), .init(Self.span(moment.drill) ?? "not reached"),
        .init(Self.span(moment.allowed) ?? "-"),
        .init(Self.difference(moment.drill, from: moment.allowed, "in time", "late")),
        .init(Self.span(moment.original) ?? "-"),
        .init(Self.difference(moment.drill, from: moment.original, "faster", "slower")),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return .init(
      "Times from the start of the clock",
      [
        .table(
          header: ["Moment", "Drill", "Allowed", "", "Original", ""], rows: rows)
      ])
  }

  private static func span(_ span: Duration?) -> String? {
    span.map { ($0 < .zero ? "-" : "") + InstantText.span($0) }
  }

  private static func difference(
    _ own: Duration?, from other: Duration?, _ less: String, _ more: String
  ) -> String {
    guard let own, let other else { return "" }
    let difference = other - own
    if abs(difference.wholeSeconds) < 1 { return less == "faster" ? "the same" : less }
    return "\(InstantText.span(difference)) \(difference > .zero ? less : more)"
  }

  private var targetSection: ReportDocument.Section? {
    let lines = targets.filter { $0.result != .cancelled }.map { target -> ReportDocument.Phrase in
      let margin = target.margin(at: end).map { InstantText.span($0) } ?? ""
      let by = target.by.map { " by \($0)" } ?? ""
      switch target.result {
      case .met: return .init("\(target.label): met\(by), \(margin) to spare")
      case .late: return .strong("\(target.label): ") + .init("met\(by) \(margin) late")
      case .missed: return .strong("\(target.label): ") + .init("missed, overdue by \(margin)")
      case .running, .cancelled: return .init("\(target.label): still running")
      }
    }
    return lines.isEmpty ? nil : .init("Targets", [.bullets(lines)])
  }

  private var callSection: ReportDocument.Section? {
    let lines = calls.map { call -> ReportDocument.Phrase in
      if call.acknowledged != nil {
        return .init("\(call.label): \(call.by ?? "somebody") acknowledged the incident")
      }
      guard let span = call.span else {
        return .strong("\(call.label): ") + .init("nobody was reached")
      }
      let by = call.by.map { " (\($0))" } ?? ""
      let when = span <= .zero ? "before it was due" : "\(InstantText.span(span)) after it was due"
      return .init("\(call.label): reached \(when)\(by)")
    }
    return lines.isEmpty ? nil : .init("Calls", [.bullets(lines)])
  }

  private func promiseSection(_ zone: TimeZoneRules) -> ReportDocument.Section? {
    let lines = promises.compactMap { promise -> ReportDocument.Phrase? in
      let due = InstantText.minute(promise.due, in: zone)
      let whom = promise.audience.map { " to \($0)" } ?? ""
      switch promise.result {
      case .kept: return .init("Promised\(whom) for \(due): kept")
      case .broken:
        let late = promise.answered.map { ", \(InstantText.span($0 - promise.due)) late" } ?? ""
        return .strong("Promised\(whom) for \(due): ") + .init("broken\(late)")
      case .running: return .init("Promised\(whom) for \(due): still running")
      case .ended: return nil
      }
    }
    return lines.isEmpty ? nil : .init("Promises", [.bullets(lines)])
  }

  private func reactionSection(_ zone: TimeZoneRules) -> ReportDocument.Section? {
    guard !reactions.isEmpty else { return nil }
    let rows = reactions.map { reaction -> [ReportDocument.Phrase] in
      let after = start.map { Self.span(reaction.at - $0) ?? "" } ?? ""
      let answer = reaction.span.map { "\(InstantText.span($0))" } ?? "nothing"
      return [
        .init(after), .init(reaction.actor), .init(answer), .init(reaction.by ?? ""),
        .init(reaction.event.words),
      ]
    }
    return .init(
      "Injected events, and the time until a person wrote the next entry",
      [.table(header: ["At", "By", "Next entry", "By whom", "What"], rows: rows)])
  }

  /// How many items that were left are named.
  private static let mostLeft = 12

  private var checklistSection: ReportDocument.Section? {
    let count = done.count + skipped.count + left.count
    guard count > 0 else { return nil }
    var blocks: [ReportDocument.Block] = [
      .paragraph(.init("\(done.count) of \(count) done"))
    ]
    let lines =
      skipped.map {
        ReportDocument.Phrase("skipped: \($0.item.text)\($0.reason.map { ": \($0)" } ?? "")")
      } + left.prefix(Self.mostLeft).map { ReportDocument.Phrase("open: \($0.item.text)") }
      + (left.count > Self.mostLeft
        ? [ReportDocument.Phrase("open: \(left.count - Self.mostLeft) more")] : [])
    if !lines.isEmpty { blocks.append(.bullets(lines)) }
    return .init("Checklist", blocks)
  }

  private func silenceSection(_ zone: TimeZoneRules) -> ReportDocument.Section? {
    guard !silences.isEmpty else { return nil }
    let lines = silences.map { silence in
      ReportDocument.Phrase(
        "\(InstantText.minute(silence.from, in: zone)) to "
          + "\(InstantText.minute(silence.to, in: zone)): \(InstantText.span(silence.span))")
    }
    return .init("Periods without entries", [.bullets(lines)])
  }
}
