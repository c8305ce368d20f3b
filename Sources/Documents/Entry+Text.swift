import Display
package import Engine
package import Wording

extension Entry {
  /// One line of the log for people: time, sequence, who, letter, words, marks.
  ///
  /// `marksZone`: its times stand alone, and each carries its zone.
  package func line(
    in zone: TimeZoneRules, at now: Timestamp, marksZone: Bool = false
  ) -> String {
    let time = Self.time(effective, zone, now, marksZone)
    let number = number.map(String.init) ?? "\u{2013}"
    let place = String(repeating: " ", count: max(0, 4 - number.count)) + number
    let who = TextWidth.fit(actor, to: 12)
    return "\(time)  \(place)  \(who)  \(kind.letter)  \(text)"
      + marks(in: zone, at: now, marksZone: marksZone)
  }

  /// What is to be known of an entry beside its words: late, corrected, retracted.
  package func marks(
    in zone: TimeZoneRules, at now: Timestamp, marksZone: Bool = false
  ) -> String {
    var marks: [String] = []
    if number == nil { marks.append("not shared yet") }
    if isLate { marks.append("late: written \(Self.time(recorded, zone, now, marksZone))") }
    if isCorrected { marks.append("corrected") }
    if isRetracted { marks.append("retracted") }
    return marks.isEmpty ? "" : "  [\(marks.joined(separator: "; "))]"
  }

  private static func time(
    _ instant: Timestamp, _ zone: TimeZoneRules, _ now: Timestamp, _ marksZone: Bool
  ) -> String {
    InstantText.second(instant, in: zone, near: now)
      + (marksZone ? InstantText.mark(instant, in: zone) : "")
  }

  /// The words, with what kind of statement they are where nothing else tells.
  package var namedText: String {
    switch kind {
    case .findingAdded: "Finding: \(text)"
    case .hypothesisAdded: "Hypothesis: \(text)"
    default: text
    }
  }

  /// The entry as `muster log --json` prints it, one object a line.
  package var json: JSON {
    .object([
      "seq": number.map { .integer(Int64($0)) } ?? .null, "effective": .string(effective.rfc3339),
      "recorded": .string(recorded.rfc3339), "late": .bool(isLate),
      "actor": .string(actor), "source": .string(source), "kind": .string(kindName),
      "text": .string(text), "corrected": .bool(isCorrected), "retracted": .bool(isRetracted),
      "secret": .bool(isSecret), "drill": isDrill ? .bool(true) : nil,
      "shared": number == nil ? .bool(false) : nil,
    ])
  }
}
