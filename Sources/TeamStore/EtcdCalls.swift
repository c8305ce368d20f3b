package import Engine

/// A key with its value.
package struct KeyValue: Sendable {
  package var key: String
  package var value: [UInt8]
  /// How often it was put since it was created.
  package var version: Int64
  /// The revision at which it was last put.
  package var revision: Int64

  package init?(_ json: JSON) {
    guard let key = json["key"]?.string.flatMap(Base64.decode) else { return nil }
    self.key = String(decoding: key, as: UTF8.self)
    value = json["value"]?.string.flatMap(Base64.decode) ?? []
    version = json["version"].whole ?? 0
    revision = json["mod_revision"].whole ?? 0
  }
}

/// What a cluster says beside each answer.
package struct EtcdHeader: Hashable, Sendable {
  package var cluster: String
  package var revision: Int64

  package init(cluster: String, revision: Int64) {
    (self.cluster, self.revision) = (cluster, revision)
  }

  init(_ answer: JSON) {
    cluster = answer["header"]?["cluster_id"]?.string ?? ""
    revision = answer["header"]?["revision"].whole ?? 0
  }
}

/// Keys that are asked for.
package struct EtcdRange: Sendable {
  package var key: String
  /// The first that is not wanted; nil: the key alone.
  package var end: String?
  package var limit = 0
  package var newestFirst = false
  /// Only what was put at this revision or later.
  package var since: Int64 = 0
  /// Whether the answer may be an old one, as a member without the others has it.
  package var mayBeOld = false

  package init(_ key: String, end: String? = nil, limit: Int = 0) {
    (self.key, self.end, self.limit) = (key, end, limit)
  }

  var json: JSON {
    .object([
      "key": .base64(key), "range_end": end.map { .base64($0) },
      "limit": limit > 0 ? .string(String(limit)) : nil,
      "sort_order": newestFirst ? "DESCEND" : nil, "sort_target": newestFirst ? "KEY" : nil,
      "min_mod_revision": since > 0 ? .string(String(since)) : nil,
      "serializable": mayBeOld ? true : nil,
    ])
  }
}

/// What has to hold for a transaction to be carried out.
package enum EtcdCondition: Sendable {
  case isMissing(String)
  /// Was last put at a revision.
  case isAt(String, revision: Int64)
  case holds(String, [UInt8])

  var json: JSON {
    switch self {
    case .isMissing(let key):
      .object([
        "key": .base64(key), "target": "CREATE", "result": "EQUAL", "create_revision": "0",
      ])
    case .isAt(let key, let revision):
      .object([
        "key": .base64(key), "target": "MOD", "result": "EQUAL",
        "mod_revision": .string(String(revision)),
      ])
    case .holds(let key, let value):
      .object([
        "key": .base64(key), "target": "VALUE", "result": "EQUAL",
        "value": .string(Base64.encode(value)),
      ])
    }
  }
}

/// What a transaction does.
package enum EtcdOperation: Sendable {
  case put(String, [UInt8])
  case remove(String)
  /// As long as a lease lasts.
  case hold(String, [UInt8], lease: String)
  case read(EtcdRange)

  var json: JSON {
    switch self {
    case .put(let key, let value):
      .object([
        "request_put": .object(["key": .base64(key), "value": .string(Base64.encode(value))])
      ])
    case .remove(let key): .object(["request_delete_range": .object(["key": .base64(key)])])
    case .hold(let key, let value, let lease):
      .object([
        "request_put": .object([
          "key": .base64(key), "value": .string(Base64.encode(value)), "lease": .string(lease),
        ])
      ])
    case .read(let range): .object(["request_range": range.json])
    }
  }
}

/// What came of a transaction.
package struct EtcdOutcome: Sendable {
  package var isDone: Bool
  package var header: EtcdHeader
  /// What was read, in the order in which it was asked for.
  package var found: [Found] = []

  package struct Found: Sendable {
    package var entries: [KeyValue]
    package var hasMore: Bool

    init(_ json: JSON) {
      entries = (json["kvs"]?.array ?? []).compactMap { KeyValue($0) }
      hasMore = json["more"]?.bool ?? false
    }
  }
}

extension EtcdClient {
  package func transact(
    if conditions: [EtcdCondition], _ done: [EtcdOperation], else other: [EtcdOperation] = [],
    until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> EtcdOutcome {
    let body = JSON.object([
      "compare": .array(conditions.map(\.json)), "success": .array(done.map(\.json)),
      "failure": .array(other.map(\.json)),
    ])
    let changes = done.contains { if case .read = $0 { false } else { true } }
    let answer = try call("/v3/kv/txn", body, repeatable: !changes, until: deadline)
    let found = (answer["responses"]?.array ?? []).compactMap { response in
      response["response_range"].map { EtcdOutcome.Found($0) }
    }
    return EtcdOutcome(
      isDone: answer["succeeded"]?.bool ?? false, header: EtcdHeader(answer), found: found)
  }

  /// Reads ranges together, at one revision.
  package func read(
    _ ranges: [EtcdRange], until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> EtcdOutcome {
    try transact(if: [], ranges.map { .read($0) }, until: deadline)
  }
}

extension JSON {
  static func base64(_ text: String) -> JSON { .string(Base64.encode(Array(text.utf8))) }
}

extension JSON? {
  /// A number that may be written as text, as 64 bits are.
  var whole: Int64? { self?.integer ?? self?.string.flatMap { Int64($0) } }
}
