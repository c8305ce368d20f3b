package import Engine

/// What was read from a document beside what its team has decided about it.
package struct Review: Sendable {
  /// Everything there is to decide about, in the order of the document.
  package private(set) var items: [Item] = []
  /// The procedure as the decisions leave it.
  package private(set) var procedure: Procedure
  /// Decisions that could not be used, in words, with the line of their file.
  package private(set) var problems: [Problem] = []
  /// Why none of the decisions could be used; nil: they could be read.
  package private(set) var failure: ProcedureError?
  /// Those that could not be used, to be kept until another takes their place.
  private var unusable: [ReviewDecision] = []
  /// The procedure as the reader has it.
  private let read: Procedure
  private let passages: DocumentPassages

  package struct Problem: Hashable, Sendable {
    /// 1-based line of the decisions' file.
    package var place: Int
    /// 1-based line of the document.
    package var line: Int
    package var text: String
  }

  /// One rule or remark, or a decision whose passage is gone.
  package struct Item: Hashable, Sendable {
    package var subject: Subject
    /// What holds, or is still open.
    package var decision: ReviewDecision
    package var isOpen: Bool { decision.verdict == .open }
  }

  package enum Subject: Hashable, Sendable {
    /// As it was read; nil: the team has added it.
    case rule(ReviewRule?)
    case remark(Remark)
    /// A rule of the team's own whose passage has changed, so that it is not in force.
    case lost(ReviewDecision)
  }

  /// `read` is the procedure as the reader has it; `text` the document, which was read from `path`; `beside` the bytes of
  /// the decisions about it, where there are any.
  ///
  /// Decisions that cannot be read are remarked, and the document rules as it was read.
  init(
    of read: Procedure, in text: String, path: String,
    beside: Result<[UInt8]?, ProcedureError>
  ) {
    let file = ReviewFile.path(of: path)
    do throws(ProcedureError) {
      let decisions = try beside.get().map { bytes throws(ProcedureError) in
        try ReviewFile.read(bytes, path: file)
      }
      self.init(of: read, in: text, decisions: decisions ?? [])
    } catch {
      self.init(of: read, in: text, decisions: [])
      failure = error
      procedure.remarks.append(
        Remark(
          line: 0, kind: .unread,
          text: "The team's decisions were not used: \(error.description)"))
    }
    remark(file)
  }

  /// What of the decisions is not in force is remarked where it would be.
  private mutating func remark(_ path: String) {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    for problem in problems {
      procedure.remarks.append(
        Remark(
          line: problem.line, kind: .unread,
          text: "The decision on line \(problem.place) of \(file) was not used: \(problem.text)"))
    }
    for item in items {
      guard case .lost(let decision) = item.subject, !unusable.contains(decision) else { continue }
      procedure.remarks.append(
        Remark(
          line: decision.line, kind: .unread,
          text: "The line that the team decided on has changed: "
            + "\(decision.rules.joined(separator: "; ")). The decision is not in force: decide again"
        ))
    }
  }

  /// `read` is the procedure as the reader has it; `text` the document.
  package init(of read: Procedure, in text: String, decisions: [ReviewDecision]) {
    self.init(of: read, in: DocumentPassages(text), decisions)
  }

  /// The same document with other decisions.
  package func applying(_ decisions: [ReviewDecision]) -> Review {
    Review(of: read, in: passages, decisions)
  }

  private init(
    of read: Procedure, in passages: DocumentPassages, _ decisions: [ReviewDecision]
  ) {
    (self.read, self.passages) = (read, passages)
    procedure = read
    var placed: [Int: [ReviewDecision]] = [:]
    for decision in decisions where decision.verdict != .open {
      var decision = decision
      guard let line = passages.line(of: decision) else {
        lose(decision)
        continue
      }
      decision.line = line
      decision.under = passages.heading(above: line)
      placed[line, default: []].append(decision)
    }
    for rule in ReviewRule.all(in: read) { take(rule, &placed[rule.line, default: []]) }
    for remark in read.remarks where remark.kind != .repaired {
      take(remark, &placed[remark.line, default: []])
    }
    for line in placed.keys.sorted() {
      for decision in placed[line] ?? [] { addRules(of: decision) }
    }
    items = items.enumerated().sorted {
      ($0.element.decision.line, $0.offset) < ($1.element.decision.line, $1.offset)
    }.map(\.element)
  }

  /// How much is decided.
  package struct Count: Hashable, Sendable {
    /// Rules in force, and those that nobody has decided about.
    package var rules = 0
    package var openRules = 0
    package var remarks = 0
    package var openRemarks = 0
    package var struck = 0
    package var corrected = 0
    package var added = 0
    /// Rules of the team's own whose passage has changed.
    package var lost = 0

    package var isComplete: Bool { openRules + openRemarks + lost == 0 }
  }

  package var count: Count {
    var count = Count()
    for item in items {
      switch (item.subject, item.decision.verdict) {
      case (.lost, _): count.lost += 1
      case (.remark, let verdict):
        count.remarks += 1
        if verdict == .open { count.openRemarks += 1 }
      case (.rule, .struck): count.struck += 1
      case (.rule, let verdict):
        count.rules += max(1, item.decision.rules.count)
        switch verdict {
        case .open: count.openRules += 1
        case .corrected: count.corrected += 1
        case .added: count.added += 1
        case .confirmed, .struck: break
        }
      }
    }
    return count
  }

  /// Whether nothing awaits a decision, and every decision could be used.
  package var isComplete: Bool { count.isComplete && problems.isEmpty && failure == nil }

  /// The decisions to be written down: those that hold, where their passages stand now, and those that are lost.
  package var decisions: [ReviewDecision] {
    var decisions = items.compactMap { item -> ReviewDecision? in
      if case .lost(let decision) = item.subject { return decision }
      return item.isOpen ? nil : item.decision
    }
    decisions += unusable.filter { old in
      !decisions.contains { $0.line == old.line && ($0.read == old.read || $0 == old) }
    }
    return decisions.enumerated().sorted {
      ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
    }.map(\.element)
  }

  /// The decisions, and an entry to be filled in for everything else.
  package var draft: [ReviewDecision] {
    items.compactMap { item in
      if case .lost(let decision) = item.subject { return decision }
      return item.decision
    }
  }

  // MARK: - Applying

  private func blank(_ line: Int) -> ReviewDecision {
    ReviewDecision(
      line: line, words: passages.words(line), under: passages.heading(above: line),
      verdict: .open)
  }

  private mutating func take(_ rule: ReviewRule, _ placed: inout [ReviewDecision]) {
    let short = RuleText.write(rule)
    var open = blank(rule.line)
    open.read = short
    guard
      let index = placed.firstIndex(where: { $0.remark == nil && $0.read == short })
        ?? placed.firstIndex(where: { $0.remark == nil && $0.rules == [short] })
    else {
      items.append(Item(subject: .rule(rule), decision: open))
      return
    }
    let decision = placed.remove(at: index)
    switch decision.verdict {
    case .struck: procedure.remove(rule)
    case .corrected, .added:
      guard let rules = rules(of: decision, correcting: rule) else {
        items.append(Item(subject: .rule(rule), decision: open))
        return
      }
      if rules.map(RuleText.write) != [short] { procedure.replace(rule, with: rules) }
    case .confirmed, .open: break
    }
    items.append(Item(subject: .rule(rule), decision: decision))
  }

  private mutating func take(_ remark: Remark, _ placed: inout [ReviewDecision]) {
    var open = blank(remark.line)
    open.remark = remark.text
    guard let index = placed.firstIndex(where: { $0.remark == remark.text }) else {
      items.append(Item(subject: .remark(remark), decision: open))
      return
    }
    if let place = procedure.remarks.firstIndex(of: remark) { procedure.remarks.remove(at: place) }
    items.append(Item(subject: .remark(remark), decision: placed.remove(at: index)))
  }

  /// Rules of the team at a passage that match nothing read there: added, or now read differently.
  private mutating func addRules(of decision: ReviewDecision) {
    guard decision.verdict == .corrected || decision.verdict == .added else { return }
    guard let rules = rules(of: decision, correcting: nil) else {
      items.append(Item(subject: .lost(decision), decision: decision.opened))
      return
    }
    for rule in rules { procedure.add(rule) }
    items.append(Item(subject: .rule(nil), decision: decision))
  }

  private mutating func rules(
    of decision: ReviewDecision, correcting old: ReviewRule?
  ) -> [ReviewRule]? {
    var rules: [ReviewRule] = []
    do throws(RuleProblem) {
      for text in decision.rules {
        rules += try reading(text, decision, correcting: old)
      }
      return rules
    } catch {
      problems.append(Problem(place: decision.place, line: decision.line, text: error.text))
      unusable.append(decision)
      return nil
    }
  }

  /// What a rule says; the words of a template are those that stand at its line.
  private func reading(
    _ text: String, _ decision: ReviewDecision, correcting old: ReviewRule? = nil
  ) throws(RuleProblem) -> [ReviewRule] {
    let rules = try RuleText.read(
      text, in: procedure, line: decision.line, words: decision.words, correcting: old)
    guard case .template(var template)? = rules.first else { return rules }
    template.body = passages.block(at: decision.line)
    guard !template.body.isEmpty else {
      throw RuleProblem("no text stands at this line: a template is added from its first line")
    }
    return [.template(template)]
  }

  // The reader's own findings on a changed passage come up again anyway; the team's rules must not get lost.
  private mutating func lose(_ decision: ReviewDecision) {
    guard decision.verdict == .corrected || decision.verdict == .added else { return }
    items.append(Item(subject: .lost(decision), decision: decision.opened))
  }
}

extension ReviewDecision {
  fileprivate var opened: Self {
    var open = self
    open.verdict = .open
    return open
  }
}

extension Review {
  /// The decisions with another one about an item. Striking out what the team has added, or what is lost, takes it away.
  package func deciding(
    _ places: [Int], _ verdict: ReviewDecision.Verdict, rules: [String] = []
  ) throws(RuleProblem) -> [ReviewDecision] {
    var copy = self
    for index in places.sorted(by: >) {
      let decision = items[index].decision
      for text in rules {
        _ = try reading(text, decision)
      }
      copy.decide(index, verdict, rules)
    }
    return copy.decisions
  }

  private mutating func decide(
    _ index: Int, _ verdict: ReviewDecision.Verdict, _ rules: [String]
  ) {
    let item = items[index]
    if case .lost(let decision) = item.subject {
      if verdict != .open { items.remove(at: index) }
      unusable.removeAll { $0 == decision }
    } else if case .rule(nil) = item.subject, verdict == .struck {
      items.remove(at: index)
    } else {
      items[index].decision.verdict = verdict
      items[index].decision.rules = rules
    }
  }

  /// The decisions with rules added from a line. What was remarked as unread there is settled by them.
  package func adding(_ rules: [String], line: Int) throws(RuleProblem) -> [ReviewDecision] {
    var decision = blank(line)
    guard !decision.words.isEmpty else {
      throw RuleProblem("the line is empty: add the rule from the line that states it")
    }
    for rule in rules {
      _ = try reading(rule, decision)
    }
    (decision.verdict, decision.rules) = (.added, rules)
    var copy = self
    for index in items.indices {
      guard case .remark(let remark) = items[index].subject, remark.kind == .unread,
        remark.line == line, line > 0, items[index].isOpen
      else { continue }
      copy.items[index].decision.verdict = .confirmed
    }
    let place = copy.items.firstIndex { $0.decision.line > line } ?? copy.items.endIndex
    copy.items.insert(Item(subject: .rule(nil), decision: decision), at: place)
    return copy.decisions
  }
}
