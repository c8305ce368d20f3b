import Engine
import YAML

/// What a team has decided about one thing that was read from its document, or was not.
package struct ReviewDecision: Hashable, Sendable {
  /// Where the passage stood when it was decided about.
  package var line: Int
  /// The words of that line, by which it is found again; empty for what the document does not say.
  package var words: String
  /// The heading that it stood under, which tells lines with the same words apart.
  package var under: String?
  /// The rule that was read there, in its short form.
  package var read: String?
  /// The remark that was made there.
  package var remark: String?
  package var verdict: Verdict
  /// What the passage says, where a rule is corrected or added, each in its short form.
  package var rules: [String] = []
  /// Words of the team's own.
  package var note: String?
  /// Comments of the decisions' file that stand above it or in it, each without its `#`.
  package var comments: [String] = []
  /// The line of the decisions' file; 0 for one that is not written yet.
  package var place = 0

  package init(
    line: Int, words: String, under: String? = nil, read: String? = nil, remark: String? = nil,
    verdict: Verdict, rules: [String] = []
  ) {
    (self.line, self.words, self.under) = (line, words, under)
    (self.read, self.remark) = (read, remark)
    (self.verdict, self.rules) = (verdict, rules)
  }

  package enum Verdict: String, CaseIterable, Sendable {
    /// Not decided yet: an entry to be filled in.
    case open
    /// It is so; of a remark: there is nothing more to it.
    case confirmed
    /// No rule.
    case struck
    case corrected
    case added
  }
}

/// The decisions of a team about a document, in a file beside it.
package enum ReviewFile {
  package static let suffix = ".muster.yaml"
  package static func path(of document: String) -> String { document + suffix }
  /// Bytes of it at most: it quotes the document, a line for each of its rules.
  package static let limit = 1 << 20

  /// The form that this version writes; a higher one is not read.
  private static let format = 1

  package static func read(
    _ bytes: [UInt8], path: String
  ) throws(ProcedureError) -> [ReviewDecision] {
    let context = SchemaContext(path: path, document: bytes)
    var limits = YAMLNode.Limits()
    (limits.bytes, limits.values) = (limit, 200_000)
    let node: YAMLNode
    do throws(YAMLError) { node = try YAMLNode.read(bytes, limits: limits) } catch {
      throw ProcedureError(error, path: path, document: bytes)
    }
    if node.isNull { return [] }
    let fields = try SchemaFields(
      node, "a file of decisions", keys: ["format", "decisions"], context)
    if let stated = try fields.integer("format", in: 1...1_000_000), stated > format {
      throw context.error(
        at: node, "format \(stated) is newer than this program", remedy: "update Muster")
    }
    var decisions = try fields.facts("decisions") { node throws(ProcedureError) in
      [try decision(node, context)]
    }
    let comments = ReviewComments(bytes, entries: decisions.map(\.place))
    for index in decisions.indices { decisions[index].comments = comments.ofEntries[index] }
    return decisions
  }

  private static func decision(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> ReviewDecision {
    let fields = try SchemaFields(
      node, "a decision",
      keys: ["words", "under", "read", "remark", "decision", "rule", "rules", "note"], context)
    guard let verdict: ReviewDecision.Verdict = try fields.choice("decision") else {
      throw fields.missing("decision", "confirmed")
    }
    guard fields.states("line") else { throw fields.missing("line", "42") }
    var decision = ReviewDecision(
      line: fields.line, words: try fields.text("words")?.oneLine ?? "",
      under: try fields.text("under")?.oneLine, read: try fields.text("read"),
      remark: try fields.text("remark"), verdict: verdict)
    decision.rules = try fields.texts("rule") + fields.texts("rules")
    decision.note = try fields.text("note")
    decision.place = node.line
    switch verdict {
    case .corrected, .added:
      guard !decision.rules.isEmpty else {
        throw fields.missing("rule", "call CTO after 30m unless acknowledged")
      }
    case .confirmed, .struck, .open:
      guard decision.read != nil || decision.remark != nil else {
        throw fields.missing("read", "call CTO after 30m unless acknowledged")
      }
    }
    return decision
  }

  /// The file's text; reading it gives the same decisions.
  package static func write(_ decisions: [ReviewDecision], of document: String) -> String {
    var map = MapBuilder()
    map.add("format", .integer(format))
    map.add("decisions", .list(decisions.map(yaml)))
    let name = document.split(separator: "/").last.map(String.init) ?? document
    let head = """
      # What the team has decided about \(name.oneLine), by line and words. One rule per decision:
      #   decision: confirmed | struck (no rule) | corrected (rule: what it says) | added (rule: …) | open
      # 'muster procedure review --help' shows how rules are written.

      """
    return head + ReviewComments.writing(decisions.map(\.comments), into: map.value.yaml)
  }

  private static func yaml(_ decision: ReviewDecision) -> YAMLValue {
    var map = MapBuilder()
    map.add("line", .integer(decision.line))
    map.add("words", .text(decision.words))
    map.add("under", decision.under)
    map.add("read", decision.read)
    map.add("remark", decision.remark)
    map.add("decision", decision.verdict.rawValue)
    if decision.rules.count == 1 {
      map.add("rule", decision.rules[0])
    } else {
      map.add("rules", decision.rules.map { .text($0) })
    }
    map.add("note", decision.note)
    return map.value
  }
}
