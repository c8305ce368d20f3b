package import Engine

/// What front matter states: some parts of a procedure, exactly.
package struct PartialProcedure: Hashable, Sendable {
  /// Parts that are not stated are empty.
  package var procedure: Procedure
  package var stated: Set<Procedure.Part> = []
  /// What is stated of each severity.
  package var severities: [PartialSeverity] = []
  /// Keys that mean nothing here, perhaps those of other tools.
  package var unknownKeys: [UnknownKey] = []

  package init(procedure: Procedure) {
    self.procedure = procedure
  }

  package struct UnknownKey: Hashable, Sendable {
    package var key: String
    package var line: Int

    package init(key: String, line: Int) {
      self.key = key
      self.line = line
    }

    /// A part of a procedure with nearly this name.
    package var nearest: String? {
      NearestMatch.find(key, among: Procedure.Part.allCases.map(\.rawValue))
    }
  }

  package struct PartialSeverity: Hashable, Sendable {
    package var id: String
    package var name: String?
    package var rank: Int?
    package var targets: [Severity.Target]?
    package var rules: [Severity.Rule]?
    package var definition: [Severity.Passage]?
    package var examples: [Severity.Passage]?
    package var line: Int

    func whole(rank position: Int) -> Severity {
      laid(over: Severity(id: id, name: id, rank: position, line: line))
    }

    func laid(over prose: Severity) -> Severity {
      var severity = prose
      severity.name = name ?? prose.name
      severity.rank = rank ?? prose.rank
      severity.targets = targets ?? prose.targets
      severity.rules = rules ?? prose.rules
      severity.definition = definition ?? prose.definition
      severity.examples = examples ?? prose.examples
      return severity
    }
  }
}

extension ProcedureSchema {
  /// What prose says, except where front matter says it.
  ///
  /// A stated part replaces the whole part of the prose, but for severities: there each stated severity replaces what it
  /// states of its own (name, rank, all targets, all rules), and those that the prose lacks are added. Remarks are kept from
  /// both; what front matter mentions and neither defines is remarked.
  package static func merge(
    frontMatter: PartialProcedure, over prose: Procedure
  ) -> Procedure {
    var result = prose
    for part in Procedure.Part.allCases { part.exact.merge(frontMatter, over: &result) }
    result.settleNames()
    result.remarks += danglingMentions(in: result, stated: frontMatter.stated)
    return result
  }

  /// Severities that the stated parts mention and nobody defines.
  private static func danglingMentions(
    in procedure: Procedure, stated: Set<Procedure.Part>
  ) -> [Remark] {
    guard !procedure.severities.isEmpty else { return [] }
    let known = procedure.severities.map(\.id)
    let names = Set(known)
    return procedure.severityMentions.filter {
      stated.contains($0.part) && !names.contains($0.name)
    }.map {
      Remark(
        line: $0.line, kind: .unreachable,
        text: "unknown severity '\($0.name)'; \(NearestMatch.remedy($0.name, among: known))")
    }
  }
}
