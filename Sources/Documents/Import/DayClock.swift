import Engine

/// The instants of times from top to bottom; times without a date go on past midnight.
struct DayClock {
  private var context: ImportContext
  private let times: [(stated: StatedTime, line: Int)]
  private(set) var remarks: [String] = []
  private var last: Timestamp?
  private var hasMovedOn = false
  private var hasToldOfNight = false

  init(_ times: [(stated: StatedTime, line: Int)], _ context: ImportContext) {
    self.times = times
    self.context = context
  }

  /// A clock that jumps back by half a day has passed midnight, unless the next time goes on where the one before stood:
  /// then somebody has passed on late what happened earlier.
  mutating func instants() throws(TimelineImport.Problem) -> [Timestamp] {
    var instants: [Timestamp] = []
    for (index, time) in times.enumerated() {
      var occurred = try context.instant(time.stated, time.line)
      if let second = secondPass(of: time.stated, at: time.line, not: occurred) {
        occurred = second
      }
      if let date = time.stated.date {
        context.day = date
      } else if let last {
        if last - occurred > .hours(12) {
          let isSoon = occurred + .hours(24) - last < .hours(3)
          if !isSoon, try goesOn(at: index + 1, after: last, not: occurred) {
            remarks.append("line \(time.line): taken as earlier on the same day")
          } else {
            context.day = context.day?.adding(days: 1)
            hasMovedOn = true
            occurred = try context.instant(time.stated, time.line)
            remarks.append("line \(time.line): a new day begins, \(context.day?.description ?? "")")
          }
        } else if hasMovedOn, occurred - last > .hours(12) {
          let early = occurred - .hours(24)
          if last - early < .hours(3) { occurred = early }
        }
      }
      last = max(last ?? occurred, occurred)
      instants.append(occurred)
    }
    return instants
  }

  /// The second time at which the clocks showed this on the night that has an hour twice, where the first lies before what
  /// was told last; what is assumed is remarked once.
  private mutating func secondPass(
    of stated: StatedTime, at line: Int, not first: Timestamp
  ) -> Timestamp? {
    guard stated.offset == nil, let zone = context.zone, let date = stated.date ?? context.day
    else { return nil }
    let isShown = zone.localTime(at: first).secondsOfDay == stated.secondsOfDay
    let found = zone.secondInstant(of: date, secondsOfDay: stated.secondsOfDay)
    guard found != nil || !isShown else { return nil }
    let second = found.map { $0 + .milliseconds(stated.milliseconds) }
    let isLater = last.map { first < $0 && second ?? first >= $0 } ?? false
    if !hasToldOfNight || isLater && second != nil {
      remarks.append(
        isShown
          ? "line \(line): the clocks showed this time twice; taken as the \(isLater ? "second" : "first")"
          : "line \(line): the clocks skipped this time; taken as an hour later")
    }
    hasToldOfNight = true
    return isLater ? second : nil
  }

  /// Whether the next time is soon after one on this day, and far from another on the next.
  private func goesOn(
    at index: Int, after last: Timestamp, not early: Timestamp
  ) throws(TimelineImport.Problem) -> Bool {
    guard index < times.count, times[index].stated.date == nil else { return false }
    let next = try context.instant(times[index].stated, times[index].line)
    return next >= last && next - last < .hours(6) && next - early > .hours(6)
  }
}
