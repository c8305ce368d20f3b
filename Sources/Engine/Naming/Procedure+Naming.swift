extension Procedure {
  /// The severity that a person unmistakably means: its id or name in any case and spacing, its number alone or behind
  /// `sev`, `p` and the like, or a part of its name that no other has. Nil where several could be meant, or none.
  package func severity(named typed: String) -> Severity? {
    let wanted = Self.squeezed(typed)
    guard !wanted.isEmpty else { return nil }
    let same = severities.filter {
      Self.squeezed($0.id) == wanted || Self.squeezed($0.name) == wanted
    }
    if !same.isEmpty { return same.count == 1 ? same[0] : nil }
    if let number = Self.level(wanted) {
      let numbered = severities.filter { Self.levels(of: $0).contains(number) }
      return numbered.count == 1 ? numbered[0] : nil
    }
    guard wanted.count >= 2 else { return nil }
    let match = NameMatch(typed, among: severities.map { [$0.id, $0.name] })
    return match.only.map { severities[$0] }
  }

  /// `SEV-1` as `sev1`.
  private static func squeezed(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// Words for a severity in front of its number.
  private static let marks: Set<String> = [
    "", "s", "p", "sev", "severity", "prio", "priority", "level", "lvl",
  ]

  /// `1` of `sev1`, `p1` and `1`.
  private static func level(_ squeezed: String) -> Int? {
    let digits = squeezed.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
    guard marks.contains(String(squeezed.dropLast(digits.count))), digits.count <= 3 else {
      return nil
    }
    return Int(String(digits))
  }

  /// The numbers that a severity goes by: of `SEV-1` 1, of `Critical (P1)` 1.
  private static func levels(of severity: Severity) -> Set<Int> {
    if let own = level(squeezed(severity.id)) { return [own] }
    let words = NameMatch.words(of: "\(severity.id) \(severity.name)")
    var levels: Set<Int> = []
    for (place, word) in words.enumerated() {
      guard let number = level(word) else { continue }
      // A number alone counts only behind a mark: `SEV 1`.
      let isBare = word.allSatisfy(\.isNumber)
      if !isBare || (place > 0 && marks.contains(words[place - 1])) { levels.insert(number) }
    }
    return levels
  }
}
