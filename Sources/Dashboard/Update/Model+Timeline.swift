import Display
import Engine
import Wording

extension Model {
  // MARK: - Which entries

  /// Chooses the rows anew: after a change of the filter, or of older entries.
  mutating func rebuildTimeline() {
    guard let incident else {
      timeline.rows = []
      return
    }
    let last = Set(incident.alerts.values.map(\.lastSequence))
    let attempts = incident.overtakenAttempts
    let rows = incident.timeline.rows
    if timeline.filter.isEmpty && incident.alerts.isEmpty && attempts.isEmpty {
      timeline.rows = rows
    } else {
      timeline.rows = rows.filter {
        !attempts.contains($0.sequence) && shows($0, lastOfAlerts: last)
      }
    }
    if !timeline.query.isEmpty { timeline.matches = matches(of: timeline.query, among: nil) }
  }

  private func shows(_ row: TimelineRow, lastOfAlerts: Set<Int>) -> Bool {
    if row.kind == .alertFired || row.kind == .alertResolved,
      !lastOfAlerts.contains(row.sequence)
    {
      return false
    }
    let filter = timeline.filter
    if !filter.letters.isEmpty, !filter.letters.contains(row.kind.letter) {
      return false
    }
    guard filter.person != nil || !filter.words.isEmpty else { return true }
    guard let event = words[row.sequence] else { return false }
    let actor = event.actor.lowercased()
    if let person = filter.person, !actor.containsText(person.lowercased()) { return false }
    let said = filter.words.isEmpty ? "" : actor + " " + shownEntry(row, event).text.lowercased()
    return filter.words.allSatisfy { said.containsText($0) }
  }

  /// Adds what came in; entries that only continue the timeline cost nothing more.
  ///
  /// `alerts` are those that came again, as they were before: the newest of each is shown.
  mutating func extendTimeline(
    _ fresh: [RecordedEvent], after known: Int, replacing alerts: [Incident.AlertCount]
  ) {
    guard let incident else { return }
    let isPlain = fresh.allSatisfy { event in
      switch event.kind {
      case .entryCorrected, .entryRetracted, .deliveryStarted, .deliverySucceeded, .deliveryFailed:
        false
      default: true
      }
    }
    let tail = incident.timeline.rows.suffix(fresh.count)
    if isPlain, timeline.query.isEmpty, tail.allSatisfy({ $0.sequence > known }) {
      let keys = Set(fresh.compactMap { Incident.alertKey(of: $0) })
      let last = Set(keys.compactMap { incident.alerts[$0]?.lastSequence })
      for alert in alerts where !last.contains(alert.lastSequence) { hide(alert) }
      timeline.rows += tail.filter { shows($0, lastOfAlerts: last) }
    } else {
      rebuildTimeline()
    }
    if timeline.follows {
      timeline.seenUpTo = incident.sequence
      timeline.selected = focus == .timeline ? timeline.selected : nil
    } else {
      timeline.unseen += fresh.count
    }
  }

  /// Takes the row of an alert out that has come again since.
  private mutating func hide(_ alert: Incident.AlertCount) {
    let stamp = Stamp(effective: alert.last, sequence: alert.lastSequence)
    let place = timeline.rows.partitioningIndex { $0.stamp >= stamp }
    guard place < timeline.rows.count, timeline.rows[place].stamp == stamp else { return }
    timeline.rows.remove(at: place)
  }

  // MARK: - Moving

  /// Rows of the timeline in sight, above what a search is typed into.
  var timelineHeight: Int {
    guard let rect = ConsoleLayout(self).rect(of: .timeline) else { return 1 }
    let end = prompt?.purpose == .search ? min(rect.maxY, size.height - promptRows) : rect.maxY
    return max(1, end - rect.y - 2)
  }

  /// Moves the picked entry; leaving the newest one stops following.
  mutating func moveInTimeline(by distance: Int) -> [Effect] {
    guard !timeline.rows.isEmpty else { return [] }
    let current = pickedEntry.map { timeline.place(of: $0) } ?? 0
    let place = min(max(0, current + distance), timeline.rows.count - 1)
    return select(place: place)
  }

  mutating func select(place: Int) -> [Effect] {
    guard let row = timeline.row(at: place) else { return [] }
    var offset = timeline.offset
    let height = timelineHeight
    timeline.selected = row.stamp
    if place < offset { offset = place }
    if place >= offset + height { offset = place - height + 1 }
    if place == 0 {
      follow()
      timeline.selected = row.stamp
    } else {
      if timeline.follows { timeline.unseen = 0 }
      timeline.follows = false
      timeline.anchor = timeline.row(at: offset)?.stamp
    }
    return loadMissing()
  }

  mutating func follow() {
    timeline.follows = true
    timeline.anchor = nil
    timeline.unseen = 0
    timeline.seenUpTo = incident?.sequence ?? 0
  }

  // MARK: - Search

  /// The newest entries whose words are composed to be searched; of older ones, what the log keeps.
  private static let mostComposed = 2000

  /// Sequences of shown entries with the text, newest first; capital letters in it count.
  func matches(of query: String, among earlier: [Int]?) -> [Int] {
    guard !query.isEmpty else { return [] }
    let search = ByteSearch(query)
    let first = (incident?.timeline.rows.count ?? 0) - Self.mostComposed
    func fits(_ sequence: Int) -> Bool {
      guard let event = words[sequence] else { return false }
      // What stands on the screen is found too where the log has it in other words.
      if sequence > first, let row = incident?.timeline.row(sequence: sequence),
        search.matches(Array(shownEntry(row, event).text.utf8)[...])
      {
        return true
      }
      // A declaration holds the whole procedure; its own words are the title.
      if event.kind == .incidentDeclared || event.kind == .procedureReloaded {
        return search.matches(Array(firstText(of: event).utf8)[...])
      }
      return search.matches(event.line, in: event.fields.data)
        || search.matches(event.line, in: event.fields.actor)
    }
    if let earlier { return earlier.filter(fits) }
    return timeline.rows.reversed().lazy.filter { !$0.marks.contains(.secret) }
      .map(\.sequence).filter(fits)
  }

  /// Follows what is typed: the picked entry jumps to the nearest older match.
  mutating func search(_ query: String) -> [Effect] {
    let narrows =
      !timeline.query.isEmpty && query.hasPrefix(timeline.query)
      && query.lowercased() == query
    let found = matches(of: query, among: narrows ? timeline.matches : nil)
    timeline.query = query
    timeline.matches = found
    guard let first = nearestMatch() else { return [] }
    return jump(to: first)
  }

  /// The first match at or below where the search began.
  private func nearestMatch() -> Int? {
    let from = timeline.beforeSearch?.selected
    guard let from else { return timeline.matches.first }
    let older = timeline.matches.first { sequence in
      stamp(of: sequence).map { $0 <= from } ?? false
    }
    return older ?? timeline.matches.first
  }

  mutating func jump(to sequence: Int) -> [Effect] {
    guard let stamp = stamp(of: sequence) else { return [] }
    return select(place: timeline.place(of: stamp))
  }

  private func stamp(of sequence: Int) -> Stamp? { words[sequence]?.stamp }

  /// Goes to the next match; wraps around at the ends.
  mutating func step(_ distance: Int) -> [Effect] {
    let matches = timeline.matches
    guard !matches.isEmpty else {
      tell("nothing found for “\(timeline.query)”", .warning)
      return []
    }
    let index = (matchIndex ?? (distance > 0 ? -1 : 0)) + distance
    return jump(to: matches[(index + matches.count) % matches.count])
  }

  /// Place of the picked entry among the matches.
  var matchIndex: Int? {
    guard let selected = timeline.selected else { return nil }
    return timeline.matches.firstIndex(of: selected.sequence)
  }

  mutating func endSearch(restoring: Bool) {
    if restoring, let before = timeline.beforeSearch {
      (timeline.follows, timeline.anchor, timeline.selected) = before
    }
    timeline.query = ""
    timeline.matches = []
    timeline.beforeSearch = nil
  }
}
