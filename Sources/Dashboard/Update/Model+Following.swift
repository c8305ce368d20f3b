import Display
import Engine

extension Model {
  /// Shows an incident that was read, with its own words alone.
  mutating func opened(_ incident: Incident, _ newest: [RecordedEvent]) -> [Effect] {
    wasRead()
    return show(incident, words: EntryCache(newest))
  }

  /// Shows an incident; what was held of another one is let go of.
  mutating func show(_ incident: Incident, words: EntryCache) -> [Effect] {
    let isSame = incident.id == self.incident?.id
    if !isSame { letGo(of: self.incident) }
    self.incident = incident
    self.words = words
    standing = Standing()
    opening = nil
    keepTime()
    (requestedLoads, vainLoads) = (nil, nil)
    rebuildTimeline()
    refresh()
    if !isSame {
      timeline.seenUpTo = incident.sequence
      countMissed()
      if prompt == nil { prompt = returned.removeValue(forKey: incident.id) }
      tellOfDraft()
    }
    let going = goToEntry()
    // Deadlines that were overdue before the first look ring no bell.
    loud = Set(deadlines.filter(\.isLoud).map(loudKey))
    return settle(rings: false) + going
  }

  /// Forgets everything that is kept by the numbers and names of one incident.
  mutating func letGo(of gone: Incident?) {
    if let gone {
      lastSeen[gone.id] = seen
      if overlay?.belongsToIncident == true { overlay = nil }
      if let words = prompt, words.purpose.records {
        returned[gone.id] = words
        prompt = nil
      }
    }
    let filter = timeline.filter
    timeline = TimelineView()
    timeline.filter = filter
    words = EntryCache()
    standing = Standing()
    (selectedItem, selectedDeadline, loud) = (nil, nil, [])
    (requestedLoads, vainLoads, passages) = (nil, nil, nil)
    (health.damage, health.unsyncedSince) = ([], nil)
  }

  mutating func recorded(_ events: [RecordedEvent]) -> [Effect] {
    wasRead()
    guard var incident else { return [] }
    self.incident = nil
    let known = incident.sequence
    let wasOpen = incident.isOpen
    var fresh: [RecordedEvent] = []
    var alerts: [String: Incident.AlertCount?] = [:]
    for event in events where event.sequence > incident.sequence {
      if let key = Incident.alertKey(of: event), !alerts.keys.contains(key) {
        alerts[key] = .some(incident.alerts[key])
      }
      incident.apply(event)
      fresh.append(event)
    }
    self.incident = incident
    guard !fresh.isEmpty else { return [] }
    if fresh.contains(where: { $0.kind == .procedureReloaded }) { passages = nil }
    words.keep(fresh)
    extendTimeline(fresh, after: known, replacing: alerts.values.compactMap { $0 })
    refresh()
    if wasOpen { offerDebrief() }
    return settle(rings: true)
  }

  mutating func tick() -> [Effect] {
    refresh()
    return settle(rings: true) + rotate() + keepDrafts()
  }

  mutating func wasRead() {
    hasBegun = true
    health.read = present
    health.failure = nil
    reads &+= 1
  }

  /// Computes what depends on the time.
  mutating func refresh() {
    let before = deadlines
    if let incident {
      standing.keepUp(with: incident, at: now, in: context)
    } else {
      standing = Standing()
    }
    leaveFinished(of: before)
    hoursZoneMissing = incident?.procedure.calendar?.zone.flatMap { name in
      context.zoneNamed(name) == nil ? name : nil
    }
    if let at = health.lateAt, present - at >= .seconds(5) {
      (health.lateBy, health.lateAt) = (nil, nil)
    }
  }

  /// Where the picked duty has come to its end, the one that runs in its place is picked.
  private mutating func leaveFinished(of before: [Deadline]) {
    guard let id = selectedDeadline, let place = before.firstIndex(where: { $0.id == id }),
      before[place].state.isRunning,
      deadlines.first(where: { $0.id == id })?.state.isRunning != true
    else { return }
    let running = deadlines.prefix { $0.state.isRunning }
    selectedDeadline = running.isEmpty ? nil : running[min(place, running.count - 1)].id
  }

  private func loudKey(_ deadline: Deadline) -> String {
    "\(deadline.id)@\(deadline.due?.milliseconds ?? 0)"
  }

  /// What follows from the state as it is now: a bell for what is newly over, and the title.
  private mutating func settle(rings: Bool) -> [Effect] {
    var effects: [Effect] = []
    let keys = Set(deadlines.filter(\.isLoud).map(loudKey))
    if rings, screen == .console, !isMuted, playback == nil {
      let fresh = deadlines.filter { $0.isLoud && !loud.contains(loudKey($0)) }
      if !fresh.isEmpty { effects += [.bell, .notify(notification(of: fresh))] }
    }
    loud = keys
    let title = windowTitle
    if title != self.title {
      self.title = title
      effects.append(.title(title))
    }
    effects += loadMissing()
    return effects
  }

  private func notification(of deadlines: [Deadline]) -> String {
    let names = deadlines.prefix(2).map(\.label).joined(separator: ", ")
    let more = deadlines.count > 2 ? " and \(deadlines.count - 2) more" : ""
    let mark = incident?.isDrill == true ? "DRILL " : ""
    return
      "\(mark)\(incident?.severityLabel ?? "") overdue: \(names)\(more) (\(incident?.id ?? ""))"
  }

  private var windowTitle: String {
    guard let incident else { return "muster" }
    if playback != nil { return "replay \(Sanitizer.clean(incident.id))" }
    let severity = Sanitizer.clean(incident.severityLabel)
    let over = deadlines.filter(\.isLoud).count
    let mark = incident.isDrill ? "DRILL " : ""
    return "\(mark)\(severity) \(Sanitizer.clean(incident.id))\(over > 0 ? " ! \(over) over" : "")"
  }

  /// Asks for the words of entries on screen that are no longer kept.
  mutating func loadMissing() -> [Effect] {
    guard requestedLoads == nil, let incident else { return [] }
    let height = screen == .wall ? 8 : max(1, size.height)
    var missing: [Int] = []
    for place in timeline.offset..<timeline.offset + height {
      guard let row = timeline.row(at: place) else { break }
      if words[row.sequence] == nil { missing.append(row.sequence) }
    }
    guard let low = missing.min(), let high = missing.max() else { return [] }
    // Entries on one screen may lie far apart in the log when they came late.
    let range = max(1, low - 64)...min(high + 64, low + 4096)
    guard range != vainLoads else { return [] }
    requestedLoads = range
    return [.load(range, in: incident.id)]
  }
}
