/// How a team handles outages, as read from its own document: every fact with the line it stands on.
///
/// Lines are 1-based; line 0 means that the fact was assumed, and a remark says so. Spans are whole seconds.
package struct Procedure: Hashable, Sendable {
  package var name: String
  package var source: Source
  package var calendar: BusinessCalendar?
  package var severities: [Severity] = []
  package var statuses: [Status] = []
  package var phases: [Phase] = []
  package var checklist: [ChecklistItem] = []
  package var escalation: [EscalationStep] = []
  package var cadence: [Cadence] = []
  package var notices: [Notice] = []
  package var watch: [Watch] = []
  package var templates: [Template] = []
  package var runbooks: [Runbook] = []
  package var decisions: [DecisionQuestion] = []
  package var roles: [Role] = []
  package var contacts: [Contact] = []
  package var oncall: [OnCallTurn] = []
  package var postmortem: [PostmortemDuty] = []
  package var metrics: [MetricDefinition] = []
  package var silence: SilenceRule?
  package var remarks: [Remark] = []

  package init(name: String, source: Source) {
    self.name = name
    self.source = source
  }

  /// The document that was read.
  package struct Source: Hashable, Sendable {
    package var path: String
    /// SHA-256 of its bytes, 64 lower-case hexadecimal characters.
    package var sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }
}
