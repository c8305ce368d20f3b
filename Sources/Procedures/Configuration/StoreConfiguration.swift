package import Engine
import YAML

/// What a team set for a store, in `store.yaml`. It names no commands: those come only from a person's own file.
package struct StoreConfiguration: Hashable, Sendable {
  /// File or built-in name of the procedure that `declare` takes where none is named.
  package var procedure: String?
  /// IANA name; nil: the system's.
  package var zone: String?
  /// Business hours for procedures that state none; nil where the file states none either.
  package var calendar: BusinessCalendar?
  /// Whom to call beside the people; what stores had before those.
  package var contacts: [Contact] = []
  package var people: [Person] = []
  package var rota: [OnCallTurn] = []
  /// Minutes after midnight at which the rota's days begin.
  package var handover = 0
  /// What is done about alerts: the first rule that matches counts.
  package var alerts: [AlertRule] = []
  /// Senders of alerts whose form the team describes.
  package var mappings: [AlertMapping] = []
  /// Summaries that are sent by themselves.
  package var digests: [DigestSchedule] = []
  /// Whether updates are delivered from this store; false for a store that is only for trying things out.
  package var delivers = true
  /// The cluster that keeps this store with those of other machines; nil: there is none.
  package var team: TeamConfiguration?
  /// What could not be used, in the order of the file.
  package var problems: [ProcedureError] = []
  /// Why nothing of the file could be used, so that all that the team set is gone.
  package var failure: ProcedureError?

  package init() {}

  /// Reads the file's bytes; whatever is wrong there, the rest is used.
  package static func read(_ bytes: [UInt8], path: String) -> Self {
    let commands = "commands are only taken from your own config.yaml"
    var configuration = Self()
    var reader = SettingsReader(
      bytes, path: path, subject: "the store's settings",
      keys: [
        "procedure", "zone", "days", "hours", "holidays", "people", "contacts", "rota",
        "handover", "deliver", "alerts", "mappings", "team", "digests",
      ], refused: ["delivery": commands, "command": commands, "commands": commands])
    reader.take { fields throws(ProcedureError) in
      configuration.procedure = try fields.text("procedure")?.nonEmpty
    }
    reader.take { fields throws(ProcedureError) in
      configuration.zone = try CalendarFields.zone(fields)
    }
    reader.take { fields throws(ProcedureError) in
      guard fields.states("days") || fields.states("hours") || fields.states("holidays") else {
        return
      }
      configuration.calendar = try CalendarFields.read(fields)
    }
    reader.take { fields throws(ProcedureError) in
      configuration.handover = try CalendarFields.minutes("handover", fields) ?? 0
    }
    configuration.readDelivering(&reader)
    reader.take { fields throws(ProcedureError) in
      configuration.team = try TeamConfiguration.read("team", fields)
    }
    configuration.readPeople(&reader)
    configuration.readAlerts(&reader)
    configuration.readDigests(&reader)
    configuration.problems = reader.problemsInOrder
    configuration.failure = reader.failure
    return configuration
  }

  private mutating func readDelivering(_ reader: inout SettingsReader) {
    var allowed: Bool?
    reader.take { fields throws(ProcedureError) in
      guard let value = try fields.value("deliver") else { return }
      // What cannot be understood must not send anything.
      allowed = false
      guard let said = value.boolean else {
        throw fields.context.error(
          at: value, "'deliver' must be true or false, and is '\(value.shown)'",
          remedy: "correct it")
      }
      allowed = said
    }
    delivers = allowed ?? delivers
  }

  private mutating func readPeople(_ reader: inout SettingsReader) {
    var (contacts, people, rota) = (contacts, people, rota)
    reader.takeItems("contacts") { node, context throws(ProcedureError) in
      contacts.append(try Contact.read(node, context))
    }
    reader.takeItems("people") { node, context throws(ProcedureError) in
      let person = try Person.read(node, context)
      let names = people.map { $0.name.lowercased() }
      guard !names.contains(person.name.lowercased()) else {
        throw context.error(
          at: node, "'\(person.name)' is among the people already", remedy: "keep one of them")
      }
      people.append(person)
    }
    reader.takeItems("rota") { node, context throws(ProcedureError) in
      rota.append(try OnCallTurn.read(node, context))
    }
    (self.contacts, self.people, self.rota) = (contacts, people, rota)
  }

  private mutating func readDigests(_ reader: inout SettingsReader) {
    var digests: [DigestSchedule] = []
    reader.takeItems("digests") { node, context throws(ProcedureError) in
      let digest = try DigestSchedule.read(node, context)
      guard !digests.contains(where: { $0.name == digest.name }) else {
        throw context.error(
          at: node, "two digests are called '\(digest.name)'",
          remedy: "the log remembers them by their names: give each its own")
      }
      digests.append(digest)
    }
    self.digests = digests
  }

  /// Everybody to be called, as a directory has them.
  package var everybody: [Contact] { people.map(\.contact) + contacts }

  private mutating func readAlerts(_ reader: inout SettingsReader) {
    var rules: [AlertRule] = []
    var mappings: [AlertMapping] = []
    var number = 0
    reader.takeItems("alerts") { node, context throws(ProcedureError) in
      number += 1
      let rule = try AlertRule.read(node, number: number, context)
      if let first = rules.first(where: { $0.name == rule.name }) {
        throw context.error(
          at: node, "two alert rules are called '\(rule.name)' (first on line \(first.line))",
          remedy: "the log remembers rules by their names: give each its own")
      }
      rules.append(rule)
    }
    reader.takeEach("mappings") { entry, fields throws(ProcedureError) in
      mappings.append(try AlertMapping.read(entry, fields.context))
    }
    (alerts, self.mappings) = (rules, mappings)
  }

  /// The file's text with another procedure, everything else as it was, comments included.
  package static func setting(procedure: String, in text: String) -> String {
    let whole = YAMLValue.map([.init("procedure", .text(procedure))]).yaml
    let plain = String(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
    var lines = plain.split(separator: "\n", omittingEmptySubsequences: false)
    if let index = lines.firstIndex(where: { $0.hasPrefix("procedure:") }) {
      lines[index] = whole.dropLast()
    } else {
      lines.insert(whole.dropLast(), at: lines.first?.hasPrefix("---") == true ? 1 : 0)
    }
    return lines.joined(separator: "\n")
  }
}
