/// A fact that somebody wants recorded, before the log has given it a place and a time.
package struct EventDraft: Hashable, Sendable {
  package var identity: Identity
  /// When it happened, where that is not now.
  package var occurred: Timestamp?
  package var kind: EventKind
  package var data: EventData
  /// The actor, if it is not the one who records it.
  package var author: Author?

  package init(
    _ kind: EventKind, identity: Identity = .fresh, occurred: Timestamp? = nil, _ data: EventData
  ) {
    self.kind = kind
    self.identity = identity
    self.occurred = occurred
    self.data = data
  }
}

extension EventDraft {
  /// What makes two recordings the same fact.
  package enum Identity: Hashable, Sendable {
    /// A new fact: the log gives it a version-7 UUID.
    case fresh
    /// A fact that may arrive twice, by a name that every finder of it derives alike; the log makes a UUID of it.
    case named(String)
    /// A fact that already has its identity, as one offered again from the spool.
    case known(EventID)
  }
}

/// Who writes, and by what way.
package struct Author: Hashable, Sendable {
  package var actor: String
  package var source: String

  package init(actor: String, source: String) {
    self.actor = actor
    self.source = source
  }
}
