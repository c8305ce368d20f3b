import Engine

/// The zone that stands above a timeline: `Timeline (all times CET)`.
struct HeadingZone {
  var name: String
  /// Seconds ahead of UTC; nil for letters that only a place gives a meaning.
  var offset: Int?
  var line: Int

  /// Looks through the lines above the first one with a time; nil where none names a zone.
  init?(above text: String, _ context: ImportContext) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.prefix(40).enumerated() {
      let start = line.drop { " #*-_>\t".contains($0) }
      if start.first.map({ $0.isNumber || "[|".contains($0) }) == true { return nil }
      // Words that somebody said are no heading.
      let parts = start.split(separator: ":", omittingEmptySubsequences: false)
      if zip(parts, parts.dropFirst()).contains(where: {
        $0.last?.isNumber == true && $1.first?.isNumber == true
      }) {
        return nil
      }
      let words = start.split { " \t()[]{}*_,;:=".contains($0) }
      let isOfTimes = words.contains { Self.names.contains($0.lowercased()) }
      for word in words where word.count >= 3 && word.prefix(3).allSatisfy(\.isUppercase) {
        guard isOfTimes || start.contains("(\(word))"), let time = context.time("00:00 \(word)"),
          time.offset != nil || time.zoneName != nil
        else { continue }
        (name, offset, self.line) = (String(word), time.offset, index + 1)
        return
      }
    }
    return nil
  }

  private static let names: Set<String> = [
    "time", "times", "timezone", "zone", "zeit", "zeiten", "uhrzeit", "uhrzeiten", "zeitzone",
    "heure", "heures", "hora", "horas", "ora", "ore", "orari", "tijd", "tijden", "czas", "время",
  ]

  /// The zone itself, where the letters mean one offset.
  var rules: TimeZoneRules? {
    offset.map {
      TimeZoneRules(
        name: name, initial: .init(offset: $0, abbreviation: name, isDaylightSaving: false))
    }
  }

  /// Whether a zone has the clocks that stand above.
  func agrees(with zone: TimeZoneRules, at instant: Timestamp) -> Bool {
    zone.localTime(at: instant).abbreviation == name
      || offset.map { $0 == zone.offset(at: instant) } ?? false
  }
}
