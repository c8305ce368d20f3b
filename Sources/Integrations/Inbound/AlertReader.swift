package import Engine
internal import CLibCrypto

/// Reads what senders deliver into alerts, each sender in a file of its own.
package struct AlertReader: Sendable {
  /// Bytes of a body.
  package static let bodyLimit = 16 << 20
  static let mostLabels = 256
  static let nameLimit = 200
  static let valueLimit = 1024
  static let textLimit = 8192
  static let fingerprintLimit = 200

  /// Senders with a form of their own.
  package static let formats = ["alertmanager", "grafana", "pagerduty", "cloudevents"]

  /// Those of the team come before those that are built in.
  private let mappings: [AlertMapping]

  package init(mappings: [AlertMapping] = []) {
    self.mappings = mappings + BuiltInMappings.all
  }

  /// Everything that can be named.
  package var known: [String] {
    var names: [String] = []
    for mapping in mappings where !names.contains("generic/\(mapping.name)") {
      names.append("generic/\(mapping.name)")
    }
    return Self.formats + names.sorted()
  }

  /// - Throws: why nothing of it can be used; what is wrong with one alert of several costs only that one.
  package func read(_ delivery: InboundDelivery) throws(DeliveryProblem) -> AlertReading {
    let format = delivery.format
    guard delivery.body.count <= Self.bodyLimit else {
      throw .tooLarge(count: delivery.body.count, limit: Self.bodyLimit)
    }
    switch format {
    case "alertmanager": return Alertmanager.read(try json(delivery))
    case "grafana": return Grafana.read(try json(delivery))
    case "pagerduty": return PagerDuty.read(try json(delivery))
    case "cloudevents": return try CloudEvents.read(delivery)
    default:
      guard format.hasPrefix("generic/"),
        let mapping = mappings.first(where: { $0.name == format.dropFirst(8) })
      else { throw .unknownFormat(format, known: known) }
      return mapping.read(try json(delivery), as: format)
    }
  }

  private func json(_ delivery: InboundDelivery) throws(DeliveryProblem) -> JSON {
    try Self.json(delivery.body)
  }

  static func json(_ body: [UInt8]) throws(DeliveryProblem) -> JSON {
    do throws(JSONError) { return try JSON(parsing: body[...]) } catch {
      let before = body.prefix(error.offset)
      let line = before.count { $0 == 10 } + 1
      let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
      throw .notJSON(
        line: line, column: error.offset - start + 1, offset: error.offset,
        expected: error.expected)
    }
  }
}

// MARK: - What all senders have in common

extension AlertReader {
  /// Labels as text: only scalars, without what is over the limits.
  static func labels(_ json: JSON?) -> [String: String] {
    var labels: [String: String] = [:]
    for member in json?.members ?? [] {
      guard labels.count < mostLabels, let value = member.value.plainText else { continue }
      let name = AlertText.line(member.key, limit: nameLimit)
      guard !name.isEmpty, labels[name] == nil else { continue }
      labels[name] = AlertText.line(value, limit: valueLimit)
    }
    return labels
  }

  /// The first of some texts that says anything, on one line.
  static func title(_ candidates: String?...) -> String? {
    for candidate in candidates {
      guard let candidate else { continue }
      let line = AlertText.line(candidate, limit: AlertText.titleLimit)
      if !line.isEmpty { return line }
    }
    return nil
  }

  static func text(_ text: String?) -> String? {
    text.flatMap { $0.isEmpty ? nil : AlertText.cut($0, limit: textLimit) }
  }

  /// An address that a person may open; nil for anything else.
  static func url(_ text: String?) -> String? {
    guard let text, text.utf8.count <= 2000, !text.contains(where: \.isWhitespace) else {
      return nil
    }
    let lower = text.lowercased()
    return lower.hasPrefix("https://") || lower.hasPrefix("http://") ? text : nil
  }

  /// An instant of a sender; nil for the zero time that stands for none.
  static func time(_ json: JSON?) -> Timestamp? {
    switch json {
    case .string(let text):
      guard let time = Timestamp(rfc3339: text) else { return Int64(text).flatMap(unix) }
      return time.milliseconds <= Timestamp(rfc3339: "0002-01-01T00:00:00Z")?.milliseconds ?? 0
        ? nil : time
    case .integer(let number): return unix(number)
    case .number(let number): return Int64(exactly: number.rounded()).flatMap(unix)
    default: return nil
    }
  }

  /// Seconds or, where that would be far in the future, milliseconds since 1970.
  private static func unix(_ number: Int64) -> Timestamp? {
    guard number > 0, number < 100_000_000_000_000 else { return nil }
    return Timestamp(milliseconds: number > 100_000_000_000 ? number : number * 1000)
  }

  /// What tells alerts apart, short enough to be kept in every event.
  static func fingerprint(_ text: String) -> String {
    let isPlain = text.utf8.count <= fingerprintLimit && text.utf8.allSatisfy { $0 >= 32 }
    return isPlain ? text : digest(Array(text.utf8))
  }

  /// The first half of a SHA-256, in hexadecimal characters.
  static func digest(_ bytes: [UInt8]) -> String {
    var hex = [UInt8](repeating: 0, count: 64)
    muster_sha256_hex(bytes, bytes.count, nil, 0, &hex)
    return String(decoding: hex.prefix(32), as: UTF8.self)
  }
}
