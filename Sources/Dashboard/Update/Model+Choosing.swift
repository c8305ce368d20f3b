import Display
import Engine

/// Which incident a screen shows.
extension Model {
  /// What is to be read first.
  package mutating func begin() -> [Effect] { pinned.map { open($0) } ?? [.list] }

  /// Takes in what is open, and asks for another incident where one is to be shown.
  mutating func listed(_ summaries: [OpenIncident]) -> [Effect] {
    if incident == nil { wasRead() }
    incidents = summaries.sorted { $0.leads($1, at: present) }
    if !incidents.isEmpty { isNewStore = false }
    let news = announceElsewhere()
    return choose() + news + askForClosed() + refreshActivity()
  }

  /// Takes in the newest closed incidents, for whichever list they were asked for.
  mutating func listedClosed(_ closed: [OpenIncident]) -> [Effect] {
    if screen == .wall { recentlyClosed = closed }
    if overlay == .incidents, closedIncidents != nil { closedIncidents = closed }
    return previewPicked()
  }

  /// With nothing open, the wall shows the last incident and its overdue duties.
  private mutating func askForClosed() -> [Effect] {
    guard screen == .wall, playback == nil, !incidents.contains(where: \.isOpen) else { return [] }
    if let asked = askedForClosed, asked <= present, present - asked < .minutes(1) { return [] }
    askedForClosed = present
    return [.listClosed]
  }

  /// What in an incident needs attention: a key that is stable while it lasts, and a sentence.
  private func loudness(of open: OpenIncident) -> (key: String, words: String)? {
    let name = "\(open.severity ?? "severity unknown") \(open.title)"
    if let log = open.unread { return ("\(open.id) \(log)", "\(name): \(log.mark)") }
    if let due = open.due, due <= open.pace.time(at: present) {
      let next = open.next ?? "a duty"
      return ("\(open.id) \(next) \(due.milliseconds)", "\(name): \(next) is overdue")
    }
    return open.isAcknowledged ? nil : ("\(open.id) new", "\(name): not acknowledged")
  }

  /// Announces what became overdue, and what was declared, in other incidents since the last listing.
  private mutating func announceElsewhere() -> [Effect] {
    let open = incidents.filter(\.isOpen)
    let found = open.compactMap { one in loudness(of: one).map { (one.id, $0.key, $0.words) } }
    let known = loudElsewhere
    loudElsewhere = Set(found.map(\.1))
      .union((known ?? []).intersection(open.map { "\($0.id) new" }))
    guard let known, screen == .console, playback == nil, incident != nil else { return [] }
    let fresh = found.filter { $0.0 != incident?.id && !known.contains($0.1) }
    guard let first = fresh.first else { return [] }
    let key = keymap.keys(of: .incidents).first.map { " (\(Keymap.shown($0)))" } ?? ""
    let more = fresh.count > 1 ? " and \(fresh.count - 1) more" : ""
    // The key stands at the end, and is not cut.
    let room = size.width - TextWidth.columns("other incident: \(more)\(key)") - 4
    let words = TextWidth.truncate(first.2, to: max(20, room))
    tell("other incident: \(words)\(more)\(key)", .warning)
    return isMuted ? [] : [.bell, .notify("\(first.2)\(more)")]
  }

  /// Asks for an incident; nothing can be recorded until it is there, or it would go into the other one's log.
  mutating func open(_ id: String) -> [Effect] {
    opening = Opening(id: id)
    return [.open(id)]
  }

  mutating func openFailed(_ id: String, _ why: String) -> [Effect] {
    hasBegun = true
    opening = nil
    if incident == nil {
      health.failure = why
    } else {
      tell("\(id) stays closed: \(why)", .error)
    }
    return []
  }

  /// The named incident, else the most urgent one where none is shown; the wall leaves one that is not the most urgent,
  /// and one that is not open.
  private mutating func choose() -> [Effect] {
    guard playback == nil, opening == nil else { return [] }
    if let pinned { return incident == nil ? open(pinned) : [] }
    let first = showable(incidents).first
    switch screen {
    case .console:
      guard incident == nil, prompt == nil, let first else { return [] }
      return open(first.id)
    case .wall:
      let isOpen = incident?.isOpen == true
      let first = leading.first
      guard let first else { return incident == nil || isOpen ? [] : showNothing() }
      guard !isOpen || rotation == nil && first.id != incident?.id else { return [] }
      return open(first.id)
    }
  }

  /// What is open, with what is over before what only runs.
  var leading: [OpenIncident] {
    showable(incidents.sorted { $0.leads($1, at: present) })
  }

  /// What is open and can be shown, before what can be shown only as it was known last.
  private func showable(_ all: [OpenIncident]) -> [OpenIncident] {
    let open = all.filter { $0.isOpen && $0.unread != .undeclared }
    return open.filter { $0.unread == nil } + open.filter { $0.unread != nil }
  }

  private mutating func showNothing() -> [Effect] {
    letGo(of: incident)
    (incident, title) = (nil, "")
    keepTime()
    return [.showNothing, .title("muster")]
  }

  /// Asks for the next incident when its turn has come.
  mutating func rotate() -> [Effect] {
    guard pinned == nil, playback == nil, opening == nil, rotation != nil else { return [] }
    let open = leading
    guard let place = rotation?.place(afterSecondOf: open.count), open[place].id != incident?.id
    else { return [] }
    return self.open(open[place].id)
  }

  /// Shows what was declared from here as soon as nothing is being typed or asked.
  mutating func openDeclared() -> [Effect] {
    guard let id = declared, prompt == nil, overlay == nil, opening == nil else { return [] }
    declared = nil
    return id == incident?.id ? [] : open(id)
  }
}
