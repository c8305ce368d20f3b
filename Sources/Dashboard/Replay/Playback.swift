package import Engine

/// The whole of a past incident, and the moment of it that is looked at.
///
/// Where it stands while it plays is a function of when it began to play, its speed and the present.
package struct Playback: Sendable {
  /// In the order of the log.
  package let events: [RecordedEvent]
  /// How many times as fast as it happened.
  package private(set) var speed: Int
  package private(set) var vantage: Vantage
  /// When playing began, and from which moment; nil: paused.
  private var began: (present: Timestamp, at: Timestamp)?
  /// Places in ``events`` with when each comes to be seen, in that order.
  private var moments: [Moment] = []
  /// The moment of the declaration, before which there is nothing to see.
  package private(set) var first = Timestamp.distantPast
  private(set) var strip = TimelineStrip()

  struct Moment: Sendable {
    var at: Timestamp
    var place: Int
  }

  package static let speeds = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600]

  /// Up to when there is something to see without an entry: the present, where the incident goes on.
  private let goesOn: Timestamp

  /// Stands at the declaration. Nil where the events hold none.
  ///
  /// `until` is the time up to which the incident went on beyond its newest entry.
  package init?(
    of events: [RecordedEvent], until: Timestamp = .distantPast,
    knowledge: Vantage.Knowledge = .now, speed: Int = 10
  ) {
    guard events.contains(where: { $0.kind == .incidentDeclared }) else { return nil }
    self.events = events
    self.speed = min(max(speed, 1), Self.fastest)
    goesOn = until
    vantage = Vantage(at: .distantPast, knowledge: knowledge)
    arrange()
    vantage.at = first
  }

  /// A day in a second.
  package static let fastest = 86_400

  private mutating func arrange() {
    let knowledge = vantage.knowledge
    moments = events.indices.map { place in
      let event = events[place]
      let at = knowledge == .now ? event.effective : max(event.effective, event.recorded)
      return Moment(at: at, place: place)
    }
    moments.sort { ($0.at, $0.place) < ($1.at, $1.place) }
    first = moments.first { events[$0.place].kind == .incidentDeclared }?.at ?? .distantPast
    strip = TimelineStrip(of: events, moments: moments, from: first, to: last)
  }

  /// When the newest entry comes to be seen, or up to when the incident went on.
  package var last: Timestamp { max(moments.last?.at ?? first, goesOn) }
  package var isPlaying: Bool { began != nil }
  package var isAtEnd: Bool { vantage.at >= last }
  /// How many entries can be seen.
  package var seen: Int { moments.partitioningIndex { $0.at > vantage.at } }

  /// The entries that come to be seen after one moment and up to another, in the order of the log.
  func events(after one: Timestamp, upTo other: Timestamp) -> [RecordedEvent] {
    let low = moments.partitioningIndex { $0.at > one }
    let high = moments.partitioningIndex { $0.at > other }
    guard low < high else { return [] }
    return moments[low..<high].map(\.place).sorted().map { events[$0] }
  }

  /// Everything that can be seen, in the order of the log.
  var visible: [RecordedEvent] { events.filter { vantage.sees($0) } }

  // MARK: - Moving

  /// Moves on to where it stands at the present; stops at the end.
  mutating func advance(to present: Timestamp) {
    guard let began else { return }
    let passed = max(0, (present - began.present).wholeMilliseconds)
    vantage.at = min(began.at + .milliseconds(passed * Int64(speed)), last)
    if isAtEnd { self.began = nil }
  }

  /// Plays from here; from the start where it stands at the end.
  package mutating func play(at present: Timestamp) {
    if isAtEnd { vantage.at = first }
    began = (present, vantage.at)
  }

  mutating func pause() { began = nil }

  mutating func setSpeed(_ factor: Int, at present: Timestamp) {
    speed = min(max(factor, 1), Self.fastest)
    if began != nil { began = (present, vantage.at) }
  }

  /// Goes to a moment, or as near as there is anything to see.
  package mutating func seek(_ instant: Timestamp, at present: Timestamp) {
    vantage.at = min(max(instant, first), max(first, last))
    if began != nil { began = (present, vantage.at) }
  }

  /// The moment of the next entry, or of the one before; nil where there is none.
  func moment(stepping distance: Int) -> Timestamp? {
    if distance > 0 {
      let next = moments.partitioningIndex { $0.at > vantage.at }
      return next < moments.count ? moments[next].at : nil
    }
    let here = moments.partitioningIndex { $0.at >= vantage.at }
    guard here > 0, moments[here - 1].at >= first else { return nil }
    return moments[here - 1].at
  }

  /// The moment at which an entry comes to be seen.
  func moment(ofEntry sequence: Int) -> Timestamp? {
    moments.first { events[$0.place].sequence == sequence }?.at
  }

  /// Switches between known now and known then, at the same moment if possible.
  mutating func know(_ knowledge: Vantage.Knowledge, at present: Timestamp) {
    vantage.knowledge = knowledge
    arrange()
    seek(vantage.at, at: present)
  }
}
