/// What an incident answers to the places of a template.
package struct TemplateFacts: Sendable {
  /// Answers by key.
  private var answers: [String: String] = [:]
  private var updateNumber = ""
  private let incident: Incident
  private let now: Timestamp
  private let zone: TimeZoneRules
  /// How long it lasted, where the caller knows better than the present episode tells.
  private let lasted: Duration?
  /// When the next update is due or promised.
  package let next: Timestamp?

  /// Gathers the answers.
  ///
  /// The events give the words that the incident does not hold; `next` is the promise to be made, where that is decided,
  /// else the rule's; `author` writes; `head` is the log's newest line as `sequence:hash`.
  package init(
    of incident: Incident, events: [RecordedEvent], at now: Timestamp,
    in context: TimeContext = TimeContext(), next: Timestamp? = nil, author: String? = nil,
    head: String? = nil, audience: String? = nil, duration: Duration? = nil
  ) {
    lasted = duration
    self.incident = incident
    self.now = now
    zone = context.zone
    self.next = next ?? incident.promise(to: audience, from: now, in: context)
    describe(author: author, head: head, audience: audience)
    tellTimes()
    tellWords(of: Said.all(in: events, of: incident))
  }

  // MARK: - Gathering

  private mutating func set(_ keys: [String], _ value: String?) {
    guard let value, value.contains(where: { !$0.isWhitespace }) else { return }
    for key in keys where answers[key] == nil { answers[key] = value }
  }

  private mutating func describe(author: String?, head: String?, audience: String?) {
    let title = incident.isTitleWithheld ? nil : incident.title
    let impact = incident.impact
    updateNumber = String(incident.updateNumber(for: audience))
    set(["severity", "sev", "severity level", "priority", "level"], incident.severityID)
    set(["status", "current status", "incident status"], incident.statusName)
    set(Self.titles, title)
    set(["id and title", "incident id and title"], title.map { "\(incident.id): \($0)" })
    set(["id", "incident id", "incident number", "reference", "ticket"], incident.id)
    let services = impact.services
    set(Self.impacts, impact.summary ?? services)
    set(Self.features, services)
    set(Self.users, impact.users)
    set(
      ["customer count and business impact", "business impact"],
      [impact.users.map(Self.counted), impact.summary].compactMap { $0 }.joined(separator: "; "))
    set(["revenue", "revenue impact", "revenue lost", "amount", "cost"], impact.revenue)
    set(["root cause", "cause", "reason"], incident.filledIn(.rootCause))
    set(["commander", "incident commander", "ic", "lead", "incident lead"], commander)
    set(["author", "written by", "prepared by", "reported by", "your name"], author)
    set(["head", "log head", "head hash"], head)
    for held in incident.assignments { set([TemplatePlace.key(held.role)], held.name) }
    set(["responders", "team", "responding team", "on the incident", "participants"], responders)
    set(
      ["update number", "incident update", "update"],
      updateNumber)
    set(["phase", "current phase"], phaseTitle)
    let closing = incident.closing?.value
    set(["outcome"], closing?.outcome.rawValue.replacing("_", with: " "))
    set(["why"], closing?.reason)
  }

  private static let titles = [
    "title", "incident title", "incident", "incident name", "brief description", "description",
    "short description", "brief description of the incident", "brief title", "subject",
    "issue title", "what happened", "brief summary",
  ]
  /// Whether a place asks for what it means for people.
  static func isImpact(_ key: String) -> Bool { impacts.contains(key) }

  private static let impacts = [
    "impact", "user impact", "customer impact", "whats affected", "what is affected",
    "what was affected", "what is broken", "issue", "description of impact", "impact description",
    "what is the impact", "symptoms", "problem", "issue description", "description of issue",
    "describe impact", "brief description of impact",
  ]
  private static let features = [
    "affected services", "services", "service", "service name", "affected systems", "features",
    "features affected", "functionality", "what functionality is broken", "feature", "component",
    "systems affected", "services affected", "affected components", "list of affected features",
    "service feature",
  ]
  private static let users = [
    "users affected", "affected users", "customers affected", "customers", "users", "who",
    "who is affected", "number affected", "number of users", "count", "user count",
    "customer count", "number of customers affected", "number of users affected",
  ]

  /// A bare number says nothing beside other words.
  private static func counted(_ users: String) -> String {
    users.allSatisfy(\.isNumber) ? "\(users) \(users == "1" ? "user" : "users")" : users
  }

  private var commander: String? { incident.commander?.name }

  private var responders: String? {
    var names: [String] = []
    for held in incident.assignments where !names.contains(held.name) { names.append(held.name) }
    if names.isEmpty, let first = incident.acknowledgement?.actor { names.append(first) }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  private var phaseTitle: String? {
    incident.procedure.phases.first { $0.id == incident.phaseID }?.title
  }

  /// When its impact began, where somebody said so: that it was noticed or declared then says nothing of it.
  private var began: Timestamp? { incident.time(of: .started) }

  private var duration: Duration? {
    if let lasted { return lasted }
    guard incident.episode > 1 || began != nil else { return nil }
    return elapsed
  }

  /// How long it lasted, or has lasted by now; nil where it ended before it began.
  private var elapsed: Duration? {
    incident.duration.flatMap { $0.isInvalid ? nil : $0.elapsed(at: now) }
  }

  private mutating func tellTimes() {
    func text(_ instant: Timestamp?) -> String? {
      instant.map { InstantText.short($0, in: zone, near: now) }
    }
    set(["next update", "next", "next update time", "next update by"], text(next))
    set(["duration", "outage duration"], duration.map { InstantText.span($0) })
    set(["elapsed"], elapsed.map { InstantText.span($0) })
    set(
      ["start end time", "start to end time", "start end"],
      began.map { began in
        let end = incident.time(of: .resolved).map { InstantText.full($0, in: zone) }
        return "\(InstantText.full(began, in: zone)) - \(end ?? "not resolved")"
      })
    set(
      ["started", "start", "start time", "began", "when it began", "time started", "since"],
      text(began))
    set(
      ["detected", "time detected", "detection time"],
      text(incident.time(of: .detected) ?? incident.clockStart))
    set(["mitigated", "time mitigated", "mitigation time"], text(incident.time(of: .mitigated)))
    set(
      ["resolved", "time resolved", "resolution time", "end time", "ended"],
      text(incident.time(of: .resolved)))
    set(
      ["time", "now", "timestamp", "current time", "last updated", "updated", "updated at"],
      text(now))
    set(
      ["date", "day", "incident date"],
      InstantText.date(began ?? incident.clockStart ?? now, in: zone))
  }

  private mutating func tellWords(of said: [Said]) {
    func last(_ kind: EventKind, _ count: Int = 3) -> String? {
      let texts = said.filter { $0.kind == kind }.suffix(count).map(\.text)
      return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }
    set(["what we know", "findings", "what do we know"], last(.findingAdded))
    let open = incident.tasks.entries.filter {
      incident.finishedTasks[$0.stamp.sequence] == nil
    }
    let doing = open.map { task in
      let text = incident.correctedWords(of: task.stamp.sequence) ?? task.value.text
      return task.value.who.isEmpty ? text : "\(task.value.who): \(text)"
    }
    set(
      ["what we do", "what are we doing", "actions being taken", "next steps", "current actions"],
      doing.joined(separator: "; "))
    let known = [answers["what we know"], answers["what we do"]].compactMap { $0 }
    set(
      [
        "what do we know what are we doing", "what we know what we do", "summary",
        "current situation",
      ], known.joined(separator: ". "))
  }

  // MARK: - Answering

  /// Whole lines that tell what to write, as templates commonly have them.
  static let prompts: Set<String> = [
    "what happened", "what was affected", "what could be improved", "what went poorly",
    "current status", "next steps",
    "brief description of what happened", "detailed explanation of what caused the incident",
    "what was done to fix the issue", "what caused it", "what went well", "what went wrong",
    "who is affected", "what is affected", "what we know", "what we are doing",
  ]

  /// Whether a whole line tells what to write there: `Any extra details can go here`.
  static func isPrompt(_ key: String) -> Bool {
    prompts.contains(key) || asked(by: key) != key
      || [" go here", " goes here"].contains(where: key.hasSuffix)
  }

  /// What such a line asks for: `Short description of what is going on` asks for a short description.
  static func asked(by key: String) -> String {
    let openings = ["short description of what", "brief description of what"]
    let isKnown = prompts.contains(key)
    let opening = openings.first { key.hasPrefix($0) }
    return isKnown ? key : opening.map { String($0.dropLast(" of what".count)) } ?? key
  }

  /// The answer to a place, or nil where nothing recorded answers it.
  package func answer(to place: TemplatePlace) -> String? {
    // What is recorded is never an estimate, and none is made up.
    if [place.key, place.label].contains(where: Self.asksForEstimate) { return nil }
    if let rest = incident.restOfSeverity(at: place) { return rest }
    switch place.form {
    case .severities: return incident.severityID
    case .statuses: return status(for: place)
    case .people: return place.label.containsText("commander") ? commander : responders
    case .date: return day(of: place)
    case .dateAndClock:
      return instant(of: place).map { InstantText.full($0, in: zone) }
    case .clock: return instant(of: place).map { InstantText.short($0, in: zone, near: $0) }
    case .span: return span(for: place)
    case .number: return number(for: place)
    case .blank:
      let isTime = place.label.containsText("time") || place.label.hasPrefix("when")
      return value(of: place.label) ?? (isTime ? instantText(of: place) : nil)
    case .named, .prompt, .question: return named(place)
    }
  }

  /// The status, written as the template writes its own: `[MONITORING]`.
  private func status(for place: TemplatePlace) -> String {
    let name = incident.statusName
    guard place.written.hasPrefix("["), !place.written.contains(where: { "/|".contains($0) }) else {
      return name
    }
    let isUpper = !place.written.contains { $0.isLowercase }
    return "[\(isUpper ? name.uppercased() : name)]"
  }

  private static func asksForEstimate(_ key: String) -> Bool {
    let words = key.split(separator: " ")
    return words.contains("eta") || words.contains("estimated") || words.contains("estimate")
      || (words.contains("expected") && words.contains("resolution"))
  }

  /// The day that is asked for: that of a moment that is named, else the incident's; never one to come.
  private func day(of place: TemplatePlace) -> String? {
    if let instant = instant(of: place) { return InstantText.date(instant, in: zone) }
    let isOfIncident = ["", "date", "day", "on", "incident date", "date of incident"].contains {
      place.label == $0
    }
    return isOfIncident ? answers["date"] : nil
  }

  private func named(_ place: TemplatePlace) -> String? {
    if place.key == "who" {
      // Beside a follow-up it asks for its owner, which nobody can derive.
      let about = place.label + " " + place.heading
      guard
        ["affect", "impact", "customer", "user"].contains(where: about.lowercased().containsText)
      else { return nil }
    }
    if place.key == "date" || place.key == "day" { return day(of: place) }
    if place.key == "time", place.label.containsText("duration") { return answers["duration"] }
    if ["time", "timestamp"].contains(place.key) {
      if place.label.isEmpty, !place.trailing.isEmpty { return instantText(of: place) }
      if let time = instantText(of: place) { return time }
      // Beside anything but a moment that is known, the time of writing would be made up.
      let isOfMoment = TemplateMoment(words: place.label).map { $0 != .now } ?? false
      let isOfWriting =
        place.label.isEmpty
        || ["last updated", "updated", "time", "at"].contains {
          place.label.hasSuffix($0)
        }
      return isOfWriting && !isOfMoment ? answers["time"] : nil
    }
    if place.key == "name" || place.key == "names" {
      if let held = answers[place.label] { return held }
      return place.label.containsText("commander") ? commander : nil
    }
    if Self.counts.contains(place.key) { return number(for: place) }
    // What such a word asks for is told by the words before it: `IMPACT: [description]`.
    if Self.descriptions.contains(place.key), !place.label.isEmpty {
      let isOfTitle = Self.titles.contains(place.label) || place.label.hasSuffix("incident")
      return value(of: place.label) ?? (isOfTitle ? value(of: place.key) : nil)
    }
    return value(of: place.key) ?? toldByLabel(place)
  }

  /// `Impact: <who is affected and how>`, `Start time: {ISO timestamp}`: the label says it in one word.
  private func toldByLabel(_ place: TemplatePlace) -> String? {
    let asksForElse = ["link", "url", "number", "count", "how many", "percent", "name"].contains {
      place.key.containsText($0)
    }
    guard place.form == .named, !asksForElse, Self.plainLabels.contains(place.label) else {
      return nil
    }
    return answers[place.label]
  }

  private static let plainLabels: Set<String> = [
    "impact", "user impact", "customer impact", "status", "current status", "severity",
    "start time",
    "started", "since", "resolved", "next update", "duration", "root cause", "commander",
    "incident commander", "users affected",
  ]

  private static let counts: Set<String> = ["n", "number", "x", "count"]

  private static let descriptions: Set<String> = [
    "description", "brief description", "short description", "brief summary", "details", "list",
  ]

  /// What is counted is told by the words around it: `Update #[n]`, `[count] users`.
  private func number(for place: TemplatePlace) -> String? {
    let about = place.label + " " + place.heading
    if about.containsText("update"), place.label.isEmpty || place.label.hasSuffix("update") {
      return updateNumber
    }
    return value(of: place.label) ?? value(of: place.trailing)
  }

  /// An answer by key, or by what is left of it without words that change nothing.
  private func value(of key: String) -> String? {
    if let answer = answers[key] { return answer }
    let words = key.split(separator: " ")
    let meant = words.drop { Self.fillers.contains($0) }
    guard meant.count < words.count, !meant.isEmpty else { return nil }
    return answers[meant.joined(separator: " ")]
  }

  /// `severity of the data loss` asks for something else than `severity`; `the current severity` does not.
  private static let fillers: Set<Substring> = [
    "the", "a", "our", "current", "insert", "enter", "your", "this", "please", "brief", "short",
    "actual", "overall", "incident",
  ]

  private func span(for place: TemplatePlace) -> String? {
    let about = [place.label, place.key, place.heading].joined(separator: " ")
    if about.containsText("next") || about.containsText("update in") {
      return next.map { InstantText.span($0 - now) }
    }
    let isDuration = ["duration", "elapsed", "outage", "lasted", "down for"].contains {
      about.containsText($0)
    }
    return isDuration ? duration.map { InstantText.span($0) } : nil
  }

  private func instantText(of place: TemplatePlace) -> String? {
    instant(of: place).map { InstantText.short($0, in: zone, near: now) }
  }

  /// The moment that a place for a time is about, from the words around it.
  private func instant(of place: TemplatePlace) -> Timestamp? {
    let words = place.label.isEmpty ? place.trailing : place.label
    switch TemplateMoment(words: words) {
    case .nextUpdate: return next
    case .now: return now
    case .identified: return identified
    case .mitigated: return incident.time(of: .mitigated)
    case .resolved: return incident.time(of: .resolved)
    case .alert: return firstAlert
    case .acknowledged: return incident.time(of: .acknowledged)
    case .detected: return incident.time(of: .detected) ?? incident.clockStart
    case .declared: return incident.time(of: .declared)
    case .started: return began
    case nil: return nil
    }
  }

  private var firstAlert: Timestamp? {
    incident.alerts.values.map(\.first).min()
  }

  private var identified: Timestamp? {
    incident.statuses.entries.first { $0.value.status.lowercased().containsText("identif") }?
      .stamp.effective
  }
}

extension Incident {
  /// Whether the title is to be shown nowhere.
  package var isTitleWithheld: Bool {
    declaration.map { isSecretlyRetracted($0.stamp.sequence) } ?? false
  }
}
