package import Engine

/// Allowances, windows, hours and days as people write them in a procedure.
package enum AllowanceText {
  /// `15m`, `1h30m`, `900` (seconds), `15-30m`, `2 business days`, `4 business hours`; nil for anything else.
  package static func read(_ text: String) -> Allowance? {
    let words = text.lowercased().split(separator: " ")
    if words.count == 3, words[1] == "business", let count = count(words[0]) {
      switch words[2] {
      case "day", "days": return .businessDays(count)
      case "hour", "hours": return .businessHours(count)
      default: return nil
      }
    }
    if let seconds = seconds(text) { return .seconds(seconds) }
    guard let (early, late) = range(text) else { return nil }
    return .seconds(early, maximum: late)
  }

  package static func write(_ allowance: Allowance) -> String {
    switch allowance {
    case .seconds(let seconds, let maximum):
      SpanText.text(seconds) + (maximum.map { "-" + SpanText.text($0) } ?? "")
    case .businessDays(let count): "\(count) business day\(count == 1 ? "" : "s")"
    case .businessHours(let count): "\(count) business hour\(count == 1 ? "" : "s")"
    }
  }

  /// A span, or a bare number of seconds.
  static func seconds(_ text: String) -> Int? {
    if text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) {
      return number <= SpanText.longest ? number : nil
    }
    return SpanText.seconds(text)
  }

  /// `15-30m`: the unit of the end counts for a beginning without one.
  static func range(_ text: String) -> (Int, Int)? {
    let parts = text.replacingDashes().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let first = parts[0].trimmed()
    guard let late = seconds(parts[1].trimmed()) else { return nil }
    var early = SpanText.seconds(first)
    if early == nil, !first.isEmpty, first.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) {
      let unit = parts[1].trimmed().drop { $0.isNumber || $0 == "." || $0 == " " }
      early = unit.isEmpty ? seconds(first) : SpanText.seconds(first + unit)
    }
    guard let early, early <= late else { return nil }
    return (early, late)
  }

  /// `0-15m`, or open-ended `30m+`.
  static func window(_ text: String) -> Phase.Window? {
    let text = text.trimmed()
    if text.hasSuffix("+") {
      guard let start = seconds(String(text.dropLast())) else { return nil }
      return Phase.Window(start: start, end: nil)
    }
    guard let (start, end) = range(text) else { return nil }
    return Phase.Window(start: start, end: end)
  }

  static func write(_ window: Phase.Window) -> String {
    guard let end = window.end else { return SpanText.text(window.start) + "+" }
    return "\(SpanText.text(window.start))-\(SpanText.text(end))"
  }

  /// Minutes after midnight of `9`, `09:00` or `24:00`.
  static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }),
      let hours = Int(parts[0]), let minutes = parts.count == 2 ? Int(parts[1]) : 0,
      hours >= 0, (0..<60).contains(minutes), hours * 60 + minutes <= 24 * 60
    else { return nil }
    return hours * 60 + minutes
  }

  static func clock(_ minutes: Int) -> String {
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// `mon-fri`, `mon, wed`, `Saturday`, `daily`, `weekdays`, `weekend`.
  static func days(_ text: String) -> [Weekday]? {
    var days: [Weekday] = []
    for part in text.replacingDashes().split(separator: ",") {
      switch part.trimmed().lowercased() {
      case "daily", "every day": days += Weekday.allCases
      case "weekdays": days += Weekday.allCases.prefix(5)
      case "weekend", "weekends": days += Weekday.allCases.suffix(2)
      default:
        let ends = part.split(separator: "-").map { day($0.trimmed()) }
        guard (1...2).contains(ends.count), let first = ends.first, let first,
          let last = ends.last, let last
        else { return nil }
        days += span(first, last)
      }
    }
    return days.isEmpty ? nil : days
  }

  private static func day(_ text: String) -> Weekday? {
    let text = text.lowercased()
    let names = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    let whole = names.first { $0 == text || (text.count >= 3 && $0.hasPrefix(text)) }
    return whole.flatMap { Weekday(rawValue: String($0.prefix(3))) }
  }

  private static func span(_ first: Weekday, _ last: Weekday) -> [Weekday] {
    let all = Weekday.allCases
    guard let start = all.firstIndex(of: first), let end = all.firstIndex(of: last) else {
      return []
    }
    return start <= end ? Array(all[start...end]) : Array(all[start...] + all[...end])
  }

  private static func count(_ text: Substring) -> Int? {
    guard let count = Int(text), (0...1000).contains(count) else { return nil }
    return count
  }
}

extension StringProtocol {
  /// Without spaces at either end.
  func trimmed() -> String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }

  fileprivate func replacingDashes() -> String {
    String(map { $0 == "–" || $0 == "—" ? "-" : $0 })
  }
}
