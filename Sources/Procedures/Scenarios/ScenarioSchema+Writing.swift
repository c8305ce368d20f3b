package import Engine
import YAML

extension ScenarioSchema {
  /// The scenario as YAML, to be edited; reading it gives the same scenario.
  package static func write(_ scenario: DrillScenario) -> String {
    var entries = [YAMLValue.Entry("title", .text(scenario.title))]
    func add(_ key: String, _ text: String?) {
      if let text { entries.append(.init(key, .text(text))) }
    }
    add("about", scenario.about)
    add("severity", scenario.severity)
    add("procedure", scenario.procedure)
    if scenario.detected > 0 { add("detected", SpanText.text(scenario.detected)) }
    add("started", scenario.started.map { SpanText.text($0) })
    let original = DrillScenario.compared.compactMap { milestone in
      scenario.original[milestone].map {
        YAMLValue.Entry(milestone.rawValue, .text(SpanText.text($0)))
      }
    }
    if !original.isEmpty { entries.append(.init("original", .map(original))) }
    entries.append(.init("events", .list(scenario.script.map(value))))
    return YAMLValue.map(entries).yaml
  }

  private static func value(_ injection: Injection) -> YAMLValue {
    var entries = [YAMLValue.Entry("at", .text(SpanText.text(injection.after)))]
    func add(_ key: String, _ text: String?) {
      if let text { entries.append(.init(key, .text(text))) }
    }
    if injection.actor != Drill.actor { add("by", injection.actor) }
    switch injection.event {
    case .alert(let title, let key):
      add("alert", title)
      add("key", key)
    case .alertOver(let title, let key):
      add("resolved", title)
      add("key", key)
    case .note(let text): add("note", text)
    case .finding(let text): add("finding", text)
    case .hypothesis(let text): add("hypothesis", text)
    case .impact(let impact):
      add("impact", impact.summary)
      add("services", impact.services)
      add("users", impact.users)
      add("revenue", impact.revenue)
    }
    return .map(entries)
  }
}
