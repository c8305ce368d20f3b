extension Procedure {
  /// The parts of a procedure, as their keys in JSON and YAML, in the order in which JSON has them.
  ///
  /// Whatever is done with a procedure as a whole goes through `allCases`: `place` says where a part lies and how JSON
  /// has it, the exact form how YAML has it, and the page how people read it.
  package enum Part: String, CaseIterable, Sendable {
    case name, source, calendar, severities, statuses, phases, checklist, escalation, cadence
    case watch, templates, runbooks, decisions, roles, contacts, oncall, postmortem, metrics
    case silence, remarks

    /// Where the part's facts lie in a procedure.
    package var place: ProcedurePlace {
      switch self {
      case .name: .name
      case .source: .source
      case .calendar: .fact(\.calendar, absent: .null)
      case .severities: .facts(\.severities)
      case .statuses: .facts(\.statuses)
      case .phases: .facts(\.phases)
      case .checklist: .facts(\.checklist)
      case .escalation: .facts(\.escalation)
      case .cadence: .pair(\.cadence, \.notices)
      case .watch: .facts(\.watch)
      case .templates: .facts(\.templates)
      case .runbooks: .facts(\.runbooks)
      case .decisions: .facts(\.decisions)
      case .roles: .facts(\.roles)
      case .contacts: .facts(\.contacts)
      case .oncall: .facts(\.oncall)
      case .postmortem: .facts(\.postmortem)
      case .metrics: .facts(\.metrics)
      case .silence: .fact(\.silence, absent: nil)
      case .remarks: .facts(\.remarks)
      }
    }
  }

  /// The procedure as `procedure show --json` prints it and as `incident.declared` keeps it.
  ///
  /// Every fact has its `line`. Durations are whole seconds; `business_days` or `business_hours` stand in place
  /// of them where the text says so, and `max_seconds` is the later end of a range. `init(json:)` reads it back.
  package var json: JSON {
    .object(
      Part.allCases.compactMap { part in
        part.place.json(in: self).map { JSON.Member(part.rawValue, $0) }
      })
  }

  /// Reads back what `json` wrote; what is missing or of another shape is left out, and unknown keys are ignored.
  package init(json: JSON) {
    self.init(name: "", source: Source(path: "", sha256: ""))
    for part in Part.allCases {
      if let value = json[part.rawValue] { part.place.read(value, into: &self) }
    }
  }

  /// Takes a part over as another procedure has it.
  package mutating func take(_ part: Part, from other: Procedure) {
    part.place.copy(from: other, to: &self)
  }

  /// Every severity that a fact names, with the part and the line that name it.
  package var severityMentions: [SeverityMention] {
    Part.allCases.flatMap { part in
      part.place.facts(in: self).flatMap { fact in
        fact.severityNames.map { SeverityMention(part: part, name: $0, line: fact.line) }
      }
    }
  }

  /// Writes the severities that facts name in another way.
  package mutating func renameSeverities(_ rename: (String) -> String) {
    for part in Part.allCases { part.place.renameSeverities(in: &self, rename) }
  }

  package struct SeverityMention: Hashable, Sendable {
    package var part: Part
    package var name: String
    package var line: Int
  }
}
