import ArgumentParser
import Documents
import Engine
import Procedures

/// What a team runs before the next outage.
struct ProcedureCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Show what was understood, assumed and not read of a procedure, and what cannot work.",
    discussion: """
      What was understood is listed by section, each fact with its line; then the choices that were
      made, what was not read, and what cannot work as written.
      Exit status: 0 it works, 1 something cannot work or the file cannot be read.

      Example: muster procedure check INCIDENTS.md
      Example: muster procedure check --strict INCIDENTS.md
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("A file or a built-in name; else the store's.", valueName: "procedure"),
    completion: .file())
  var name: String?
  @Flag(name: .long, help: "Print JSON.") var json = false
  @Flag(name: .long, help: "Also fail on remarks.") var strict = false

  func run() throws {
    let choice = ProcedureChoice(store: try StoreAccess(home: store.home))
    let procedure = try choice.forReading(name)
    let findings = ProcedureCheck.findings(in: procedure)
    let errors = findings.count { $0.isError }
    let isPassed = errors == 0 && !(strict && !(findings.isEmpty && procedure.remarks.isEmpty))
    if json {
      try Output.json(report(on: procedure, findings, isPassed))
    } else {
      try Output.lines(
        ProcedurePage(procedure).understood + Self.remarks(procedure) + Self.lines(findings)
          + ["", Self.verdict(errors, findings.count - errors, procedure.remarks.count)])
    }
    if !isPassed { throw ExitCode(Failure.Status.no.rawValue) }
  }

  private func report(
    on procedure: Procedure, _ findings: [ProcedureCheck.Finding], _ isPassed: Bool
  ) -> JSON {
    let list = findings.map { finding in
      JSON.object([
        "line": .integer(Int64(finding.line)), "kind": .string(finding.kind.rawValue),
        "error": .bool(finding.isError), "text": .string(finding.text),
      ])
    }
    return .object([
      "name": .string(procedure.name), "readable": .bool(true), "passed": .bool(isPassed),
      "remarks": procedure.json["remarks"] ?? .array([]), "findings": .array(list),
    ])
  }

  /// The remarks under a heading for each kind, in the order in which they matter.
  private static func remarks(_ procedure: Procedure) -> [String] {
    let headings: [(Remark.Kind, String)] = [
      (.unread, "Not read: looks like a rule and was not understood"),
      (.ambiguous, "Ambiguous: the reading that alerts earlier was taken"),
      (.unreachable, "Unreachable: can never apply"),
      (.assumed, "Assumed: the document does not say"),
      (.repaired, "Repaired: damaged text"),
    ]
    return headings.flatMap { kind, heading -> [String] in
      let remarks = procedure.remarks.filter { $0.kind == kind }
      if remarks.isEmpty { return [] }
      return ["", heading] + remarks.map { line($0.line, $0.text) }
    }
  }

  private static func lines(_ findings: [ProcedureCheck.Finding]) -> [String] {
    [(true, "Cannot work"), (false, "Worth checking")].flatMap { isError, heading -> [String] in
      let own = findings.filter { $0.isError == isError }
      return own.isEmpty ? [] : ["", heading] + own.map { line($0.line, $0.text) }
    }
  }

  private static func line(_ number: Int, _ text: String) -> String {
    number > 0 ? "  :\(number)  \(text)" : "  \(text)"
  }

  private static func verdict(_ errors: Int, _ doubts: Int, _ remarks: Int) -> String {
    let rest = "\(doubts) worth a look, \(remarks) remarked"
    return errors == 0 ? "It works: \(rest)." : "\(errors) cannot work as written; \(rest)."
  }
}
