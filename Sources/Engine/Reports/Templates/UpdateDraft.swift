/// An update in the making: the template that fits its audience, what of it is filled in, and what is promised.
///
/// Both front ends compose with it, so that the same incident gives the same words in both.
package struct UpdateDraft: Sendable {
  package let audience: String?
  package let template: Template
  package let filled: FilledTemplate
  /// When the next one is promised, unless somebody says otherwise.
  package let next: Timestamp?

  /// Fills in a template, else the one that fits; `given` are answers by the name of a place, `head` is the log's newest
  /// line as `sequence:hash`.
  package init(
    to audience: String?, of incident: Incident, events: [RecordedEvent], at now: Timestamp,
    in context: TimeContext = TimeContext(), template: Template? = nil, next: Timestamp? = nil,
    author: String? = nil, head: String? = nil, given: [String: String] = [:]
  ) {
    self.audience = audience
    self.template =
      template.map {
        TemplateChoice.part(of: $0, for: incident.statusNow, in: incident.procedure)
      } ?? incident.template(for: audience)
    self.next = next ?? incident.promise(to: audience, from: now, in: context)
    let facts = TemplateFacts(
      of: incident, events: events, at: now, in: context, next: self.next, author: author,
      head: head, audience: audience)
    filled = FilledTemplate(
      self.template.body, procedure: incident.procedure, from: facts, given: given)
  }

  /// The words, without white space at their end.
  package var text: String {
    var text = filled.text[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// The places that nobody has filled in, each as it stands in the text.
  package var open: [String] {
    filled.holes.reduce(into: []) { if !$0.contains($1.shown) { $0.append($1.shown) } }
  }

  /// What the template's author had in mind at each open place, as an example.
  package var hints: [(place: String, example: String)] {
    filled.holes.reduce(into: []) { hints, hole in
      guard let hint = hole.place.hint, !hints.contains(where: { $0.place == hole.shown }) else {
        return
      }
      hints.append((hole.shown, hint))
    }
  }

  /// Which of a template's places are still open in words that somebody may have edited, and whatever else stands in
  /// brackets.
  package static func openPlaces(in text: String, of known: [String]) -> [String] {
    var places = known.filter { text.containsText($0) }
    for line in text.split(separator: "\n") {
      var rest = line
      while let begin = rest.firstIndex(of: "["), let end = rest[begin...].firstIndex(of: "]") {
        let place = String(rest[begin...end])
        let isLink = rest[rest.index(after: end)...].first == "("
        let isTag = TemplateLexicon.tags.contains(TemplatePlace.key(place))
        if !isLink, !isTag, !places.contains(where: { $0.containsText(place) }), place.count > 3 {
          places.append(place)
        }
        rest = rest[rest.index(after: end)...]
      }
    }
    return places
  }

  /// The words as they go out: with the log's newest line below them, by which anybody can check the log later.
  package static func signed(_ text: String, head: String?) -> String {
    guard let head else { return text }
    return text + mark + head + "\n"
  }

  private static let mark = "\n\n-- \nlog "

  /// The words alone, for where they stand beside the log anyway.
  package static func unsigned(_ text: String) -> String {
    // No longer than this at its end: the mark, a number and a hash.
    let tail = Array(text.utf8.suffix(112))
    let mark = Array(mark.utf8)
    let starts = tail.indices.reversed().first { tail[$0...].starts(with: mark) }
    guard let start = starts, tail.last == 10 else { return text }
    let head = tail[(start + mark.count)...].dropLast()
    guard head.contains(58), !head.contains(10), !head.contains(32) else { return text }
    return String(decoding: text.utf8.dropLast(tail.count - start), as: UTF8.self)
  }
}

extension Incident {
  /// Everybody who is owed updates or had one, each once; nil is the team.
  package var audiences: [String?] {
    var all: [String?] = rulingCadence.map(\.audience) + rulingNotices.map(\.audience)
    all += rulingSeverity?.targets.filter { $0.kind == .communicate }.map(\.audience) ?? []
    all += updates.entries.map(\.value.audience)
    return (all + [nil]).reduce(into: []) { known, audience in
      if !known.contains(where: { sameAudience($0, audience) }) { known.append(audience) }
    }
  }

  /// Audience of a template: the first one inside or outside that is owed updates, by the template's title; customers if
  /// it is for people outside and none of them is owed any. Nil is the team.
  package func audience(for template: Template) -> String? {
    let isOutside = TemplateChoice.Purpose(of: template) == .outside
    let owed = audiences.first { Audience($0).isOutside == isOutside }
    return owed ?? (isOutside ? "customers" : nil)
  }

  /// When an audience is to hear next, by deadlines that were computed; nil where nothing runs.
  package func nextWord(to audience: String?, by deadlines: [Deadline]) -> Timestamp? {
    let kinds: Set<Deadline.Kind> = [.update, .communicate]
    let own = deadlines.filter {
      kinds.contains($0.kind) && $0.state.isRunning && sameAudience($0.audience, audience)
    }
    return own.compactMap(\.due).min()
  }

  /// The number that the next update to an audience has; one that names nobody counts on from all of them.
  ///
  /// What was retracted has used up its own.
  package func updateNumber(for audience: String?) -> Int {
    guard let audience else { return updateCounts.values.reduce(1, +) }
    return updateCounts[EscalationPlan.key(audience), default: 0] + 1
  }

  /// The template that fits an audience now.
  package func template(for audience: String?) -> Template {
    // People outside have not seen what was said inside, and the other way round.
    let isOutside = Audience(audience).isOutside
    if let closing, closing.value.outcome != .resolved {
      return TemplateChoice.closed(isOutside: isOutside)
    }
    let isFirst = !updates.entries.contains {
      Audience($0.value.audience).isOutside == isOutside
    }
    return TemplateChoice.template(
      in: procedure, audience: audience,
      status: statusNow, isFirst: isFirst, severity: severityID, about: described)
  }

  /// The moments that a template was written for, where the present one is none of them: an all-clear while it goes on.
  package func otherMoments(of template: Template) -> [TemplateStage] {
    let stages = TemplateStage.possible(for: template, in: procedure)
    guard procedure.templates.contains(template), !stages.isEmpty,
      !stages.contains(TemplateStage(of: statusNow))
    else { return [] }
    return TemplateStage.allCases.filter(stages.contains)
  }

  /// What was said of it where it was declared and described.
  private var described: String {
    let said = [title, impact.summary, impact.services, filledIn(.rootCause)]
    return (said.compactMap { $0 } + alerts.values.map(\.title)).joined(separator: " ")
  }

  fileprivate var statusNow: Status {
    let change = status.change
    return Status(id: change.status, name: statusName, role: change.role, line: 0)
  }

  /// When the next update to an audience is to be promised: by its own cadence, else by the shortest; where the procedure
  /// has none, by a promise that still runs. Nil once it is resolved.
  package func promise(
    to audience: String?, from instant: Timestamp, in context: TimeContext
  ) -> Timestamp? {
    guard !isResolved, closing == nil else { return nil }
    let rules = rulingCadence
    let own = rules.filter { sameAudience($0.audience, audience) }
    let ruled = (own.isEmpty ? rules : own).map {
      due($0.interval, after: instant, in: context).at
    }
    if let next = ruled.min() { return next }
    let last = updates.entries.last { sameAudience($0.value.audience, audience) }
    return last?.value.next.flatMap { $0 > instant ? $0 : nil }
  }
}
