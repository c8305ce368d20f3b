import YAML

/// What one person set for themselves, in `config.yaml`. The only place from which commands to run are taken.
package struct UserConfiguration: Hashable, Sendable {
  /// Who writes, where `--as` says nothing.
  package var actor: String?
  /// IANA name for what is shown and typed; nil: the system's.
  package var zone: String?
  package var theme: String?
  /// Whether a new breach rings.
  package var bell = true
  /// How a new overdue deadline is notified beside the bell: one of ``notificationWays``.
  package var notify = "none"
  /// Keys by the name of the request that they stand for.
  package var keys: [String: [String]] = [:]
  package var deliveries: [Delivery] = []
  /// What could not be used, in the order of the file.
  package var problems: [ProcedureError] = []

  package init() {}

  static let ownKeys = ["actor", "zone", "theme", "bell", "notify", "keys", "delivery"]

  package static let notificationWays = ["none", "osc9", "osc9-tmux"]

  /// A program that takes an update on its standard input.
  package struct Delivery: Hashable, Sendable {
    package var name: String
    /// The program and its arguments; never given to a shell.
    package var command: [String]
    /// Whose updates go this way; empty: everyone's.
    package var audiences: [String]
    /// Seconds until it counts as failed.
    package var timeout: Int
    package var line: Int
  }

  /// Reads the file's bytes; whatever is wrong there, the rest is used.
  package static func read(_ bytes: [UInt8], path: String) -> Self {
    var configuration = Self()
    var reader = SettingsReader(
      bytes, path: path, subject: "the configuration",
      keys: Self.ownKeys + AgentConfiguration.ownKeys)
    reader.take { fields throws(ProcedureError) in
      configuration.actor = try fields.text("actor")?.nonEmpty
    }
    reader.take { fields throws(ProcedureError) in
      configuration.zone = try CalendarFields.zone(fields)
    }
    reader.take { fields throws(ProcedureError) in
      configuration.theme = try fields.text("theme")?.nonEmpty
    }
    reader.take { fields throws(ProcedureError) in
      guard let value = try fields.value("bell") else { return }
      guard let bell = value.boolean else {
        throw fields.context.error(
          at: value, "'bell' must be true or false, and is '\(value.shown)'", remedy: "correct it")
      }
      configuration.bell = bell
    }
    reader.take { fields throws(ProcedureError) in
      guard let value = try fields.value("notify"), let way = try fields.text("notify") else {
        return
      }
      guard Self.notificationWays.contains(way) else {
        throw fields.context.error(
          at: value,
          "'notify' must be \(Self.notificationWays.joined(separator: ", ")), and is "
            + "'\(value.shown)'", remedy: "correct it")
      }
      configuration.notify = way
    }
    reader.takeEach("keys") { entry, fields throws(ProcedureError) in
      configuration.keys[entry.key] = try fields.texts(of: entry.value, entry.key)
    }
    reader.takeEach("delivery") { entry, fields throws(ProcedureError) in
      configuration.deliveries.append(try Delivery(entry, fields))
    }
    configuration.problems = reader.problemsInOrder
    return configuration
  }
}

extension UserConfiguration.Delivery {
  /// `name: [program, argument]`, or a mapping with a `command`.
  fileprivate init(_ entry: YAMLNode.Entry, _ fields: SchemaFields) throws(ProcedureError) {
    name = entry.key
    line = entry.line
    audiences = []
    timeout = 30
    var words = entry.value
    if entry.value.entries != nil {
      let inner = try SchemaFields(
        entry.value, "a delivery", keys: ["command", "audiences", "timeout"], fields.context)
      guard let stated = try inner.value("command") else {
        throw inner.missing("command", "[notify, ops]")
      }
      words = stated
      audiences = try inner.texts("audiences")
      if let span = try inner.span("timeout") {
        guard (1...600).contains(span.seconds), span.maximum == nil else {
          throw fields.context.error(
            at: entry.value, "'timeout' of a delivery must be 1s to 10m", remedy: "correct it")
        }
        timeout = span.seconds
      }
    }
    command = try fields.texts(of: words, entry.key)
    guard let program = command.first, !program.isEmpty else {
      throw fields.context.error(
        at: words, "the delivery '\(entry.key)' has no program",
        remedy: "write it as [program, argument]")
    }
    if words.items == nil, program.contains(" ") {
      throw fields.context.error(
        at: words, "the command '\(words.shown)' is a single text, but no shell splits it",
        remedy: "write it as a list: [program, argument]")
    }
  }
}

extension String {
  /// Nil for nothing but spaces.
  var nonEmpty: String? { trimmed().isEmpty ? nil : self }
}
