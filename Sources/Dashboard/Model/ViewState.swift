import Engine
import Wording

/// What of the console's looks is kept between runs: how it shows things, never what.
package struct ViewState: Hashable, Sendable {
  package var focus = Pane.escalation
  package var isZoomed = false
  package var showsUTC = false
  package var filter = TimelineFilter()
  /// The newest entry that was seen of each incident, by its id.
  package var seen: [String: Int] = [:]

  package init() {}

  /// A line that is not a view setting.
  package struct Damage: Error, Hashable, Sendable {
    /// 1-based.
    package var line: Int
    package var what: String
  }

  /// Reads what ``text`` wrote; a file of which one line is wrong counts as wrong as a whole.
  package init(_ text: String) throws(Damage) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      let value = parts.count > 1 ? parts[1] : ""
      switch (parts.first, value) {
      case ("focus", _):
        guard let pane = Int(value).flatMap(Pane.init(rawValue:)) else {
          throw Damage(line: index + 1, what: "there is no pane “\(value)”")
        }
        focus = pane
      case ("zoom", "yes"): isZoomed = true
      case ("utc", "yes"): showsUTC = true
      case ("filter", _): filter = TimelineFilter(value)
      case ("seen", _):
        let words = value.split(separator: " ")
        guard words.count == 2, let sequence = Int(words[1]), sequence > 0 else {
          throw Damage(line: index + 1, what: "“\(value)” is not an incident and an entry")
        }
        seen[String(words[0])] = sequence
      default: throw Damage(line: index + 1, what: "“\(line)” is not a view setting")
      }
    }
  }

  /// Number of incidents for which the last entry seen is kept.
  private static let most = 50

  package var text: String {
    var lines = ["focus \(focus.rawValue)"]
    if isZoomed { lines.append("zoom yes") }
    if showsUTC { lines.append("utc yes") }
    if !filter.isEmpty, !filter.text.contains(where: \.isNewline) {
      lines.append("filter \(filter.text)")
    }
    // The newest incidents come last in the order of ids.
    for (id, sequence) in seen.sorted(by: { $0.key < $1.key }).suffix(Self.most) {
      lines.append("seen \(id) \(sequence)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Model {
  package var viewState: ViewState {
    var view = ViewState()
    (view.focus, view.isZoomed) = (focus, isZoomed)
    (view.showsUTC, view.filter) = (clock.showsUTC, timeline.filter)
    view.seen = lastSeen
    if let incident { view.seen[incident.id] = seen }
    return view
  }

  /// The newest entry that was in sight.
  var seen: Int { timeline.follows ? incident?.sequence ?? 0 : timeline.seenUpTo }

  /// Shows things as they were shown last time; the wall has looks of its own.
  ///
  /// The timeline begins at its newest entry all the same: what came meanwhile must not be out of sight.
  mutating func restore(_ view: ViewState) -> [Effect] {
    guard screen == .console else { return [] }
    (focus, isZoomed) = (view.focus, view.isZoomed)
    clock.showsUTC = view.showsUTC
    timeline.filter = view.filter
    lastSeen = view.seen
    rebuildTimeline()
    countMissed()
    // What is left out must not be taken for what is not there.
    if !view.filter.isEmpty { tell("the timeline shows only \(view.filter.text), as last time") }
    return loadMissing()
  }

  /// Marks and counts what came since this person last saw the incident.
  mutating func countMissed() {
    guard playback == nil, screen == .console, let incident, let last = lastSeen[incident.id],
      last < incident.sequence
    else { return }
    timeline.seenUpTo = last
    timeline.unseen = incident.sequence - last
    let count = timeline.unseen
    tell("\(count) \(count == 1 ? "entry" : "entries") since you last looked at \(incident.id)")
  }
}
