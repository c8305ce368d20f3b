import Engine
import YAML

/// Where an agent listens.
package struct ListenAddress: Hashable, Sendable {
  package var host: String
  package var port: Int

  /// `127.0.0.1:8750`, `[::1]:8750`; a name would have to be looked up.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (1...65_535).contains(port)
    else { return nil }
    var host = String(text[..<colon])
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = String(host.dropFirst().dropLast()) }
    let signs = isBracketed ? "0123456789abcdef:." : "0123456789."
    guard !host.isEmpty, host == "localhost" || host.lowercased().allSatisfy(signs.contains) else {
      return nil
    }
    (self.host, self.port) = (host, port)
  }

  static func read(_ name: String, _ fields: SchemaFields) throws(ProcedureError) -> Self? {
    guard let value = try fields.value(name) else { return nil }
    guard let address = Self(try fields.text(of: value, name)) else {
      throw fields.context.error(
        at: value, "'\(name)' is no address to listen on: '\(value.shown)'",
        remedy: "write it as 127.0.0.1:8750, behind a proxy that has the certificate")
    }
    return address
  }

  /// Senders that can sign, each with the file that holds its secret.
  static func secrets(
    _ name: String, _ fields: SchemaFields
  ) throws(ProcedureError) -> [String: String] {
    guard let value = try fields.value(name) else { return [:] }
    let senders = ["pagerduty", "grafana", "cloudevents", "sentry", "github", "gitlab"]
    let keys = senders.map { "\($0)_file" }
    let inner = try SchemaFields(value, "the secrets of senders", keys: keys, fields.context)
    var secrets: [String: String] = [:]
    for sender in senders {
      guard let path = try inner.text("\(sender)_file") else { continue }
      let isGeneric = !["pagerduty", "grafana", "cloudevents"].contains(sender)
      secrets[isGeneric ? "generic/\(sender)" : sender] = path
    }
    return secrets
  }
}
