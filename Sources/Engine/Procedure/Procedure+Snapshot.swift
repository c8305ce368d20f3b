extension Procedure {
  /// Reads back what `json` wrote; what is missing or of another shape is left out, and unknown keys are ignored.
  package init(json: JSON) {
    self.init(
      name: json["name"]?.string ?? "",
      source: Source(
        path: json["source"]?["path"]?.string ?? "",
        sha256: json["source"]?["sha256"]?.string ?? ""))
    calendar = json["calendar"].flatMap(BusinessCalendar.init(json:))
    severities = json.read("severities", Severity.init(json:))
    statuses = json.read("statuses") { item in
      guard let id = item["id"]?.string else { return nil }
      return Status(
        id: id, name: item["name"]?.string ?? id, role: item.word("role") ?? .open,
        line: item.int("line") ?? 0)
    }
    phases = json.read("phases", Phase.init(json:))
    checklist = json.read("checklist", ChecklistItem.init(json:))
    escalation = json.read("escalation", EscalationStep.init(json:))
    cadence = json.read("cadence", Cadence.init(json:))
    notices = json.read("cadence", Notice.init(json:))
    watch = json.read("watch") { item in
      guard let seconds = item.int("seconds") else { return nil }
      return Watch(
        seconds: seconds, maximum: item.int("max_seconds"), after: item.word("after") ?? .mitigated,
        text: item["text"]?.string ?? "", line: item.int("line") ?? 0)
    }
    templates = json.read("templates") { item in
      guard let id = item["id"]?.string else { return nil }
      return Template(
        id: id, title: item["title"]?.string ?? id, body: item["body"]?.string ?? "",
        severities: item.texts("severities"), line: item.int("line") ?? 0)
    }
    runbooks = json.read("runbooks", Runbook.init(json:))
    readPeople(json)
    postmortem = json.read("postmortem", PostmortemDuty.init(json:))
    metrics = json.read("metrics") { item in
      guard let id = item["id"]?.string, let from = item["from"]?.string,
        let to = item["to"]?.string
      else { return nil }
      return MetricDefinition(id: id, from: from, to: to, line: item.int("line") ?? 0)
    }
    silence = json["silence"].flatMap { item in
      item.int("seconds").map { SilenceRule(seconds: $0, line: item.int("line") ?? 0) }
    }
    remarks = json.read("remarks") { item in
      guard let text = item["text"]?.string, let kind: Remark.Kind = item.word("kind")
      else { return nil }
      return Remark(line: item.int("line") ?? 0, kind: kind, text: text)
    }
  }

  private mutating func readPeople(_ json: JSON) {
    decisions = json.read("decisions") { item in
      guard let question = item["question"]?.string else { return nil }
      return DecisionQuestion(
        question: question, yes: item["yes"]?.string, no: item["no"]?.string,
        line: item.int("line") ?? 0)
    }
    roles = json.read("roles") { item in
      guard let name = item["name"]?.string else { return nil }
      return Role(name: name, duties: item.texts("duties"), line: item.int("line") ?? 0)
    }
    contacts = json.read("contacts") { item in
      Contact(
        role: item["role"]?.string, name: item["name"]?.string, contact: item["contact"]?.string,
        line: item.int("line") ?? 0)
    }
    oncall = json.read("oncall") { item in
      OnCallTurn(
        days: item.texts("days").compactMap(Weekday.init(rawValue:)),
        primary: item["primary"]?.string, secondary: item["secondary"]?.string,
        line: item.int("line") ?? 0)
    }
  }
}

extension BusinessCalendar {
  fileprivate init?(json: JSON) {
    guard json.members != nil else { return nil }
    self.init(
      zone: json["zone"]?.string, days: json.texts("days").compactMap(Weekday.init(rawValue:)),
      from: Self.minutes(json["from"]) ?? Self.assumed.from,
      to: Self.minutes(json["to"]) ?? Self.assumed.to,
      holidays: json.texts("holidays").compactMap { CivilDate($0) }, line: json.int("line") ?? 0)
  }

  private static func minutes(_ json: JSON?) -> Int? {
    guard let parts = json?.string?.split(separator: ":"), parts.count == 2,
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }
}

extension Allowance {
  fileprivate init?(json: JSON, key: String) {
    if let days = json.int("business_days") {
      self = .businessDays(days)
    } else if let hours = json.int("business_hours") {
      self = .businessHours(hours)
    } else if let seconds = json.int(key) {
      self = .seconds(seconds, maximum: json.int("max_seconds"))
    } else {
      return nil
    }
  }
}

extension Severity {
  fileprivate init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, name: json["name"]?.string ?? id, rank: json.int("rank") ?? 1,
      line: json.int("line") ?? 0)
    targets = json.read("targets", Target.init(json:))
    rules = json.read("rules") { item in
      guard let text = item["text"]?.string else { return nil }
      return Rule(label: item["label"]?.string ?? "", text: text, line: item.int("line") ?? 0)
    }
  }
}

extension Severity.Target {
  fileprivate init?(json: JSON) {
    guard let kind: Kind = json.word("kind"), let within = Allowance(json: json, key: "seconds")
    else { return nil }
    self.init(
      kind: kind, within: within, audience: json["audience"]?.string,
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }
}

extension Phase {
  fileprivate init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    let ends = json["window_seconds"]?.array ?? []
    self.init(
      id: id, title: json["title"]?.string ?? id,
      window: ends.first?.integer.map { start in
        Window(
          start: Int(start),
          end: ends.count > 1 ? ends[1].integer.map { Int($0) } : nil)
      },
      line: json.int("line") ?? 0)
  }
}

extension ChecklistItem {
  fileprivate init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, text: json["text"]?.string ?? id, phase: json["phase"]?.string,
      depth: json.int("depth") ?? 0, kind: json.word("kind") ?? .task,
      severities: json.texts("severities"), line: json.int("line") ?? 0)
  }
}

extension EscalationStep {
  fileprivate init?(json: JSON) {
    guard let to = json["to"]?.string else { return nil }
    self.init(
      severity: json["severity"]?.string, level: json.int("level") ?? 1,
      from: json["from"]?.string, to: to, after: json.int("after_seconds"),
      since: json.word("since") ?? .start, unless: json.word("unless") ?? .resolved,
      condition: json["condition"]?.string, relativeTo: json.word("relative_to"),
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }
}

extension Cadence {
  fileprivate init?(json: JSON) {
    guard json["once"]?.bool != true, let every = json.int("every_seconds") else { return nil }
    self.init(
      severity: json["severity"]?.string, every: every, maximum: json.int("max_seconds"),
      audience: json["audience"]?.string, text: json["text"]?.string ?? "",
      line: json.int("line") ?? 0)
  }
}

extension Notice {
  fileprivate init?(json: JSON) {
    guard json["once"]?.bool == true,
      let within = Allowance(json: json, key: "within_seconds")
    else { return nil }
    self.init(
      severity: json["severity"]?.string, within: within, audience: json["audience"]?.string,
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }
}

extension Runbook {
  fileprivate init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, title: json["title"]?.string ?? id,
      steps: json.read("steps") { item in
        guard let text = item["text"]?.string else { return nil }
        return Step(text: text, command: item["command"]?.string, line: item.int("line") ?? 0)
      }, line: json.int("line") ?? 0)
  }
}

extension PostmortemDuty {
  fileprivate init?(json: JSON) {
    guard let what: What = json.word("what") else { return nil }
    self.init(
      severity: json["severity"]?.string, condition: json["condition"]?.string, what: what,
      within: Allowance(json: json, key: "within_seconds"), text: json["text"]?.string ?? "",
      line: json.int("line") ?? 0)
  }
}

extension JSON {
  fileprivate func int(_ key: String) -> Int? { self[key]?.integer.map { Int($0) } }
  fileprivate func texts(_ key: String) -> [String] { self[key]?.array?.compactMap(\.string) ?? [] }

  fileprivate func word<Word: RawRepresentable<String>>(_ key: String) -> Word? {
    self[key]?.string.flatMap(Word.init(rawValue:))
  }

  fileprivate func read<Element>(_ key: String, _ read: (JSON) -> Element?) -> [Element] {
    self[key]?.array?.compactMap(read) ?? []
  }
}
