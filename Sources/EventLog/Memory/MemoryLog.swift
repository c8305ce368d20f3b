package import Engine

/// A log that lives in memory only, with the same lines and seals as one in a file.
package struct MemoryLog: Sendable {
  package private(set) var events: [RecordedEvent] = []
  /// The 64 characters of the newest seal; zeros before the first event.
  package private(set) var hash = Digest.zero
  private var identities: Set<EventID> = []
  private var minted: UInt64 = 0

  package init() {}

  /// Records a draft; a fact whose identity is there already is answered with the event that is there.
  ///
  /// Fresh identities are counted up rather than drawn, so that two runs write the same bytes.
  @discardableResult
  package mutating func append(
    _ draft: EventDraft, author: Author = Author(actor: "mira", source: "console"),
    at recorded: Timestamp
  ) -> RecordedEvent {
    let draft = identified(draft, at: recorded)
    guard case .known(let id) = draft.identity else {
      preconditionFailure("an identified draft has its identity")
    }
    if let present = event(as: draft) { return present }
    let line = EventCoding.line(
      sequence: events.count + 1, id: id, recorded: recorded, occurred: draft.occurred,
      author: author, kind: draft.kind.rawValue, data: draft.data, after: hash)
    guard let event = EventCoding.event(in: line[...]) else {
      preconditionFailure("a line just written is an event")
    }
    hash = Array(line.suffix(66).prefix(64))
    events.append(event)
    identities.insert(id)
    return event
  }

  /// The draft with the identity that it has from now on.
  mutating func identified(_ draft: EventDraft, at recorded: Timestamp) -> EventDraft {
    var draft = draft
    switch draft.identity {
    case .known: break
    case .named(let name): draft.identity = .known(EventID(named: name))
    case .fresh:
      minted += 1
      draft.identity = .known(EventID(version7At: recorded, random: (0, minted)))
    }
    return draft
  }

  /// The event that is the fact of an identified draft, if it is there.
  func event(as draft: EventDraft) -> RecordedEvent? {
    guard case .known(let id) = draft.identity, identities.contains(id) else { return nil }
    return events.first { $0.id == id }
  }

  /// The bytes of the file that holds these events.
  package var fileBytes: [UInt8] { events.flatMap { Array($0.line) + [10] } }
}
