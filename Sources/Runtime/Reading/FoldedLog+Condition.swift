package import Engine
package import EventLog

extension FoldedLog {
  /// What is wrong with the log: damage that is no line in the making, each as `file:line: what`, and
  /// lines that were seen before and are there no more.
  package func damage(at now: Timestamp) -> [String] {
    let file = place.split(separator: "/").last.map(String.init) ?? place
    var places = reader.settledDamage(at: now).map { $0.description(path: file) }
    if case .rolledBack(let highest, let now) = reader.alarm {
      places.insert(
        "\(file) ends at entry \(now.sequence), but \(highest.sequence) was seen before: lines are missing",
        at: 0)
    }
    return places
  }

  /// An unfinished line that has stood for a while, as one sentence: no damage, and the next writer closes it off.
  func unfinished(at now: Timestamp) -> String? {
    guard let tail = reader.tornTail, now - tail.since >= LogReader.patience else { return nil }
    return "the log ends in \(tail.count) bytes of an unfinished line; the next entry repairs it"
  }
}
