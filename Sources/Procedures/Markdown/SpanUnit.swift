import Engine

/// The unit behind a number.
struct SpanUnit {
  var scale: Double
  var measure: Span.Measure
  /// The token after it.
  var next: Int

  static func read(_ tokens: [Token], _ index: Int) -> SpanUnit? {
    guard tokens.indices.contains(index), tokens[index].kind == .word else { return nil }
    let token = tokens[index]
    if token.text.unicodeScalars.first?.isIdeograph == true { return ideographs(tokens, index) }
    if ["business", "working", "work", "office", "trading"].contains(token.text) {
      guard let unit = read(tokens, index + 1) else { return nil }
      if unit.scale == 86_400 { return SpanUnit(scale: 1, measure: .businessDays, next: unit.next) }
      if unit.scale == 3600 { return SpanUnit(scale: 1, measure: .businessHours, next: unit.next) }
      return nil
    }
    if ["calendar", "full", "consecutive"].contains(token.text) { return read(tokens, index + 1) }
    if [
      "workday", "workdays", "werktag", "werktage", "werktagen", "arbeitstag", "arbeitstage",
      "arbeitstagen", "weekdays",
    ].contains(token.text) {
      return SpanUnit(scale: 1, measure: .businessDays, next: index + 1)
    }
    if token.text.unicodeScalars.count == 1, token.text != "h", !token.isGlued { return nil }
    guard let scale = scales[token.text] else { return nil }
    var next = index + 1
    if next < tokens.count, tokens[next].text == ".", tokens[next].isGlued,
      ["min", "std", "hr", "sec"].contains(token.text)
    {
      next += 1
    }
    if next < tokens.count, ["(", "."].contains(tokens[next].text), next + 2 < tokens.count,
      tokens[next + 1].text == "s", tokens[next + 2].text == ")"
    {
      next += 3
    }
    if next < tokens.count, scale == 86_400 || scale == 3600,
      [
        "util", "uteis", "habil", "habiles", "laborable", "laborables", "ouvre", "ouvres",
        "laborales",
      ].contains(tokens[next].text)
    {
      return SpanUnit(
        scale: 1, measure: scale == 86_400 ? .businessDays : .businessHours, next: next + 1)
    }
    return SpanUnit(scale: scale, measure: .clock, next: next)
  }

  private static func ideographs(_ tokens: [Token], _ index: Int) -> SpanUnit? {
    var joined = ""
    var last = index
    while last < tokens.count, last - index < 5,
      tokens[last].text.unicodeScalars.first?.isIdeograph == true
    {
      joined += tokens[last].text
      last += 1
    }
    for (unit, scale, measure) in ideographUnits where joined.hasPrefix(unit) {
      return SpanUnit(scale: scale, measure: measure, next: index + unit.unicodeScalars.count)
    }
    return nil
  }

  private static let ideographUnits: [(String, Double, Span.Measure)] = [
    ("个工作日", 1, .businessDays), ("個工作日", 1, .businessDays), ("個工作天", 1, .businessDays),
    ("工作日", 1, .businessDays), ("工作天", 1, .businessDays), ("个小时", 3600, .clock),
    ("個小時", 3600, .clock), ("小时", 3600, .clock), ("小時", 3600, .clock), ("分钟", 60, .clock),
    ("分鐘", 60, .clock), ("分", 60, .clock), ("秒", 1, .clock), ("天", 86_400, .clock),
    ("日", 86_400, .clock), ("周", 604_800, .clock), ("週", 604_800, .clock),
    ("時間", 3600, .clock),
  ]

  private static let scales: [String: Double] = {
    var scales: [String: Double] = [:]
    for (scale, words) in [
      (1.0, "s sec secs second seconds segundo segundos sekunde sekunden"),
      (60, "m min mins minute minutes minuto minutos minuten"),
      (3600, "h hr hrs hour hours hora horas stunde stunden std heure heures"),
      (86_400, "d day days dia dias tag tage tagen jour jours"),
      (604_800, "w wk wks week weeks semana semanas woche wochen semaine semaines"),
    ] {
      for word in words.split(separator: " ") { scales[String(word)] = scale }
    }
    return scales
  }()
}
