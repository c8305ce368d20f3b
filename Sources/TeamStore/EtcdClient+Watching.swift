internal import CLibCurl
internal import Engine
internal import Glibc

extension EtcdClient {
  /// Hands over what is put under keys from a revision on, until the answer ends, or for a while: a silent one proves
  /// nothing, and is begun anew.
  package func watch(
    _ folder: String, from revision: Int64, for limit: Duration,
    _ body: @escaping ([KeyValue]) -> Void
  ) throws(TeamTrouble) {
    let request = JSON.object([
      "create_request": .object([
        "key": .base64(folder), "range_end": .base64(StoreKeys.end(of: folder)),
        "start_revision": .string(String(revision)),
      ])
    ])
    let reader = WatchReader(body)
    try stream("/v3/watch", request.bytes, reader, within: limit)
    if let trouble = reader.trouble { throw .outOfReach("\(endpoint): \(trouble)") }
  }
}

/// Takes an answer that never ends apart: one JSON object a line.
final class WatchReader {
  private var bytes: [UInt8] = []
  private let body: ([KeyValue]) -> Void
  /// What the member complained of.
  private(set) var trouble: String?
  /// Most bytes of one line: an answer may hold many entries.
  private static let limit = 64 << 20

  init(_ body: @escaping ([KeyValue]) -> Void) { self.body = body }

  /// False where the answer is to be given up.
  func take(_ new: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.append(contentsOf: new)
    while let end = bytes.firstIndex(of: 10) {
      let line = bytes[..<end]
      defer { bytes.removeSubrange(...end) }
      guard takeLine(line) else { return false }
    }
    return bytes.count < Self.limit
  }

  private func takeLine(_ line: ArraySlice<UInt8>) -> Bool {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: line) } catch {
      trouble = "it answered something else than a watch"
      return false
    }
    if let error = json["error"] {
      trouble = error["message"]?.string ?? error.string ?? "the watch ended"
      return false
    }
    let result = json["result"]
    if result?["canceled"]?.bool == true {
      trouble = result?["cancel_reason"]?.string ?? "the watch was ended"
      return false
    }
    let changed = (result?["events"]?.array ?? []).compactMap { $0["kv"].flatMap { KeyValue($0) } }
    if !changed.isEmpty { body(changed) }
    return true
  }
}
