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
    let id = identity(of: draft, at: recorded)
    if identities.contains(id), let present = events.first(where: { $0.id == id }) {
      return present
    }
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

  private mutating func identity(of draft: EventDraft, at recorded: Timestamp) -> EventID {
    switch draft.identity {
    case .known(let id): return id
    case .named(let name): return EventID(named: name)
    case .fresh:
      minted += 1
      return EventID(version7At: recorded, random: (0, minted))
    }
  }

  /// The bytes of the file that holds these events.
  package var fileBytes: [UInt8] { events.flatMap { Array($0.line) + [10] } }
}
