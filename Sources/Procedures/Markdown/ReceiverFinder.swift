/// Finds who is meant by "page the duty manager", in whatever order a language puts verb and receiver.
struct ReceiverFinder {
  private let text: TokenizedText
  private let hits: TokenHits
  /// Concepts by the tokens they cover.
  private var covering: [[Concept]]
  private var verbs: [(start: Int, end: Int, isPassive: Bool)] = []
  private var roles: [(start: Int, end: Int)] = []
  private var appointing: [(start: Int, end: Int)] = []

  init(_ sentence: String) {
    text = TokenizedText(sentence)
    hits = TokenHits(text.tokens)
    covering = Array(repeating: [], count: text.tokens.count)
    for index in text.tokens.indices {
      for hit in hits.starting(at: index) {
        guard case .concept(let concept) = hit.meaning else { continue }
        for covered in hit.start..<min(hit.end, covering.count) {
          covering[covered].append(concept)
        }
        switch concept {
        case .call, .escalate:
          // "On the call" names a meeting, "on-call" a role.
          let isNoun =
            index > 0
            && (covering[index - 1].contains(.article)
              || covering[index - 1].contains(.role) && covering[index].contains(.role))
          if !isNoun { verbs.append((hit.start, hit.end, false)) }
        case .appoint: appointing.append((hit.start, hit.end))
        case .called: verbs.append((hit.start, hit.end, true))
        case .role: roles.append((hit.start, hit.end))
        default: break
        }
      }
    }
  }

  /// How far from its verb a receiver stands at most.
  private static let reach = 14

  /// The receiver that stands nearest to a verb of calling.
  func receiver() -> String? {
    var best: (distance: Int, role: (start: Int, end: Int))?
    for verb in verbs {
      for role in roles where role.end <= verb.start || role.start >= verb.end {
        guard isOneClause(min(verb.end, role.end), max(verb.start, role.start)) else { continue }
        let isBehind = role.start >= verb.end
        // What a verb is followed by is its object; the passive follows its subject.
        let distance =
          (isBehind ? role.start - verb.end : verb.start - role.end)
          + (isBehind == verb.isPassive ? 3 : 0)
        guard distance <= Self.reach, !isAbsent(role) else { continue }
        if best == nil || distance < best?.distance ?? 0 { best = (distance, role) }
      }
    }
    return best.map { name($0.role) }
  }

  /// The parts that somebody is given: "designate a scribe and a technical lead".
  func appointed() -> [String] {
    var found: [String] = []
    for role in roles {
      let isNear = appointing.contains { verb in
        let start = min(verb.end, role.end)
        let end = max(verb.start, role.start)
        return isOneClause(start, end) && end - start <= Self.reach
          && !text.tokens[min(start, end)..<end].contains { $0.text == "," || $0.text == "，" }
      }
      let isShort = role.start > 0 && text.tokens[role.start - 1].text == "("
      guard isNear, !isShort, !isAbsent(role) else { continue }
      let name = name(role)
      let folded = Folded(name)
      guard folded.words.count <= 4 || isIdeographic(text.tokens[role.start]),
        !folded.hits.contains(where: { hit in
          // "The appropriate team" is nobody, "the incident lead" is.
          hit.concept == .nobody && folded.end(of: .incident, at: hit.start) == nil
        })
      else { continue }
      let isTitle = name.first?.isUppercase ?? false
      if isTitle || name.contains(" "), !found.contains(where: { $0.contains(name) }) {
        found.append(name)
      }
    }
    return found
  }

  private func isOneClause(_ start: Int, _ end: Int) -> Bool {
    guard start < end else { return true }
    return !text.tokens[start..<end].contains { [".", ";", ":", "。", "；", "："].contains($0.text) }
  }

  /// Whoever does not answer is not who is called: the words of not answering stand directly behind.
  private func isAbsent(_ role: (start: Int, end: Int)) -> Bool {
    let before = covering[max(0, role.start - 3)..<role.start]
    if before.contains(where: { $0.contains(.condition) }),
      !before.contains(where: { $0.contains(.call) })
    {
      return true
    }
    let behind = role.end..<min(role.end + 6, covering.count)
    for index in behind {
      if [",", "，", "、", ";"].contains(text.tokens[index].text) { return false }
      if covering[index].contains(.call) || covering[index].contains(.escalate) { return false }
      if covering[index].contains(.noAnswer) { return true }
    }
    return false
  }

  private static let ends: [Concept] = [
    .call, .called, .escalate, .stop, .condition, .then, .beforeVerb, .within, .withinBehind,
    .after, .afterBehind, .not, .appoint, .noAnswer, .notResolved, .or, .and, .auxiliary, .time,
    .severity,
  ]

  private func isEnd(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if token.kind == .number { return true }
    if token.kind == .sign { return !["-", "/", "@", "#", "&", "_"].contains(token.text) }
    return covering[index].contains { Self.ends.contains($0) }
  }

  /// The role with the words around it that belong to its name.
  private func name(_ role: (start: Int, end: Int)) -> String {
    var start = role.start
    var end = role.end
    let isIdeographic = text.tokens[start].text.unicodeScalars.first?.isIdeograph ?? false
    let most = isIdeographic ? 8 : 4
    while start > 0, role.start - start < most, !isEnd(start - 1),
      !covering[start - 1].contains(.article), !covering[start - 1].contains(.to),
      isSameWriting(start - 1, role.start)
    { start -= 1 }
    while end < text.tokens.count, end - role.end < most,
      !isEnd(end) || covering[end].contains(.role) && text.tokens[end].kind == .word,
      !covering[end].contains(.to) || covering[end].contains(.filler),
      isSameWriting(end, role.start) || covering[end].contains(.role)
    { end += 1 }
    while end > role.end,
      covering[end - 1].contains(.article) || covering[end - 1].contains(.filler)
        || text.tokens[end - 1].kind == .sign
    { end -= 1 }
    let scalars = text.scalars[text.tokens[start].start..<text.tokens[end - 1].end]
    return String(String.UnicodeScalarView(scalars)).trimming {
      " -–,/&#_".unicodeScalars.contains($0)
    }
  }

  /// Latin words beside ideographs are a name of their own, unless they are glued to them.
  private func isSameWriting(_ index: Int, _ other: Int) -> Bool {
    isIdeographic(text.tokens[index]) == isIdeographic(text.tokens[other])
      || text.tokens[index].isGlued
  }

  private func isIdeographic(_ token: Token) -> Bool {
    token.text.unicodeScalars.first?.isIdeograph ?? false
  }
}
