package import Engine

extension RuleText {
  /// What a rule in its short form says in a procedure: one rule for each severity that it names.
  ///
  /// It stands on `line`, whose words are quoted beside its countdown; what the short form does not hold (a place in the
  /// path, who calls) comes from the rule that it corrects.
  package static func read(
    _ text: String, in procedure: Procedure, line: Int, words: String,
    correcting old: ReviewRule? = nil
  ) throws(RuleProblem) -> [ReviewRule] {
    let rule = try RuleWords(text)
    var ids: [String] = []
    for name in rule.severities {
      guard let known = procedure.severities.first(where: { isSameName($0.id, name) }) else {
        throw RuleProblem(
          "there is no severity “\(name)”; "
            + NearestMatch.remedy(name, among: procedure.severities.map(\.id)))
      }
      ids.append(known.id)
    }
    let quoted = quotation(of: old, words) ?? text
    switch rule.head {
    case "call":
      let step = try step(rule, line, quoted, old)
      return ids.isEmpty ? [.step(step)] : ids.map { .step(step.of($0)) }
    case "update": return try updates(rule, ids, line, quoted)
    case "watch": return [.watch(try watch(rule, line, quoted))]
    case "post-mortem":
      let duty = try duty(rule, line, quoted)
      return ids.isEmpty ? [.duty(duty)] : ids.map { .duty(duty.of($0)) }
    case "phase": return [.phase(try phase(rule, in: procedure))]
    case "item": return [.item(item(rule, ids, line, quoted))]
    case "role", "contact", "template", "no":
      guard ids.isEmpty else {
        throw RuleProblem("a \(rule.head) is for every severity: leave out what stands in front")
      }
      return [try fact(rule, in: procedure, line)]
    default:
      let target = try target(rule, line, quoted)
      let all = ids.isEmpty ? procedure.severities.map(\.id) : ids
      guard !all.isEmpty else { throw RuleProblem("the document has no severities") }
      return all.map { .target($0, target) }
    }
  }

  /// The words that the rule before it quotes, else those of the line without its marks.
  private static func quotation(of old: ReviewRule?, _ words: String) -> String? {
    let kept: String? =
      switch old {
      case .target(_, let target): target.text
      case .step(let step): step.text
      case .cadence(let cadence): cadence.text
      case .notice(let notice): notice.text
      case .watch(let watch): watch.text
      case .duty(let duty): duty.text
      case .item(let item): item.text
      case .phase, .role, .contact, .template, .absent, nil: nil
      }
    if let kept, !kept.isEmpty { return kept }
    var plain = words.drop { " -*+•>#|".contains($0) }
    while let last = plain.last, " |*".contains(last) { plain.removeLast() }
    return plain.isEmpty ? nil : String(plain).replacing("**", with: "")
  }

  // MARK: - Kinds

  private static func target(
    _ rule: RuleWords, _ line: Int, _ words: String
  ) throws(RuleProblem) -> Severity.Target {
    guard let kind = Severity.Target.Kind(rawValue: rule.head), rule.lead.isEmpty else {
      throw RuleProblem("write “\(rule.head) within 15m”")
    }
    let audience = try filled(rule, "to")
    guard kind == .communicate || audience == nil else {
      throw RuleProblem("only communicate and update have a receiver")
    }
    return Severity.Target(
      kind: kind, within: try allowance(rule, "within", "15m"), audience: audience, text: words,
      line: line)
  }

  private static func step(
    _ rule: RuleWords, _ line: Int, _ words: String, _ old: ReviewRule?
  ) throws(RuleProblem) -> EscalationStep {
    let to = RuleWords.text(rule.lead)
    guard !to.isEmpty else { throw RuleProblem("call whom? Write “call CTO after 30m”") }
    var step = EscalationStep(level: 1, to: to, after: nil, text: words, line: line)
    if case .step(let old) = old { (step.level, step.from) = (old.level, old.from) }
    if let after = rule.text("after") {
      guard case .seconds(let seconds, nil) = AllowanceText.read(after) else {
        throw RuleProblem("“after \(after)” is not a duration: write 30m, 1h30m")
      }
      step.after = seconds
    }
    if let from = rule.text("from") {
      guard let since = EscalationStep.Anchor(rawValue: from.lowercased()) else {
        throw RuleProblem("a delay counts “from start” or “from previous”")
      }
      step.since = since
    }
    if let unless = rule.text("unless") {
      guard let stop = EscalationStep.StopCondition(rawValue: unless.lowercased()) else {
        throw RuleProblem("unless acknowledged, mitigated or resolved, not “\(unless)”")
      }
      step.unless = stop
    }
    if let when = rule.text("when") {
      let first = when.split(separator: " ").first.map { $0.lowercased() } ?? ""
      guard let kind = Severity.Target.Kind(rawValue: first) else {
        throw RuleProblem("write “when acknowledge is over”")
      }
      step.relativeTo = kind
    }
    step.condition = try filled(rule, "if")
    return step
  }

  private static func updates(
    _ rule: RuleWords, _ ids: [String], _ line: Int, _ words: String
  ) throws(RuleProblem) -> [ReviewRule] {
    let severities: [String?] = ids.isEmpty ? [nil] : ids
    let audience = try filled(rule, "to")
    guard rule.lead.isEmpty, (rule.clauses["every"] == nil) != (rule.clauses["once"] == nil) else {
      throw RuleProblem("write “update every 30m to customers” or “update once within 1h”")
    }
    if rule.clauses["once"] != nil {
      let within = try allowance(rule, "within", "1h")
      return severities.map {
        .notice(
          Notice(severity: $0, within: within, audience: audience, text: words, line: line))
      }
    }
    let every = try allowance(rule, "every", "30m")
    guard every.isPositive else {
      throw RuleProblem("write “update every” with a duration: 30m, 1h, 1 business day")
    }
    return severities.map {
      .cadence(
        Cadence(
          severity: $0, interval: every, audience: audience, text: words, line: line))
    }
  }

  private static func watch(
    _ rule: RuleWords, _ line: Int, _ words: String
  ) throws(RuleProblem) -> Watch {
    guard case .seconds(let seconds, let maximum)? = AllowanceText.read(RuleWords.text(rule.lead)),
      let after = rule.text("after").flatMap({ Watch.Anchor(rawValue: $0.lowercased()) })
    else { throw RuleProblem("write “watch 30m after mitigated”, or after resolved") }
    return Watch(seconds: seconds, maximum: maximum, after: after, text: words, line: line)
  }

  private static func duty(
    _ rule: RuleWords, _ line: Int, _ words: String
  ) throws(RuleProblem) -> PostmortemDuty {
    guard let what = PostmortemDuty.What(rawValue: RuleWords.text(rule.lead).lowercased()) else {
      throw RuleProblem("write “post-mortem draft within 48h”; draft, review or meeting")
    }
    let within =
      rule.clauses["within"] == nil ? nil : try allowance(rule, "within", "5 business days")
    return PostmortemDuty(
      condition: try filled(rule, "if"), what: what, within: within, text: words, line: line)
  }

  private static func phase(
    _ rule: RuleWords, in procedure: Procedure
  ) throws(RuleProblem) -> Phase {
    let title = RuleWords.text(rule.lead.dropFirst())
    guard let window = rule.lead.first.flatMap({ AllowanceText.window($0.text) }) else {
      throw RuleProblem("write “phase 0-15m Triage”, or 30m+ for one without an end")
    }
    let phases = procedure.phases
    guard var phase = phases.first(where: { isSameName($0.title.oneLine, title) }) else {
      throw RuleProblem(
        "there is no phase “\(title)”; " + NearestMatch.remedy(title, among: phases.map(\.title)))
    }
    phase.window = window
    return phase
  }

  /// Without words of its own it is what the line says.
  private static func item(
    _ rule: RuleWords, _ ids: [String], _ line: Int, _ words: String
  ) -> ChecklistItem {
    let text = RuleWords.text(rule.lead)
    var item = ChecklistItem(id: "", text: text.isEmpty ? words : text, line: line)
    item.severities = ids
    return item
  }

  /// What is no rule: somebody's part, somebody to reach, a text to send, or that something is none of these.
  private static func fact(
    _ rule: RuleWords, in procedure: Procedure, _ line: Int
  ) throws(RuleProblem) -> ReviewRule {
    let text = RuleWords.text(rule.lead)
    switch rule.head {
    case "no":
      guard let kind = ReviewRule.Kind(rawValue: text.lowercased()) else {
        throw RuleProblem("write “no item”, “no role”, “no contact” or “no template”")
      }
      guard procedure.has(kind, line: line) else {
        throw RuleProblem("no \(kind.rawValue) was read from this line")
      }
      return .absent(kind, line: line)
    case "contact":
      guard !text.isEmpty, let address = try filled(rule, "at") else {
        throw RuleProblem("write “contact Database team at +49 30 1234”")
      }
      return .contact(Contact(role: text, name: nil, contact: address, line: line))
    case "template":
      guard !text.isEmpty else { throw RuleProblem("write “template Customers are told”") }
      return .template(Template(id: "", title: text, body: "", line: line))
    default:
      guard !text.isEmpty else { throw RuleProblem("write “role Scribe”") }
      return .role(Role(name: text, duties: [], line: line))
    }
  }

  // MARK: - Clauses

  private static func allowance(
    _ rule: RuleWords, _ keyword: String, _ example: String
  ) throws(RuleProblem) -> Allowance {
    guard let text = rule.text(keyword) else {
      throw RuleProblem("“\(keyword) \(example)” is missing")
    }
    guard let allowance = AllowanceText.read(text) else {
      throw RuleProblem("“\(text)” is not a duration: write 15m, 1h30m, 15-30m, 2 business days")
    }
    return allowance
  }

  /// Nil where the clause is not there; empty ones are refused.
  private static func filled(
    _ rule: RuleWords, _ keyword: String
  ) throws(RuleProblem) -> String? {
    guard let text = rule.text(keyword) else { return nil }
    guard !text.isEmpty else { throw RuleProblem("nothing follows “\(keyword)”") }
    return text
  }
}

extension EscalationStep {
  fileprivate func of(_ severity: String) -> Self {
    var step = self
    step.severity = severity
    return step
  }
}

extension PostmortemDuty {
  fileprivate func of(_ severity: String) -> Self {
    var duty = self
    duty.severity = severity
    return duty
  }
}
