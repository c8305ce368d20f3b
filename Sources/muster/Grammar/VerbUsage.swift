import ArgumentParser
import Engine
import Synchronization

/// The arguments of a verb with their help, as the parser itself describes them.
struct VerbUsage: Sendable {
  struct Value: Sendable {
    /// `status`, `role`: what kind of word is wanted.
    var name: String
    var help: String
    /// What can be chosen from, where the verb itself says so.
    var choices: [String]
    var isOptional: Bool
    var isRepeating: Bool
  }

  struct Option: Sendable {
    /// `--reason`.
    var name: String
    var help: String
    /// Nil for a flag.
    var value: Value?
  }

  var positionals: [Value] = []
  var options: [Option] = []

  /// What every recording verb takes is not told for each.
  private static let common: Set<String> = [
    "--home", "--incident", "--as", "--at", "--json", "--help", "--version", "--yes",
  ]
  /// Those of them that a console takes.
  private static let usual: Set<String> = ["--as", "--at", "--yes"]

  /// `severity SEVERITY [--reason REASON]`.
  func text(_ verb: String) -> String {
    let words = positionals.map { value in
      let name = value.name.uppercased() + (value.isRepeating ? "…" : "")
      return value.isOptional ? "[\(name)]" : name
    }
    let own = options.filter { !Self.usual.contains($0.name) }.map { option in
      "[\(option.name)\(option.value.map { " \($0.name.uppercased())" } ?? "")]"
    }
    return ([verb] + words + own).joined(separator: " ")
  }

  // MARK: - From the parser

  private static let known = Mutex<[String: VerbUsage]>([:])

  /// The usage of a verb; asked for once, then kept.
  static func of(_ type: any ParsableCommand.Type) -> VerbUsage {
    let key = String(reflecting: type)
    if let usage = known.withLock({ $0[key] }) { return usage }
    let usage = VerbUsage(described: type._dumpHelp())
    known.withLock { $0[key] = usage }
    return usage
  }

  private init(described text: String) {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: text) } catch { return }
    for argument in json["command"]?["arguments"]?.array ?? [] {
      if argument["shouldDisplay"]?.bool == false { continue }
      let help = argument["abstract"]?.string ?? ""
      let value = Value(
        name: argument["valueName"]?.string ?? "", help: help,
        choices: Self.choices(argument),
        isOptional: argument["isOptional"]?.bool ?? false,
        isRepeating: argument["isRepeating"]?.bool ?? false)
      switch argument["kind"]?.string {
      case "positional": positionals.append(value)
      case "option", "flag":
        let names = argument["names"]?.array ?? []
        let long = names.first { $0["kind"]?.string == "long" }?["name"]?.string
        guard let long else { continue }
        let name = "--\(long)"
        guard !Self.common.contains(name) || Self.usual.contains(name) else { continue }
        let isFlag = argument["kind"]?.string == "flag"
        options.append(Option(name: name, help: help, value: isFlag ? nil : value))
      default: continue
      }
    }
  }

  private static func choices(_ argument: JSON) -> [String] {
    let all = argument["allValues"]?.array ?? argument["allValueStrings"]?.array
    let list = argument["completionKind"]?["list"]?["values"]?.array
    return (list ?? all ?? []).compactMap(\.string)
  }
}
