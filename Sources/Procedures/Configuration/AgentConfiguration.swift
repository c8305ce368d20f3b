import Engine
import YAML

/// What an agent works by: `agent:`, `channels:` and `audiences:` in the `config.yaml` of whoever runs it.
package struct AgentConfiguration: Hashable, Sendable {
  /// URL to request once a minute, for a service that alerts when the requests stop.
  package var ping: String?
  /// Where alerts are taken in and questions answered; nil: nowhere.
  package var listen: ListenAddress?
  /// Names under which it may be asked, besides that of its address.
  package var hosts: [String] = []
  /// Files with the secrets by which senders sign, by the sender's format.
  package var secrets: [String: String] = [:]
  /// The ways by which people are reached, in the order of the file.
  package var channels: [ChannelConfiguration] = []
  /// The channels that deliver updates to each audience.
  package var audiences: [AudienceRoute] = []
  /// What could not be used, in the order of the file.
  package var problems: [ProcedureError] = []

  package init() {}

  /// Updates to an audience, and the channels by which they go.
  package struct AudienceRoute: Hashable, Sendable {
    package var audience: String
    package var channels: [String]
    package var line: Int
  }

  static let ownKeys = ["agent", "channels", "audiences"]

  /// The keys of `agent:`.
  static let agentKeys = ["ping", "listen", "hosts", "secrets"]

  /// Reads the file's bytes; whatever is wrong there, the rest is used.
  package static func read(_ bytes: [UInt8], path: String) -> Self {
    var configuration = Self()
    var reader = SettingsReader(
      bytes, path: path, subject: "the configuration", keys: UserConfiguration.ownKeys + ownKeys)
    // Looked at once, so that a slip in its keys is told once.
    var agent: SchemaFields?
    reader.take { fields throws(ProcedureError) in
      guard let value = try fields.value("agent") else { return }
      agent = try SchemaFields(value, "the agent", keys: agentKeys, fields.context)
    }
    reader.take { _ throws(ProcedureError) in configuration.ping = try agent?.address("ping") }
    reader.take { _ throws(ProcedureError) in
      guard let agent else { return }
      configuration.listen = try ListenAddress.read("listen", agent)
      configuration.hosts = try agent.texts("hosts").map { $0.lowercased() }
      configuration.secrets = try ListenAddress.secrets("secrets", agent)
    }
    reader.takeEach("channels") { entry, fields throws(ProcedureError) in
      configuration.channels.append(try ChannelConfiguration(entry, fields))
    }
    let names = configuration.channels.map(\.name)
    reader.takeEach("audiences") { entry, fields throws(ProcedureError) in
      let channels = try fields.texts(of: entry.value, entry.key)
      for name in channels where !names.contains(name) {
        throw fields.context.error(
          at: entry.value, "'\(name)' is not a channel",
          remedy: NearestMatch.remedy(name, among: names))
      }
      configuration.audiences.append(
        AudienceRoute(audience: entry.key, channels: channels, line: entry.line))
    }
    configuration.problems = reader.problemsInOrder
    return configuration
  }
}

extension SchemaFields {
  /// An address of the web; without encryption only on this machine.
  func address(_ name: String) throws(ProcedureError) -> String? {
    guard let node = try value(name) else { return nil }
    let text = try text(of: node, name)
    guard WebAddress.isUsable(text) else {
      throw context.error(
        at: node, "'\(name)' of \(subject) is not a usable address: '\(node.shown)'",
        remedy: WebAddress.remedy)
    }
    return text
  }
}

/// Where an agent may send something.
package enum WebAddress {
  package static let remedy =
    "write https://host/path; http:// is allowed only to this machine, and no login in it"

  /// Whether it is an address of the web, encrypted unless it is on this machine.
  package static func isUsable(_ text: String) -> Bool {
    let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.dropFirst(7)
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let isOfMachine = ["127.0.0.1", "localhost", "[::1]"].contains {
      host == $0 || host.hasPrefix($0 + ":")
    }
    let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 && $0.value != 127 }
    return isPlain && !host.isEmpty && !host.contains("@")
      && (text.hasPrefix("https://") || (text.hasPrefix("http://") && isOfMachine))
  }
}
