package import Engine

/// What of the console's looks is kept between runs: how it shows things, never what.
package struct ViewState: Hashable, Sendable {
  package var focus = Pane.escalation
  package var isZoomed = false
  package var showsUTC = false
  package var filter = TimelineFilter()
  /// What was being read in the timeline while not following; nil: it followed.
  package var place: Place?

  package init() {}

  package struct Place: Hashable, Sendable {
    package var incident: String
    /// The entry in the first row.
    package var anchor: Stamp
  }

  /// A line that is none of a view's.
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
      case ("reading", _):
        guard let read = Place(value) else {
          throw Damage(line: index + 1, what: "“\(value)” is no place in a timeline")
        }
        place = read
      default: throw Damage(line: index + 1, what: "“\(line)” is nothing of a view's")
      }
    }
  }

  package var text: String {
    var lines = ["focus \(focus.rawValue)"]
    if isZoomed { lines.append("zoom yes") }
    if showsUTC { lines.append("utc yes") }
    if !filter.isEmpty, !filter.text.contains(where: \.isNewline) {
      lines.append("filter \(filter.text)")
    }
    if let place { lines.append("reading \(place.text)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ViewState.Place {
  fileprivate init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, let time = Int64(parts[1]), let sequence = Int(parts[2]) else {
      return nil
    }
    incident = String(parts[0])
    anchor = Stamp(effective: Timestamp(milliseconds: time), sequence: sequence)
  }

  fileprivate var text: String { "\(incident) \(anchor.effective.milliseconds) \(anchor.sequence)" }
}

extension Model {
  package var viewState: ViewState {
    var view = ViewState()
    (view.focus, view.isZoomed) = (focus, isZoomed)
    (view.showsUTC, view.filter) = (clock.showsUTC, timeline.filter)
    if let id = incident?.id, !timeline.follows, let anchor = timeline.anchor {
      view.place = ViewState.Place(incident: id, anchor: anchor)
    }
    return view
  }

  /// Shows things as they were shown last time; the wall has looks of its own.
  mutating func restore(_ view: ViewState) -> [Effect] {
    guard screen == .console else { return [] }
    (focus, isZoomed) = (view.focus, view.isZoomed)
    clock.showsUTC = view.showsUTC
    timeline.filter = view.filter
    rebuildTimeline()
    if let place = view.place, place.incident == incident?.id, timeline.place(of: place.anchor) > 0
    {
      (timeline.follows, timeline.anchor) = (false, place.anchor)
    }
    // What is left out must not be taken for what is not there.
    if !view.filter.isEmpty { tell("the timeline shows only \(view.filter.text), as last time") }
    return loadMissing()
  }
}
