/// Spans of time as people write them: `10m`, `1h30m`, `90s`, `2 h`, `1.5 hours`.
package enum SpanText {
  /// A hundred years: longer is a slip of the finger.
  package static let longest = 100 * 366 * 86_400

  /// Whole seconds of a text of numbers with units, each unit at most once; nil for anything else.
  ///
  /// Units: s, m (minutes), h, d, w and their usual longer forms, in any case. Nothing negative, nothing without a unit.
  package static func seconds(_ text: some StringProtocol) -> Int? {
    var rest = Substring(text.lowercased())
    var total = 0
    var seen: Set<Int> = []
    rest = rest.drop { $0 == " " }
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      guard let length = units[String(unit)], seen.insert(length).inserted,
        let part = product(number, length)
      else { return nil }
      total += part
      guard total <= longest else { return nil }
    }
    return total
  }

  /// A span as people type it where one is asked for: as ``seconds(_:)``, and a bare number counts minutes; nil for none.
  package static func typed(_ text: some StringProtocol) -> Duration? {
    if let minutes = Int(text), (1..<100_000).contains(minutes) { return .minutes(Int64(minutes)) }
    guard let seconds = seconds(text), seconds > 0 else { return nil }
    return .seconds(seconds)
  }

  /// The shortest such text: `1h30m`, `90s` as `1m30s`, nothing as `0s`.
  package static func text(_ seconds: Int) -> String {
    guard seconds > 0 else { return "0s" }
    var result = ""
    if seconds >= 3600 { result += "\(seconds / 3600)h" }
    if seconds / 60 % 60 > 0 { result += "\(seconds / 60 % 60)m" }
    if seconds % 60 > 0 { result += "\(seconds % 60)s" }
    return result
  }

  /// Seconds of each unit.
  private static let units: [String: Int] = {
    let names: [(Int, [String])] = [
      (1, ["s", "sec", "secs", "second", "seconds"]),
      (60, ["m", "min", "mins", "minute", "minutes"]),
      (3600, ["h", "hr", "hrs", "hour", "hours"]),
      (86_400, ["d", "day", "days"]),
      (604_800, ["w", "week", "weeks"]),
    ]
    return names.reduce(into: [:]) { table, entry in
      for name in entry.1 { table[name] = entry.0 }
    }
  }()

  /// `1.5` × 3600, exactly; nil where the result is not whole or the number is none.
  static func product(_ number: Substring, _ length: Int) -> Int? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = parts.first, (1...10).contains(whole.count),
      let units = Int(whole)
    else { return nil }
    let (seconds, overflow) = units.multipliedReportingOverflow(by: length)
    guard !overflow else { return nil }
    guard parts.count == 2 else { return seconds }
    guard (1...4).contains(parts[1].count), let fraction = Int(parts[1]) else { return nil }
    let scale = parts[1].reduce(1) { scale, _ in scale * 10 }
    guard fraction * length % scale == 0 else { return nil }
    return seconds + fraction * length / scale
  }
}
