import Engine

/// The instants of times from top to bottom; times without a date go on past midnight.
struct DayClock {
  private var context: ImportContext
  private let times: [(stated: StatedTime, line: Int)]
  private(set) var remarks: [String] = []
  private var last: Timestamp?
  private var hasMovedOn = false

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

  /// Whether the next time is soon after one on this day, and far from another on the next.
  private func goesOn(
    at index: Int, after last: Timestamp, not early: Timestamp
  ) throws(TimelineImport.Problem) -> Bool {
    guard index < times.count, times[index].stated.date == nil else { return false }
    let next = try context.instant(times[index].stated, times[index].line)
    return next >= last && next - last < .hours(6) && next - early > .hours(6)
  }
}
