package import Engine

/// What front matter states: some parts of a procedure, exactly.
package struct PartialProcedure: Hashable, Sendable {
  /// Parts that are not stated are empty.
  package var procedure: Procedure
  package var stated: Set<ProcedureSchema.Section> = []
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
      NearestMatch.find(key, among: ProcedureSchema.Section.allCases.map(\.rawValue))
    }
  }

  package struct PartialSeverity: Hashable, Sendable {
    package var id: String
    package var name: String?
    package var rank: Int?
    package var targets: [Severity.Target]?
    package var rules: [Severity.Rule]?
    package var line: Int

    func whole(rank position: Int) -> Severity {
      var severity = Severity(id: id, name: name ?? id, rank: rank ?? position, line: line)
      severity.targets = targets ?? []
      severity.rules = rules ?? []
      return severity
    }

    fileprivate func laid(over prose: Severity) -> Severity {
      var severity = prose
      severity.name = name ?? prose.name
      severity.rank = rank ?? prose.rank
      severity.targets = targets ?? prose.targets
      severity.rules = rules ?? prose.rules
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
    let stated = frontMatter.stated
    let exact = frontMatter.procedure
    var result = prose
    func take<Part>(_ section: Section, _ part: WritableKeyPath<Procedure, Part>) {
      if stated.contains(section) { result[keyPath: part] = exact[keyPath: part] }
    }
    take(.name, \.name)
    take(.calendar, \.calendar)
    take(.statuses, \.statuses)
    take(.phases, \.phases)
    take(.checklist, \.checklist)
    take(.escalation, \.escalation)
    take(.cadence, \.cadence)
    take(.cadence, \.notices)
    take(.watch, \.watch)
    take(.templates, \.templates)
    take(.runbooks, \.runbooks)
    take(.decisions, \.decisions)
    take(.roles, \.roles)
    take(.contacts, \.contacts)
    take(.oncall, \.oncall)
    take(.postmortem, \.postmortem)
    take(.metrics, \.metrics)
    take(.silence, \.silence)
    if stated.contains(.severities) {
      result.severities = severities(frontMatter.severities, over: prose.severities)
    }
    result.remarks += exact.remarks
    result.settleNames()
    result.remarks += danglingMentions(in: result, stated: stated)
    return result
  }

  private static func severities(
    _ stated: [PartialProcedure.PartialSeverity], over prose: [Severity]
  ) -> [Severity] {
    var result = prose
    for severity in stated {
      if let index = result.firstIndex(where: { isSameName($0.id, severity.id) }) {
        result[index] = severity.laid(over: result[index])
      } else {
        result.append(severity.whole(rank: result.count + 1))
      }
    }
    // A stable sort: equal ranks keep the order of the document.
    return result.enumerated().sorted { one, other in
      (one.element.rank, one.offset) < (other.element.rank, other.offset)
    }.map(\.element)
  }

  /// Severities that the stated parts mention and nobody defines.
  private static func danglingMentions(
    in procedure: Procedure, stated: Set<Section>
  ) -> [Remark] {
    guard !procedure.severities.isEmpty else { return [] }
    var mentions: [(section: Section, name: String, line: Int)] = []
    for step in procedure.escalation {
      if let name = step.severity { mentions.append((.escalation, name, step.line)) }
    }
    for rule in procedure.cadence {
      if let name = rule.severity { mentions.append((.cadence, name, rule.line)) }
    }
    for notice in procedure.notices {
      if let name = notice.severity { mentions.append((.cadence, name, notice.line)) }
    }
    for duty in procedure.postmortem {
      if let name = duty.severity { mentions.append((.postmortem, name, duty.line)) }
    }
    for item in procedure.checklist {
      mentions += item.severities.map { (.checklist, $0, item.line) }
    }
    for template in procedure.templates {
      mentions += template.severities.map { (.templates, $0, template.line) }
    }
    let known = procedure.severities.map(\.id)
    let names = Set(known)
    return mentions.filter { stated.contains($0.section) && !names.contains($0.name) }.map {
      Remark(
        line: $0.line, kind: .unreachable,
        text: "unknown severity '\($0.name)'; \(NearestMatch.remedy($0.name, among: known))")
    }
  }
}
