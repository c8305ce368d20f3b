internal import Synchronization

/// A procedure as an event keeps it: read when its rules are first asked for, and then for all who hold it.
package final class RecordedProcedure: Sendable {
  private let known: Mutex<(json: [UInt8]?, procedure: Procedure?)>

  /// Takes the bytes of a JSON object.
  package init(json: [UInt8]) {
    known = Mutex((json, nil))
  }

  package init(_ procedure: Procedure) {
    known = Mutex((nil, procedure))
  }

  package var procedure: Procedure {
    known.withLock { known in
      if let procedure = known.procedure { return procedure }
      let procedure = Self.read(known.json ?? [])
      known.procedure = procedure
      return procedure
    }
  }

  /// The bytes of the JSON object.
  package var json: [UInt8] {
    known.withLock { known in
      if let json = known.json { return json }
      let json = known.procedure?.json.bytes ?? []
      known.json = json
      return json
    }
  }

  private static func read(_ bytes: [UInt8]) -> Procedure {
    do throws(JSONError) { return Procedure(json: try JSON(parsing: bytes[...])) } catch {
      // A declaration that somebody changed by hand: nothing of it can be followed.
      return Incident.noProcedure
    }
  }
}
