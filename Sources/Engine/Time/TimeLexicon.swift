/// The words that people put around a time, in the languages that are known here.
package enum TimeLexicon {
  package enum HalfDay: Hashable, Sendable { case morning, afternoon }

  /// Half-day marks behind a clock, without the points that some write: `pm`, `p.m.`.
  static func halfDay(_ word: String) -> HalfDay? {
    switch word.filter({ $0 != "." }) {
    case "am": .morning
    case "pm": .afternoon
    default: nil
    }
  }

  /// Half-day marks in front of a clock.
  static let leadingHalves: [(mark: String, half: HalfDay)] = [
    ("上午", .morning), ("午前", .morning), ("오전", .morning), ("凌晨", .morning),
    ("下午", .afternoon), ("午後", .afternoon), ("오후", .afternoon),
  ]

  /// Words behind a clock that say no more than that it is one.
  static let clockWords: Set<String> = ["uhr", "h", "hrs", "hours", "o'clock", "o’clock"]

  /// Words between a day and a clock.
  static let atWords: Set<String> = ["at", "um", "à", "kl", "kl.", "às", "alle", "в"]

  /// Words between the two ends of a range.
  static let rangeWords: Set<String> = ["-", "to", "until", "till", "bis", "à", "a", "al"]

  /// Days counted from today.
  static let days: [String: Int] = {
    let names: [(Int, [String])] = [
      (
        0,
        [
          "today", "heute", "aujourd'hui", "aujourd’hui", "hoy", "oggi", "hoje", "vandaag", "idag",
          "dziś", "dnes", "сегодня", "今日", "今天", "오늘",
        ]
      ),
      (
        -1,
        [
          "yesterday", "gestern", "hier", "ayer", "ieri", "ontem", "gisteren", "igår", "wczoraj",
          "včera", "kemarin", "вчера", "昨日", "昨天", "어제",
        ]
      ),
    ]
    return names.reduce(into: [:]) { table, entry in
      for name in entry.1 { table[name] = entry.0 }
    }
  }()

  /// Days of the week in English, in full or by their first letters.
  static func weekday(_ word: String) -> Weekday? {
    let names: [Weekday: String] = [
      .monday: "monday", .tuesday: "tuesday", .wednesday: "wednesday", .thursday: "thursday",
      .friday: "friday", .saturday: "saturday", .sunday: "sunday",
    ]
    return names.first { word == $0.value || word == $0.key.rawValue }?.key
  }

  /// Abbreviations that zones go by. Most mean several, and all another one than the zone that is shown, unless that zone
  /// itself goes by them.
  static let zones: Set<String> = [
    "ACDT", "ACST", "AEDT", "AEST", "AKDT", "AKST", "ART", "AST", "AWST", "BRT", "BST", "CEST",
    "CET", "CDT", "CLT", "COT", "CST", "EAT", "EDT", "EEST", "EET", "EST", "GST", "HKT", "HST",
    "ICT", "IDT", "IRST", "IST", "JST", "KST", "MDT", "MESZ", "MEZ", "MSK", "MST", "NPT", "NZDT",
    "NZST", "PDT", "PHT", "PKT", "PST", "SAST", "SGT", "TRT", "WAT", "WEST", "WET", "WIB", "WIT",
    "WITA",
  ]

  /// Abbreviations of one language for those that zone data go by.
  static let zoneSynonyms = ["MEZ": "CET", "MESZ": "CEST"]

  /// What names of zones begin with: `Europe/Berlin`.
  static let zoneAreas: Set<String> = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc", "Europe",
    "Indian", "Pacific", "US",
  ]
}
