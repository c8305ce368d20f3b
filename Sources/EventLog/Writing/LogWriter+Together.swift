package import Engine

extension LogWriter {
  package func append(
    together drafts: [EventDraft], author: Author, expecting: Int, now: () -> Timestamp
  ) -> AppendedTogether {
    mended = nil
    do throws(LogError) {
      guard let events = try appendLocked(drafts, author, expecting, now) else {
        return .conflict(actual: end?.chain.sequence ?? 0)
      }
      let error = synchronize(now)
      return error == 0 ? .recorded(events) : .unconfirmed(events, error: error)
    } catch {
      return .notRecorded(error)
    }
  }

  /// The events as they were written; nil where the log has grown.
  private func appendLocked(
    _ drafts: [EventDraft], _ author: Author, _ expecting: Int, _ now: () -> Timestamp
  ) throws(LogError) -> [RecordedEvent]? {
    var noSearch: IdentitySearch?
    guard case .locked(let locked) = try lockAtEnd(&noSearch) else { return nil }
    defer { release(locked) }
    var place = WritingPlace(locked.end)
    guard place.visible == expecting else {
      try finish(place, in: locked.file, at: locked.end.count)
      return nil
    }
    guard !drafts.isEmpty else { return [] }
    let recorded = now()
    var bytes = try beginning(of: &place, recorded, author)
    var events: [RecordedEvent] = []
    for draft in drafts {
      let (id, _) = try Self.identity(of: draft, at: { recorded })
      let event = try line(draft, id, recorded, draft.author ?? author, &place.chain)
      bytes += event.line + [10]
      events.append(event)
    }
    try write(bytes, in: place, under: locked)
    return events
  }
}
