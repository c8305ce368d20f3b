extension Incident {
  /// The updates that the procedure owes once, as it does at the severity that counts.
  var rulingNotices: [Notice] {
    let severity = rulingSeverity?.id
    return procedure.notices.filter { $0.severity == nil || $0.severity == severity }
  }

  /// Updates that are owed once: each counts from the clock start and is met by the first update to its audience, or to
  /// anybody where it names nobody; one not sent when the incident is resolved is owed no longer.
  func noticeDeadlines(at now: Timestamp, in context: TimeContext) -> [Deadline] {
    guard let start = episodeStart, let clockStart else { return [] }
    return rulingNotices.enumerated().map { index, notice in
      let due = due(notice.within, after: clockStart, in: context)
      let number = index == 0 ? "" : ":\(index + 1)"
      var deadline = Deadline(
        id: "notice\(number)", kind: .communicate,
        label: notice.audience.map { "One update to \($0)" } ?? "One update", due: due.at,
        state: .pending, rule: .init(text: notice.text, line: notice.line))
      deadline.latest = due.latest
      deadline.audience = notice.audience
      let first = updates.since(start).first { update in
        !isFalseAllClear(update)
          && (notice.audience.map { sameAudience(update.value.audience, $0) } ?? true)
      }
      deadline.run(from: clockStart, met: first?.stamp.effective, at: now)
      if let first, first.stamp.effective <= now {
        (deadline.settled, deadline.by) = (first.stamp.effective, first.actor)
      }
      deadline.end(at: ending, now: now)
      return deadline
    }
  }
}
