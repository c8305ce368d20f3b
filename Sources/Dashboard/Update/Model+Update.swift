package import Engine

extension Model {
  /// Takes in what happened and answers the work to be done because of it; `present` is the true time.
  package mutating func update(_ message: Message, at present: Timestamp) -> [Effect] {
    self.present = present
    playback?.advance(to: present)
    keepTime()
    var effects = followPlayback()
    effects += take(message)
    return effects + followPlayback()
  }

  private mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .keys(let keys): return press(keys)
    case .tick: return tick()
    case .resized(let size): return resized(to: size)
    case .opened(let incident, let newest): return opened(incident, newest)
    case .replaying(let playback):
      self.playback = playback
      return []
    case .openFailed(let why):
      isOpening = false
      tell(why, .error)
      return []
    case .nothingOpen:
      (incident, deadlines, timeline, title) = (nil, [], TimelineView(), "")
      keepTime()
      words = EntryCache()
      wasRead()
      return [.title("muster")]
    case .readOnly(let isReadOnly):
      health.isReadOnly = isReadOnly || screen == .wall
      return []
    case .muted:
      isMuted = true
      return []
    case .recorded(let events): return recorded(events)
    case .looked:
      wasRead()
      return []
    case .readFailed(let why):
      health.failure = why
      return []
    case .damage(let places):
      if !places.isEmpty, places != health.damage {
        tell("damage in the log: \(places[0])", .error)
      }
      health.damage = places
      return []
    case .appended(let ticket, let sequence): return appended(ticket, sequence)
    case .notRecorded(let ticket, let why): return notRecorded(ticket, why)
    case .unsynced(let since):
      health.unsyncedSince = since
      return []
    case .deliveryEnded(let delivering):
      deliveryEnded(delivering)
      return []
    case .listed(let summaries):
      incidents = summaries.sorted(by: OpenIncident.isMoreUrgent)
      return []
    case .loaded(let events):
      words.look(at: events)
      // What is not there would be asked for again and again.
      vainLoads = events.isEmpty ? requestedLoads : nil
      requestedLoads = nil
      return screen == .wall ? [] : loadMissing()
    case .edited(let text):
      prompt?.line = LineEditor(text)
      return []
    case .report(let report, let lines):
      show(lines, of: report)
      return []
    case .viewRestored(let view): return restore(view)
    case .remembered(let lines):
      history = lines
      return []
    case .late(let span):
      (health.lateBy, health.lateAt) = (span, present)
      return []
    case .told(let text, let isError):
      tell(text, isError ? .error : .info)
      return []
    }
  }

  /// Sets the moment that is shown by the true time.
  mutating func keepTime() {
    now = playback?.vantage.at ?? incident?.pace.time(at: present) ?? present
  }

  mutating func tell(_ text: String, _ level: Toast.Level = .info) {
    toasts.append(Toast(level: level, text: text, at: present))
    if toasts.count > 200 {
      toasts.removeFirst(100)
      dismissedToasts = max(0, dismissedToasts - 100)
    }
  }

  /// The toast to be shown now.
  var toast: Toast? {
    guard toasts.count > dismissedToasts, let last = toasts.last, last.isShown(at: present) else {
      return nil
    }
    return last
  }
}
