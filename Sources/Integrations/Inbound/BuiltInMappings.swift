package import Engine

/// Senders of the `generic` format that need no settings.
package enum BuiltInMappings {
  package static let all: [AlertMapping] = [plain, sentry, uptimeRobot, uptimeKuma, gitHub, gitLab]

  private static func at(_ places: String...) -> [JSONPointer] {
    places.compactMap { JSONPointer($0) }
  }

  private static func labels(_ places: [String: String]) -> [String: JSONPointer] {
    places.compactMapValues { JSONPointer($0) }
  }

  private static let words: [String: AlertMapping.Meaning] = [
    "resolved": .resolved, "ok": .resolved, "up": .resolved, "closed": .resolved,
    "recovered": .resolved, "close": .resolved,
  ]

  /// For scripts: what anybody would write.
  static let plain: AlertMapping = {
    var mapping = AlertMapping(name: "plain")
    mapping.key = at("/key")
    mapping.title = at("/title", "/summary", "/message")
    mapping.status = at("/status", "/action")
    mapping.statuses = words
    mapping.severity = at("/severity")
    mapping.url = at("/url")
    mapping.text = at("/text", "/details", "/description")
    mapping.start = at("/time", "/start")
    mapping.labels = labels(["service": "/service", "host": "/host"])
    return mapping
  }()

  /// An issue is one alert, whether an alert rule or the issue itself tells of it.
  static let sentry: AlertMapping = {
    var mapping = AlertMapping(name: "sentry")
    mapping.key = at("/data/issue/id", "/data/event/issue_id", "/data/metric_alert/id")
    mapping.title = at(
      "/data/event/title", "/data/issue/title", "/data/description_title",
      "/data/metric_alert/title")
    mapping.status = at("/action")
    mapping.statuses = [
      "resolved": .resolved, "archived": .resolved, "ignored": .resolved, "assigned": .ignored,
      "created": .firing, "deleted": .ignored,
    ]
    mapping.statusIfMissing = .ignored
    mapping.severity = at("/data/event/level", "/data/issue/level", "/action")
    mapping.url = at("/data/event/web_url", "/data/issue/web_url", "/data/web_url")
    mapping.text = at("/data/event/culprit", "/data/issue/culprit", "/data/description_text")
    mapping.labels = labels([
      "rule": "/data/triggered_rule", "platform": "/data/event/platform",
      "project": "/data/issue/project/slug", "level": "/data/event/level",
    ])
    return mapping
  }()

  static let uptimeRobot: AlertMapping = {
    var mapping = AlertMapping(name: "uptimerobot")
    mapping.key = at("/monitorID")
    mapping.title = at("/monitorFriendlyName", "/monitorURL")
    mapping.status = at("/alertType")
    mapping.statuses = ["1": .firing, "2": .resolved, "3": .firing]
    mapping.url = at("/monitorURL")
    mapping.text = at("/alertDetails")
    mapping.start = at("/alertDateTime")
    mapping.labels = labels(["type": "/alertTypeFriendlyName", "monitor": "/monitorFriendlyName"])
    return mapping
  }()

  /// Tests and expiring certificates come without a heartbeat: they fire under the name of the message.
  static let uptimeKuma: AlertMapping = {
    var mapping = AlertMapping(name: "uptimekuma")
    mapping.key = at("/monitor/id")
    mapping.title = at("/monitor/name", "/msg")
    mapping.status = at("/heartbeat/status")
    mapping.statuses = ["0": .firing, "1": .resolved, "2": .ignored, "3": .ignored]
    mapping.url = at("/monitor/url")
    mapping.text = at("/heartbeat/msg", "/msg")
    mapping.labels = labels(["monitor": "/monitor/name", "type": "/monitor/type"])
    return mapping
  }()

  /// Workflow runs: one alert a workflow and branch.
  static let gitHub: AlertMapping = {
    var mapping = AlertMapping(name: "github")
    mapping.key = at(
      "/repository/full_name", "/workflow_run/workflow_id", "/workflow_run/head_branch")
    mapping.title = at("/workflow_run/name")
    mapping.status = at("/workflow_run/conclusion")
    mapping.statuses = [
      "success": .resolved, "neutral": .ignored, "skipped": .ignored, "stale": .ignored,
      "cancelled": .ignored, "action_required": .ignored,
    ]
    mapping.statusIfMissing = .ignored
    mapping.url = at("/workflow_run/html_url")
    mapping.start = at("/workflow_run/updated_at", "/workflow_run/created_at")
    mapping.labels = labels([
      "repository": "/repository/full_name", "branch": "/workflow_run/head_branch",
      "workflow": "/workflow_run/name", "conclusion": "/workflow_run/conclusion",
    ])
    return mapping
  }()

  /// Pipelines: one alert a project and branch.
  static let gitLab: AlertMapping = {
    var mapping = AlertMapping(name: "gitlab")
    mapping.key = at("/project/path_with_namespace", "/object_attributes/ref")
    mapping.title = at("/project/path_with_namespace")
    mapping.status = at("/object_attributes/status")
    mapping.statuses = [
      "success": .resolved, "failed": .firing, "created": .ignored,
      "waiting_for_resource": .ignored, "preparing": .ignored, "pending": .ignored,
      "running": .ignored, "canceled": .ignored, "skipped": .ignored, "manual": .ignored,
      "scheduled": .ignored,
    ]
    mapping.statusIfMissing = .ignored
    mapping.url = at("/object_attributes/url", "/project/web_url")
    mapping.labels = labels([
      "project": "/project/path_with_namespace", "branch": "/object_attributes/ref",
      "status": "/object_attributes/status",
    ])
    return mapping
  }()
}
