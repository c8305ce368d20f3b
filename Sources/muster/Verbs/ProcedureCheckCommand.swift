import ArgumentParser
import Documents
import Engine
import Procedures

/// What a team runs before the next outage.
struct ProcedureCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Show what of a procedure was understood, assumed or not read, and what cannot work.",
    discussion: """
      First comes what was understood, by section, each fact with its line; then how doubts were
      settled, what was not read, and what cannot work as written.
      With --reviewed, the team must have decided on every rule and every remark
      ('muster procedure review'); meant for the team's CI.
      Exit status: 0 usable; 1 something cannot work, is not reviewed, or the file cannot be read.

      Example: muster procedure check INCIDENTS.md
      Example: muster procedure check --strict INCIDENTS.md
      Example: muster procedure check --reviewed INCIDENTS.md
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("A file or a built-in name; else the store's.", valueName: "procedure"),
    completion: .file())
  var name: String?
  @Flag(name: .long, help: "Print JSON.") var json = false
  @Flag(name: .long, help: "Exit with 1 also for remarks.") var strict = false

  @Flag(name: .long, help: "Exit with 1 also if the team has not decided on everything.")
  var reviewed = false

  func run() throws {
    let choice = ProcedureChoice(store: try StoreAccess(home: store.home))
    let loaded = try choice.loadedForReading(name)
    let procedure = loaded.procedure
    if reviewed, loaded.review == nil {
      throw Failure(.usage, "\(procedure.source.path) is built in; only a file can be reviewed")
    }
    let findings = ProcedureCheck.findings(in: procedure) { ZoneFiles.known($0) != nil }
    let errors = findings.count { $0.isError }
    let isPassed =
      errors == 0 && !(strict && !(findings.isEmpty && procedure.remarks.isEmpty))
      && !(reviewed && loaded.review?.isComplete == false)
    if json {
      try Output.json(report(on: loaded, findings, isPassed))
    } else {
      try Output.lines(
        ProcedurePage(procedure).understood + Self.remarks(procedure) + Self.lines(findings)
          + ["", Self.verdict(errors, findings.count - errors, procedure.remarks.count)]
          + (loaded.review.map { ReviewWords($0, of: procedure.source.path).lines } ?? []))
    }
    if !isPassed { throw ExitCode(Failure.Status.no.rawValue) }
  }

  private func report(
    on loaded: ProcedureLoader.Loaded, _ findings: [ProcedureCheck.Finding], _ isPassed: Bool
  ) -> JSON {
    let procedure = loaded.procedure
    let list = findings.map { finding in
      JSON.object([
        "line": .integer(Int64(finding.line)), "kind": .string(finding.kind.rawValue),
        "error": .bool(finding.isError), "text": .string(finding.text),
      ])
    }
    return .object([
      "name": .string(procedure.name), "readable": .bool(true), "passed": .bool(isPassed),
      "remarks": procedure.json["remarks"] ?? .array([]), "findings": .array(list),
      "reviewed": loaded.review.map { ReviewWords($0, of: procedure.source.path).count } ?? .null,
    ])
  }

  /// The remarks under a heading for each kind, in the order in which they matter.
  private static func remarks(_ procedure: Procedure) -> [String] {
    let headings: [(Remark.Kind, String)] = [
      (.unread, "Not read: looks like a rule but was not understood"),
      (.ambiguous, "Ambiguous: the meaning that alerts earlier was chosen"),
      (.unreachable, "Unreachable: can never take effect"),
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
    [(true, "Cannot work"), (false, "Worth a look")].flatMap { isError, heading -> [String] in
      let own = findings.filter { $0.isError == isError }
      return own.isEmpty ? [] : ["", heading] + own.map { line($0.line, $0.text) }
    }
  }

  private static func line(_ number: Int, _ text: String) -> String {
    number > 0 ? "  :\(number)  \(text)" : "  \(text)"
  }

  private static func verdict(_ errors: Int, _ doubts: Int, _ remarks: Int) -> String {
    let rest = "\(doubts) worth a look, \(remarks) remarks"
    return errors == 0 ? "Usable: \(rest)." : "\(errors) cannot work as written; \(rest)."
  }
}
