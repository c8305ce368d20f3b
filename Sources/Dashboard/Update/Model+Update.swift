package import Engine

extension Model {
  /// Takes in what happened and answers the work to be done because of it; `present` is the true time.
  package mutating func update(_ message: Message, at present: Timestamp) -> [Effect] {
    self.present = present
    playback?.advance(to: present)
    keepTime()
    var effects = followPlayback()
    effects += take(message)
    effects += openDeclared()
    return effects + followPlayback()
  }

  private mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .keys(let keys): return press(keys)
    case .tick: return releaseHeldKey() + tick()
    case .resized(let size): return resized(to: size)
    case .opened(let incident, let newest): return opened(incident, newest)
    case .replaying(let playback): self.playback = playback
    case .opening(let id, let part): opening = Opening(id: id, part: part)
    case .openFailed(let id, let why): return openFailed(id, why)
    case .declared(let id): declared = id
    case .readOnly(let isReadOnly): health.isReadOnly = isReadOnly || screen == .wall
    case .muted: isMuted = true
    case .recorded(let events, let id): return id == incident?.id ? recorded(events) : []
    case .looked: wasRead()
    case .readFailed(let why):
      if incident != nil, why != health.failure { tell(why, .error) }
      (hasBegun, health.failure) = (true, why)
    case .damage(let places): damaged(places)
    case .appended(let ticket, let sequence): return appended(ticket, sequence)
    case .notRecorded(let ticket, let why): return notRecorded(ticket, why)
    case .trouble(let unsynced, let kept, let settings):
      if let settings, settings != health.settingsUnread { tell(settings, .error) }
      (health.unsyncedSince, health.kept, health.settingsUnread) = (unsynced, kept, settings)
    case .watched(let agent): health.agent = agent
    case .shared(let words): health.sharing = words
    case .delivering(let begun): trying.formUnion(begun)
    case .deliveryEnded(let delivering): trying.remove(delivering)
    case .listed(let summaries): return listed(summaries)
    case .listedClosed(let closed): return listedClosed(closed)
    case .previewed(let found): preview = found
    case .loaded(let events, let id): return id == incident?.id ? loaded(events) : []
    case .edited(let text):
      prompt?.line = LineEditor(text)
      noteDraft()
    case .draftsRestored(let kept): restore(kept)
    case .activity(let entries): take(activity: entries)
    case .report(let report, let id, let lines):
      if id == incident?.id { show(lines, of: report) }
    case .document(let page, let id):
      if id == incident?.id { show(page) }
    case .viewRestored(let view): return restore(view)
    case .remembered(let lines): history = lines
    case .late(let span): (health.lateBy, health.lateAt) = (span, present)
    case .told(let text, let isError): tell(text, isError ? .error : .info)
    }
    return []
  }

  private mutating func damaged(_ places: [String]) {
    if let first = places.first, places != health.damage {
      tell("damage in the log: \(first)", .error)
    }
    health.damage = places
  }

  /// Takes in older entries that were asked for.
  private mutating func loaded(_ events: [RecordedEvent]) -> [Effect] {
    words.look(at: events)
    // What is not there would be asked for again and again.
    vainLoads = events.isEmpty ? requestedLoads : nil
    requestedLoads = nil
    return screen == .wall ? [] : loadMissing()
  }

  /// Sets the moment that is shown by the true time.
  mutating func keepTime() {
    now = playback?.vantage.at ?? incident?.pace.time(at: present) ?? present
  }

  mutating func tell(_ text: String, _ level: Toast.Level = .info, entry: Int? = nil) {
    toasts.append(Toast(level: level, text: text, at: present, entry: entry))
    if toasts.count > 200 {
      toasts.removeFirst(100)
      dismissedToasts = max(0, dismissedToasts - 100)
    }
  }

  /// The toast to be shown now.
  var toast: Toast? {
    guard toasts.count > dismissedToasts, let last = toasts.last,
      last.isShown(at: present) || canBeUndone(last)
    else { return nil }
    return last
  }

  /// Whether a key still undoes what a toast tells of.
  func canBeUndone(_ toast: Toast) -> Bool {
    toast.entry.map { $0 == undoableEntry } ?? false
  }
}
