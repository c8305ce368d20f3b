extension TimeLexicon {
  /// The part of the day that is named beside a clock.
  enum DayPart: Hashable, Sendable {
    case morning, noon, afternoon, evening, night

    /// Seconds after midnight of a clock in this part of the day; nil where it does not show that then, or could mean two.
    ///
    /// `isExact`: the hour is one of twenty-four, and only checked.
    func seconds(of clock: Int, isExact: Bool) -> Int? {
      let hour = clock / 3600
      let (stays, later): (ClosedRange<Int>, ClosedRange<Int>) =
        switch self {
        case .morning: (0...11, 24...24)
        case .noon: (10...15, 1...4)
        case .afternoon: (12...20, 1...8)
        case .evening: (16...23, 4...11)
        case .night: (18...23, 7...11)
        }
      if stays.contains(hour) || self == .night && hour <= 5 { return clock }
      guard !isExact else { return nil }
      if later.contains(hour) { return clock + 43_200 }
      return self == .night && hour == 12 ? clock - 43_200 : nil
    }
  }

  /// The part of the day that words begin with, and how many of them it takes: `in the evening`, `du soir`, `вечера`.
  static func dayPart(_ words: ArraySlice<TimeWord>) -> (part: DayPart, count: Int)? {
    phrase(parts, words)
  }

  /// The same directly behind a day, where one word is enough: `yesterday evening`, `gestern Abend`.
  static func partOfDay(_ words: ArraySlice<TimeWord>) -> (part: DayPart, count: Int)? {
    phrase(partsOfDays, words) ?? phrase(parts, words)
  }

  /// A part of today or of yesterday that has a name of its own: `last night`, `heute früh`, `昨晚`.
  static func namedPart(
    _ words: ArraySlice<TimeWord>
  ) -> (day: Int, part: DayPart, count: Int)? {
    phrase(namedParts, words).map { (day: $0.part.day, part: $0.part.part, count: $0.count) }
  }

  /// Whether a part of a day begins with a word of letters.
  static func beginsPart(_ word: String) -> Bool { firstOfParts.contains(word) }

  private static let firstOfParts = Set(parts.keys.map { $0[0] } + namedParts.keys.map { $0[0] })

  /// The longest phrase of a table that words begin with.
  private static func phrase<Meaning>(
    _ table: [[String]: Meaning], _ words: ArraySlice<TimeWord>
  ) -> (part: Meaning, count: Int)? {
    let texts = words.prefix(4).map { bare($0.text) }
    for count in stride(from: texts.count, to: 0, by: -1) {
      if let found = table[Array(texts[..<count])] { return (found, count) }
    }
    return nil
  }

  private static func bare(_ word: String) -> String {
    var word = word
    if word.contains("’") { word.replace("’", with: "'") }
    return word.hasSuffix(".") || word.hasSuffix("!") ? String(word.dropLast()) : word
  }

  private static func table<Meaning>(_ names: [(Meaning, String)]) -> [[String]: Meaning] {
    names.reduce(into: [:]) { table, entry in
      for phrase in entry.1.split(separator: "|") {
        table[phrase.split(separator: " ").map(String.init)] = entry.0
      }
    }
  }

  private static let parts: [[String]: DayPart] = table([
    (
      .morning,
      """
      in the morning|morgens|vormittags|frühmorgens|früh|am morgen|am vormittag|in der früh|du matin|\
      le matin|de la mañana|por la mañana|de la madrugada|da manhã|de manhã|da madrugada|di mattina|\
      del mattino|della mattina|'s ochtends|'s morgens|s ochtends|s morgens|rano|z rana|nad ranem|ráno|\
      утра|утром|sabah|sabahleyin|pagi|sáng|buổi sáng|เช้า|ตอนเช้า|早上|清晨|凌晨|早晨|朝|早朝|明け方|\
      아침|새벽|صباحا|صباحًا|på morgonen|om morgenen|το πρωί
      """
    ),
    (.noon, "mittags|am mittag|de midi|del mediodía|siang|trưa|buổi trưa|中午|昼|お昼|öğlen|öğle"),
    (
      .afternoon,
      """
      in the afternoon|nachmittags|am nachmittag|de l'après-midi|l'après-midi|de la tarde|por la tarde|\
      da tarde|à tarde|del pomeriggio|di pomeriggio|'s middags|s middags|po południu|odpoledne|дня|\
      днём|днем|öğleden sonra|sore|chiều|buổi chiều|บ่าย|ตอนบ่าย|på eftermiddagen|om eftermiddagen
      """
    ),
    (
      .evening,
      """
      in the evening|abends|am abend|du soir|le soir|di sera|della sera|'s avonds|s avonds|wieczorem|\
      wieczór|večer|вечера|вечером|akşam|akşamleyin|akşamüstü|petang|tối|buổi tối|เย็น|ตอนเย็น|傍晚|\
      晚上|夕方|夜|저녁|مساء|مساءً|på kvällen|om aftenen|το βράδυ
      """
    ),
    (
      .night,
      """
      at night|in the night|nachts|in der nacht|de la nuit|la nuit|de la noche|por la noche|da noite|\
      à noite|di notte|della notte|'s nachts|s nachts|w nocy|v noci|ночи|ночью|gece|geceleyin|malam|\
      đêm|ban đêm|กลางคืน|ตอนกลางคืน|夜里|夜裡|夜晚|半夜|深夜|未明|夜中|밤|ليلا|ليلًا|på natten
      """
    ),
  ])

  private static let partsOfDays: [[String]: DayPart] = table([
    (
      .morning,
      "morning|early|morgen|früh|vormittag|matin|mañana|temprano|manhã|mattina|ochtend|morgen|rano"
    ),
    (.noon, "noon|mittag|midi|middag"),
    (.afternoon, "afternoon|nachmittag|après-midi|tarde|pomeriggio|namiddag"),
    (.evening, "evening|abend|soir|sera|avond|kväll"),
    (.night, "night|nacht|nuit|noche|noite|notte|natt"),
  ])

  private static let namedParts: [[String]: (day: Int, part: DayPart)] = table([
    (
      (0, .morning),
      """
      this morning|heute morgen|ce matin|esta mañana|esta manhã|stamattina|stamani|vanochtend|\
      vanmorgen|bu sabah|tadi pagi|pagi ini|sáng nay|เช้านี้|今早|今朝|今晨
      """
    ),
    ((0, .afternoon), "this afternoon|cet après-midi|esta tarde|vanmiddag|chiều nay|บ่ายนี้"),
    ((0, .evening), "this evening|tonight|ce soir|stasera|vanavond|bu akşam|tối nay|今晚|今晩|今夜"),
    ((0, .night), "cette nuit|esta noche|esta noite|stanotte|vannacht|bu gece"),
    ((-1, .morning), "gisterochtend|gistermorgen"),
    ((-1, .afternoon), "gistermiddag|chiều qua"),
    ((-1, .evening), "last evening|gisteravond|tối qua|昨晚|昨晩|昨夕"),
    (
      (-1, .night),
      """
      last night|letzte nacht|la nuit dernière|la nuit passée|anoche|gisternacht|afgelopen nacht|\
      tadi malam|semalam|đêm qua|เมื่อคืน|昨夜|어젯밤|간밤|dün gece|minulou noc|igår natt
      """
    ),
  ])
}
