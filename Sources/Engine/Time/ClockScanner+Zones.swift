/// The zone behind a clock.
extension ClockScanner {
  enum ZoneWord {
    case none
    case zone(TimeZoneRules)
    case problem(TimeExpression.Problem)
  }

  func zoneWord(at place: Int) -> ZoneWord {
    guard words.indices.contains(place) else { return .none }
    let word = words[place]
    let next = words.indices.contains(place + 1) && !word.isClosed ? words[place + 1] : nil
    if let needsTime = TimeLexicon.zoneWords[word.text] {
      let isZone =
        !needsTime || next.map { ["time", "standard", "daylight"].contains($0.text) } ?? false
      return isZone ? .problem(.foreignZone(word.typed)) : .none
    }
    // `UTC +2` may be an offset, or a number of something.
    if ["utc", "gmt"].contains(word.text), let next, Self.isOffset(next.text) {
      return .problem(.foreignZone("\(word.typed) \(next.typed)"))
    }
    return zoneWord(word, isGlued: false)
  }

  func zoneWord(_ word: TimeWord, isGlued: Bool) -> ZoneWord {
    let (typed, text) = (word.typed, word.text)
    if ["utc", "gmt"].contains(text) || typed == "Z" || isGlued && text == "z" {
      return .zone(.utc)
    }
    for name in ["utc", "gmt", "z"] where text.hasPrefix(name) {
      let rest = String(text.dropFirst(name.count))
      if let offset = Self.offset(rest, isGlued: true), name != "z" {
        return .zone(Self.zone(offset, typed))
      }
      return Self.isSigned(rest) ? .problem(.foreignZone(typed)) : .none
    }
    if Self.isSigned(text) {
      // `+1000` may count something else than hours and minutes, `+2` something else than hours.
      guard Self.isOffset(text) else { return .none }
      let isStated = text.contains(":") || text.count == 5 && text.dropFirst().first == "0"
      let offset = isStated ? Self.offset(text, isGlued: false) : nil
      return offset.map { .zone(Self.zone($0, typed)) } ?? .problem(.foreignZone(typed))
    }
    if typed.count >= 2, typed.allSatisfy({ $0.isASCII && $0.isUppercase }) {
      let name = TimeLexicon.zoneSynonyms[typed] ?? typed
      if typed.count > 2, let own = zone.period(abbreviation: name) {
        return .zone(TimeZoneRules(name: typed, initial: own))
      }
      return TimeLexicon.zones.contains(typed) ? .problem(.foreignZone(typed)) : .none
    }
    let parts = typed.split(separator: "/")
    if parts.count > 1, TimeLexicon.zoneAreas.contains(String(parts[0])) {
      return typed == zone.name ? .zone(zone) : .problem(.foreignZone(typed))
    }
    return .none
  }

  static func zone(_ offset: Int, _ name: String) -> TimeZoneRules {
    TimeZoneRules(
      name: name, initial: .init(offset: offset, abbreviation: name, isDaylightSaving: false))
  }

  private static func isSigned(_ text: String) -> Bool {
    guard let sign = text.first, sign == "+" || sign == "-" else { return false }
    return text.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false
  }

  /// Whether a word has the form of an offset: as many hours as there can be, or hours and minutes.
  private static func isOffset(_ text: String) -> Bool {
    isSigned(text) && offset(text, isGlued: true) != nil
  }

  /// Seconds of `+02:00`, `+0200`, `+5:30` and, where it is glued to a clock or to `UTC`, `+2`; at most fourteen hours.
  static func offset(_ text: String, isGlued: Bool) -> Int? {
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let first = parts.first.flatMap({ Int($0) })
    else { return nil }
    var (hours, minutes) = (first, 0)
    if parts.count == 2 {
      guard (1...2).contains(parts[0].count), parts[1].count == 2 else { return nil }
      minutes = Int(parts[1]) ?? 0
    } else if parts[0].count == 4 {
      (hours, minutes) = (first / 100, first % 100)
    } else if !isGlued || parts[0].count > 2 {
      return nil
    }
    guard hours <= 14, [0, 15, 30, 45].contains(minutes) else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

extension TimeZoneRules {
  /// How the clocks are set while the zone goes by an abbreviation; nil where it never does.
  func period(abbreviation: String) -> Period? {
    let all =
      [initial] + changes.map(\.period)
      + [rule?.standard, rule?.daylightSaving?.period].compactMap(\.self)
    return all.last { $0.abbreviation == abbreviation }
  }
}
