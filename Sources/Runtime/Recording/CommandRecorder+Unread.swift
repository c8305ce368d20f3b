package import Engine
package import EventLog

extension CommandRecorder {
  /// Keeps a command while the log cannot be read, decided on what was read of it before; what cannot be decided without
  /// it is kept in words.
  package func keepUnread(
    _ command: Command, occurred: Timestamp?, because error: LogError
  ) -> Outcome {
    let isKnown = incident.declaration != nil
    let now = now
    let basis = isKnown ? incident : Self.standIn(for: id, by: Self.noProcedure, at: now)
    var draft = EventDraft(
      .noteAdded, occurred: occurred,
      EventData(["text": .string("entered while the log could not be read: \(command)")]))
    do throws(Rejection) {
      draft = try basis.decide(command, occurred: occurred, at: now)
    } catch {
      if isKnown { return .rejected(error, at: now) }
    }
    return .lost(recorder.keep(draft, in: id, author: author, at: now, because: error))
  }

  private static var noProcedure: Procedure {
    Procedure(name: "unknown", source: .init(path: "", sha256: ""))
  }

  /// The same where nothing is known of its procedure.
  package static func standIn(for id: String, at now: Timestamp) -> Incident {
    standIn(for: id, by: noProcedure, at: now)
  }

  /// An incident as it is when it begins, in the place of one whose log cannot be read.
  package static func standIn(
    for id: String, by procedure: Procedure, at now: Timestamp
  ) -> Incident {
    var log = MemoryLog()
    do throws(Rejection) {
      let declaration = Declaration(id: id, title: id, procedure: procedure)
      return Incident(replaying: [log.append(try Incident.declare(declaration, at: now), at: now)])
    } catch {
      return Incident()
    }
  }
}
