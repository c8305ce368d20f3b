/// The words that people put around a time, in the languages that are known here.
package enum TimeLexicon {
  package enum HalfDay: Hashable, Sendable { case morning, afternoon }

  /// Half-day marks behind a clock, without the points that some write: `pm`, `p.m.`.
  static func halfDay(_ word: String) -> HalfDay? {
    switch word.filter({ $0 != "." }) {
    case "am", "πμ", "ص", "öö": .morning
    case "pm", "μμ", "م", "ös": .afternoon
    default: nil
    }
  }

  /// Half-day marks in front of a clock.
  static let leadingHalves: [(mark: String, half: HalfDay)] = [
    ("上午", .morning), ("午前", .morning), ("오전", .morning),
    ("下午", .afternoon), ("午後", .afternoon), ("午后", .afternoon), ("오후", .afternoon),
  ]

  /// Words behind a clock that say no more than that it is one.
  static let clockWords: Set<String> = [
    "uhr", "h", "hrs", "hours", "o'clock", "o’clock", "uur", "น.", "น",
  ]

  /// Words between a day and a clock.
  static let atWords: Set<String> = [
    "at", "um", "à", "kl", "kl.", "às", "alle", "в", "om", "o", "pukul", "jam", "lúc", "เวลา",
    "saat",
  ]

  /// Words between the two ends of a range.
  static let rangeWords: Set<String> = [
    "-", "->", "=>", "→", "~", "〜", "～", "..", "...", "…", "/", "to", "until", "till", "til",
    "through", "thru", "bis", "à", "a", "al", "hasta", "jusqu'à", "jusqu’à", "au", "fino", "alle",
    "até", "às", "tot", "do", "до", "sampai", "hingga", "đến", "tới", "ถึง", "至", "到", "から", "부터",
  ]

  /// Signs between the two ends of a range without blanks, longer ones first.
  static let rangeSigns = [
    "->", "=>", "...", "..", "-", "→", "~", "〜", "～", "…", "至", "到", "から", "/",
  ]

  /// The day that words begin with, counted from today, and how many of them it takes.
  static func day(_ words: ArraySlice<TimeWord>) -> (offset: Int, count: Int)? {
    let texts = words.prefix(4).map(\.text)
    for count in stride(from: texts.count, to: 0, by: -1) {
      if let offset = days[texts[..<count].joined(separator: " ")] { return (offset, count) }
    }
    return nil
  }

  private static let days: [String: Int] = {
    let names: [(Int, String)] = [
      (
        0,
        """
        today|heute|aujourd'hui|aujourd’hui|hoy|oggi|hoje|vandaag|idag|dziś|dzisiaj|dnes|сегодня|今日|\
        今天|오늘|bugün|hari ini|hôm nay|วันนี้
        """
      ),
      (
        -1,
        """
        yesterday|gestern|hier|ayer|ieri|ontem|gisteren|igår|wczoraj|včera|kemarin|вчера|昨日|昨天|\
        어제|dün|hôm qua|เมื่อวาน|เมื่อวานนี้
        """
      ),
      (
        -2,
        """
        day before yesterday|vorgestern|avant-hier|anteayer|antes de ayer|\
        l'altro ieri|anteontem|eergisteren|przedwczoraj|позавчера|evvelsi gün|hôm kia|前天|一昨日|그제
        """
      ),
      (
        1,
        """
        tomorrow|morgen|demain|mañana|domani|amanhã|imorgon|zítra|jutro|завтра|yarın|besok|ngày mai|\
        พรุ่งนี้|明日|明天|내일
        """
      ),
    ]
    return names.reduce(into: [:]) { table, entry in
      for name in entry.1.split(separator: "|") { table[String(name)] = entry.0 }
    }
  }()

  private static let firstOfDays = Set(days.keys.compactMap { $0.split(separator: " ").first })

  // MARK: - Spans counted from now

  /// Words in front of a span that lies behind now: `vor 12 Minuten`, `il y a 12 min`.
  static let agoBefore = ["vor", "hace", "il y a", "há", "faz", "cách đây", "cach day"]

  /// Words behind a span that lies behind now, longer ones first: `12 min ago`, `12 Min. zuvor`, `12分前`.
  static let agoBehind = [
    "ที่ผ่านมา", "ที่แล้ว", "ก่อน", "yang lalu", "geleden", "earlier", "назад", "trước", "truoc",
    "atrás", "temu", "önce", "lalu", "sedan", "ago", "fa", "之前", "以前", "전에", "전", "前",
  ]

  /// Words for one before a unit: `an hour ago`.
  static let ones = [
    "a", "an", "one", "einer", "einem", "eine", "ein", "un", "une", "una", "uma", "um", "een",
    "bir", "một",
  ]

  /// Spans without a number of their own.
  static let namedSpans: [(phrase: String, seconds: Int)] = [
    ("half an hour", 1800), ("einer halben stunde", 1800), ("une demi-heure", 1800),
    ("media hora", 1800), ("meia hora", 1800), ("mezz'ora", 1800), ("mezz’ora", 1800),
    ("een half uur", 1800), ("pół godziny", 1800), ("полчаса", 1800), ("yarım saat", 1800),
    ("半小时", 1800), ("半小時", 1800), ("半時間", 1800), ("setengah jam", 1800),
    ("nửa giờ", 1800), ("ครึ่งชั่วโมง", 1800),
  ]

  /// Seconds of each unit, in every form that stands behind a number.
  static let units: [String: Int] = {
    let names: [(Int, String)] = [
      (
        1,
        """
        s sec secs second seconds sek sekunde sekunden seg segundo segundos seconde secondes secondo \
        secondi seconden sekund sekundy sekundę секунд секунды секунду сек с saniye sn 秒 秒钟 秒鐘 초 \
        detik giây giay วินาที
        """
      ),
      (
        60,
        """
        m min mins minute minutes minuten minuto minutos minuti minuut minut minuty minutę мин \
        минут минуты минуту м dakika dk 分 分钟 分鐘 分間 분 menit mnt phút phut นาที
        """
      ),
      (
        3600,
        """
        h hr hrs hour hours std stunde stunden hora horas heure heures ora ore uur uren u godz \
        godzin godziny godzinę час часа часов ч saat sa 小时 小時 時間 个小时 個小時 시간 jam giờ gio \
        tiếng tieng ชั่วโมง ชม
        """
      ),
      (
        86_400,
        """
        d day days tag tage tagen día días dia dias jour jours j giorno giorni dag dagen dzień dni \
        день дня дней gün 天 日 일 hari ngày ngay วัน
        """
      ),
      (
        604_800,
        """
        w week weeks woche wochen semana semanas semaine semaines settimana settimane weken \
        tydzień tygodnie tygodni неделю недели недель hafta 周 週 週間 주 minggu tuần tuan สัปดาห์
        """
      ),
    ]
    return names.reduce(into: [:]) { table, entry in
      for name in entry.1.split(separator: " ") { table[String(name)] = entry.0 }
    }
  }()

  // MARK: - Clocks and days

  /// Times of day that have a name, as seconds after midnight; longer names first.
  private static let namedClocks: [(words: [String], seconds: Int)] = {
    let names: [(Int, [String])] = [
      (
        43_200,
        [
          "noon", "midday", "mittags", "midi", "mediodía", "mediodia", "mezzogiorno", "meio-dia",
          "w południe", "полдень", "в полдень", "正午", "中午", "정오", "tengah hari", "giữa trưa",
          "เที่ยงวัน",
        ]
      ),
      (
        0,
        [
          "midnight", "mitternacht", "mitternachts", "minuit", "medianoche", "mezzanotte",
          "meia-noite", "middernacht", "o północy", "полночь", "в полночь", "gece yarısı", "午夜",
          "真夜中", "자정", "tengah malam", "nửa đêm", "เที่ยงคืน",
        ]
      ),
    ]
    return names.flatMap { seconds, names in
      names.map { (words: $0.split(separator: " ").map(String.init), seconds: seconds) }
    }
  }()

  /// The named time of day that words begin with, and how many of them it takes.
  static func namedClock(_ words: ArraySlice<TimeWord>) -> (seconds: Int, count: Int)? {
    for (name, seconds) in namedClocks where words.prefix(name.count).map(\.text) == name {
      return (seconds, name.count)
    }
    return nil
  }

  /// Whether a time may begin with a word of letters.
  static func begins(with word: String) -> Bool {
    firstOfDays.contains(word[...]) || weekday(word) != nil || month(word) != nil
      || beginnings.contains(word) || beginsPart(word)
  }

  private static let beginnings: Set<String> = {
    let phrases = agoBefore + ones + namedSpans.map(\.phrase)
    let first = phrases.compactMap { $0.split(separator: " ").first.map(String.init) }
    return Set(first + namedClocks.map { $0.words[0] })
  }()

  /// Abbreviations that zones go by. Most mean several, and all another one than the zone that is shown, unless that zone
  /// itself goes by them.
  static let zones: Set<String> = [
    "ACDT", "ACST", "ADT", "AEDT", "AEST", "AKDT", "AKST", "AMT", "ART", "AST", "AWST", "BDT",
    "BRST", "BRT", "BST", "CEST", "CET", "CDT", "CLST", "CLT", "COT", "CST", "CT", "EAT", "ECT",
    "EDT", "EEST", "EET", "EST", "ET", "GST", "HKT", "HST", "ICT", "IDT", "IRDT", "IRST", "IST",
    "JST", "KST", "MDT", "MESZ", "MEZ", "MMT", "MSK", "MST", "MT", "MYT", "NDT", "NPT", "NST",
    "NZDT", "NZST", "PDT", "PHT", "PKT", "PST", "PT", "PYT", "SAMT", "SAST", "SGT", "SST", "TRT",
    "UYT", "UZT", "WAST", "WAT", "WEST", "WET", "WIB", "WIT", "WITA", "YEKT",
  ]

  /// Words for a zone that do not say which, and whether `time` has to follow them.
  static let zoneWords: [String: Bool] = [
    "local": false, "localtime": false, "ortszeit": false, "pacific": false, "eastern": false,
    "central": true, "mountain": true, "server": true,
  ]

  /// Abbreviations of one language for those that zone data go by.
  static let zoneSynonyms = ["MEZ": "CET", "MESZ": "CEST"]

  /// What names of zones begin with: `Europe/Berlin`.
  static let zoneAreas: Set<String> = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Etc", "Europe",
    "Indian", "Pacific", "US",
  ]
}
