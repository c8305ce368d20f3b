import Documents
import Engine
import Procedures

/// How far a team has got with what was read from its document, in words and as JSON.
struct ReviewWords {
  let review: Review
  let path: String

  init(_ review: Review, of path: String) { (self.review, self.path) = (review, path) }

  /// How rules are written.
  static let forms = [
    "SEV-1: acknowledge within 15m         (respond, triage, mitigate, resolve)",
    "SEV-1: communicate to customers within 30m",
    "SEV-1, SEV-2: call CTO after 30m unless acknowledged   (mitigated, resolved)",
    "call CTO after 15m from previous unless resolved if money is lost",
    "call CTO when acknowledge is over unless acknowledged",
    "update every 30m to customers",
    "update once within 2 business days to customers",
    "watch 30m after mitigated",
    "post-mortem draft within 5 business days    (review, meeting)",
    "phase 0-15m Triage",
    "item Look at the last deployment      (of the checklist; alone: what the line says)",
    "role Scribe",
    "contact Database team at +49 30 1234",
    "template Customers are told           (the text that begins at the line)",
    "no item                               (what was read there is none; role, contact, template)",
    "",
    "Without a severity, a rule is for all. Quote names that contain one of these keywords.",
  ]

  /// `Reviewed: 12 of 30 rules confirmed (2 corrected, 1 added), 3 struck out; 2 of 8 remarks settled.`
  var summary: String {
    let count = review.count
    let own = [(count.corrected, "corrected"), (count.added, "added")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    var text = "Reviewed: \(count.rules - count.openRules) of \(count.rules) rules confirmed"
    if !own.isEmpty { text += " (\(own))" }
    if count.struck > 0 { text += ", \(count.struck) struck out" }
    text += "; \(count.remarks - count.openRemarks) of \(count.remarks) remarks settled"
    if count.lost > 0 { text += "; \(count.lost) decisions on lines that have changed" }
    return text + "."
  }

  /// `30 of 34 rules are unreviewed`, with the way through them; nil where none is.
  var unreviewed: String? {
    guard review.failure == nil, review.count.openRules > 0 else { return nil }
    let (open, all) = (review.count.openRules, review.count.rules)
    return "\(open) of \(all) rules \(open == 1 ? "is" : "are") unreviewed: "
      + "'muster procedure review \(path)' goes through them"
  }

  /// The summary, and what to do about the rest.
  var lines: [String] {
    guard review.failure == nil else {
      return ["\(ReviewFile.path(of: path)) could not be read: no decision of the team applies."]
    }
    return review.isComplete
      ? [summary] : [summary, "'muster procedure review \(path)' goes through the open ones."]
  }

  var count: JSON {
    let count = review.count
    func number(_ value: Int) -> JSON { .integer(Int64(value)) }
    return .object([
      "complete": .bool(review.isComplete), "rules": number(count.rules),
      "open_rules": number(count.openRules), "remarks": number(count.remarks),
      "open_remarks": number(count.openRemarks), "corrected": number(count.corrected),
      "added": number(count.added), "struck": number(count.struck), "lost": number(count.lost),
    ])
  }

  var json: JSON {
    let (open, decided) = (review.items.filter(\.isOpen), review.items.filter { !$0.isOpen })
    let problems = review.problems.map { problem in
      JSON.object([
        "line": .integer(Int64(problem.place)), "text": .string(problem.text),
      ])
    }
    return .object([
      "path": .string(path), "decisions_path": .string(ReviewFile.path(of: path)),
      "count": count, "awaiting": .array(open.map(Self.json)),
      "decided": .array(decided.map(Self.json)), "problems": .array(problems),
    ])
  }

  private static func json(_ item: Review.Item) -> JSON {
    let decision = item.decision
    let kind: (name: String, remark: Remark.Kind?) =
      switch item.subject {
      case .rule: ("rule", nil)
      case .remark(let remark): ("remark", remark.kind)
      case .lost: ("lost", nil)
      }
    return .object([
      "line": .integer(Int64(decision.line)), "words": .string(decision.words),
      "under": .orNull(decision.under), "kind": .string(kind.name),
      "read": decision.read.map { .string($0) }, "remark": decision.remark.map { .string($0) },
      "remark_kind": kind.remark.map { .string($0.rawValue) },
      "decision": .string(decision.verdict.rawValue),
      "rules": decision.rules.isEmpty ? nil : .array(decision.rules.map { .string($0) }),
    ])
  }
}
