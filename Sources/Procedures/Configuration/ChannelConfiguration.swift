import Engine
import YAML

/// A way by which people are reached, as an agent's settings describe it.
package struct ChannelConfiguration: Hashable, Sendable {
  package var name: String
  package var kind: Kind
  /// Single values by key, files and addresses among them.
  package var texts: [String: String] = [:]
  package var lists: [String: [String]] = [:]
  /// Numbers by name: who may answer.
  package var senders: [String: Int64] = [:]
  package var flags: Set<String> = []
  /// Seconds until an attempt counts as failed.
  package var timeout = 20
  package var line: Int

  package init(name: String, kind: Kind, line: Int = 0) {
    (self.name, self.kind, self.line) = (name, kind, line)
  }

  package enum Kind: String, CaseIterable, Sendable {
    case command, webhook, slack, telegram, email, pagerduty, ntfy, twilio
  }

  /// What a value is written as.
  fileprivate enum Shape { case text, address, list, flag, senders }
}

extension ChannelConfiguration.Kind {
  /// The keys that a channel of this kind may have beside `kind` and `timeout`.
  fileprivate var shapes: [(String, ChannelConfiguration.Shape)] {
    let web: [(String, ChannelConfiguration.Shape)] = [
      ("url", .address), ("ca_file", .text), ("proxy", .address),
    ]
    return switch self {
    case .command: [("command", .list)]
    case .webhook:
      web + [("url_file", .text), ("secret_file", .text), ("template", .text), ("body", .text)]
    case .slack: web + [("token_file", .text), ("channel", .text), ("open_channels", .flag)]
    case .telegram: web + [("token_file", .text), ("chats", .list), ("senders", .senders)]
    case .email:
      [
        ("server", .text), ("security", .text), ("user", .text), ("password_file", .text),
        ("from", .text), ("to", .list), ("ca_file", .text),
      ]
    case .pagerduty: web + [("key_file", .text)]
    case .ntfy: web + [("topic", .text), ("token_file", .text)]
    case .twilio:
      web + [("account", .text), ("token_file", .text), ("from", .text), ("by", .text)]
    }
  }

  /// What it cannot do without: one of each group, with an example.
  fileprivate var needs: [(keys: [String], example: String)] {
    switch self {
    case .command: [(["command"], "[notify, ops]")]
    case .webhook: [(["url", "url_file"], "https://hooks.example.com/muster")]
    case .slack: [(["token_file"], "/etc/muster/slack.token")]
    case .telegram: [(["token_file"], "/etc/muster/telegram.token")]
    case .email:
      [(["server"], "mail.example.com:587"), (["from"], "muster@example.com")]
    case .pagerduty: [(["key_file"], "/etc/muster/pagerduty.key")]
    case .ntfy: [(["url"], "https://ntfy.sh")]
    case .twilio:
      [
        (["account"], "AC…"), (["token_file"], "/etc/muster/twilio.token"),
        (["from"], "+15550100"),
      ]
    }
  }

  /// The words that some keys may have.
  fileprivate static let choices: [String: [String]] = [
    "template": ["event", "discord", "teams", "mattermost"],
    "security": ["starttls", "tls", "none"], "by": ["call", "sms"],
  ]
}

extension ChannelConfiguration {
  /// `name: {kind: telegram, token_file: …}`; the kind may be left out where the name is one.
  init(_ entry: YAMLNode.Entry, _ fields: SchemaFields) throws(ProcedureError) {
    let context = fields.context
    guard Self.isName(entry.key) else {
      throw context.error(
        line: entry.line, column: entry.column, "'\(entry.key)' is not a name for a channel",
        remedy: "use letters, digits, dots and hyphens, at most 64")
    }
    let kinds = Kind.allCases.map(\.rawValue)
    let word = entry.value["kind"]?.text ?? entry.key
    guard let kind = Kind(rawValue: word) else {
      throw context.error(
        at: entry.value["kind"] ?? entry.value, "unknown kind '\(word)' of channel",
        remedy: NearestMatch.remedy(word, among: kinds))
    }
    self.init(name: entry.key, kind: kind, line: entry.line)
    let own = try SchemaFields(
      entry.value, "the channel '\(entry.key)'",
      keys: ["kind", "timeout"] + kind.shapes.map(\.0), context)
    for need in kind.needs where !need.keys.contains(where: own.states) {
      throw own.missing(need.keys[0], need.example)
    }
    if let span = try own.span("timeout") {
      guard (1...600).contains(span.seconds), span.maximum == nil else {
        throw context.error(
          at: entry.value, "'timeout' of a channel must be 1s to 10m", remedy: "correct it")
      }
      timeout = span.seconds
    }
    for (key, shape) in kind.shapes { try take(key, shape, own) }
  }

  private mutating func take(
    _ key: String, _ shape: Shape, _ fields: SchemaFields
  ) throws(ProcedureError) {
    guard let value = try fields.value(key) else { return }
    switch shape {
    case .text:
      let text = try fields.required(key, "…")
      if let known = Kind.choices[key], !known.contains(text) {
        throw fields.context.error(
          at: value, "'\(key)' of \(fields.subject) cannot be '\(value.shown)'",
          remedy: NearestMatch.remedy(text, among: known))
      }
      texts[key] = text
    case .address: texts[key] = try fields.address(key)
    case .list:
      lists[key] = try fields.texts(key)
      if lists[key]?.first?.isEmpty ?? true {
        throw fields.context.error(
          at: value, "'\(key)' of \(fields.subject) is empty", remedy: "write a list: [one, two]")
      }
    case .flag:
      guard let flag = value.boolean else {
        throw fields.context.error(
          at: value, "'\(key)' must be true or false, and is '\(value.shown)'", remedy: "correct it"
        )
      }
      if flag { flags.insert(key) }
    case .senders:
      for entry in value.entries ?? [] {
        guard let number = entry.value.integer else {
          throw fields.context.error(
            at: entry.value, "'\(entry.value.shown)' is not a sender id",
            remedy: "write the numeric id of the account, such as 123456789")
        }
        senders[entry.key] = Int64(number)
      }
    }
  }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "-._".unicodeScalars.contains($0))
      }
  }
}
