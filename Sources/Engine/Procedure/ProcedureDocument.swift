/// The document that a procedure was read from, byte for byte.
package struct ProcedureDocument: Hashable, Sendable {
  /// Bytes that a log keeps at most.
  package static let limit = 128 * 1024

  package let bytes: [UInt8]

  /// Nil for a document that is too long to be kept.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.limit else { return nil }
    self.bytes = bytes
  }

  /// As a log keeps it: as text, or in base64 where it is no UTF-8 or would become much longer by escapes.
  package var json: JSON {
    let escaped = bytes.count { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    if escaped <= bytes.count / 16, let text = String(validating: bytes, as: UTF8.self) {
      return .object(["text": .string(text)])
    }
    return .object(["base64": .string(Base64.encode(bytes))])
  }

  package init?(json: JSON) {
    if let text = json["text"]?.string {
      self.init(Array(text.utf8))
    } else if let bytes = json["base64"]?.string.flatMap(Base64.decode) {
      self.init(bytes)
    } else {
      return nil
    }
  }
}

extension ProcedureDocument {
  /// The document of the procedure that was declared or reloaded last, as the events keep it.
  ///
  /// An incident does not hold it: most who fold one never look at it.
  package init?(keptIn events: some BidirectionalCollection<RecordedEvent>) {
    let kinds: Set<EventKind> = [.incidentDeclared, .procedureReloaded]
    let origin = events.last { kinds.contains($0.kind) && $0.data.value("procedure") != nil }
    guard let json = origin?.data.value("document") else { return nil }
    self.init(json: json)
  }
}
