import Display
package import Engine

extension Entry {
  /// One line of the log for people: time, sequence, who, letter, words, marks.
  package func line(in zone: TimeZoneRules, at now: Timestamp) -> String {
    let time = ClockText.time(effective, in: zone, at: now)
    let number = String(sequence)
    let place = String(repeating: " ", count: max(0, 4 - number.count)) + number
    let who = TextWidth.fit(actor, to: 12)
    return "\(time)  \(place)  \(who)  \(letter)  \(text)\(marks(in: zone, at: now))"
  }

  /// What is to be known of an entry beside its words: late, corrected, retracted.
  package func marks(in zone: TimeZoneRules, at now: Timestamp) -> String {
    var marks: [String] = []
    if isLate { marks.append("late: written \(ClockText.time(recorded, in: zone, at: now))") }
    if isCorrected { marks.append("corrected") }
    if isRetracted { marks.append("retracted") }
    return marks.isEmpty ? "" : "  [\(marks.joined(separator: "; "))]"
  }
}
