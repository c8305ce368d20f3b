package import Engine

/// Senders of the `generic` format that need no settings.
package enum BuiltInMappings {
  package static let all: [AlertMapping] = [plain, sentry, uptimeRobot, uptimeKuma, gitHub, gitLab]

  /// A sender by its pointers, as texts.
  private static func mapping(
    _ name: String, key: [String], title: [String], status: [String],
    _ statuses: [String: AlertMapping.Meaning], otherwise: AlertMapping.Meaning = .firing,
    severity: [String] = [], url: [String], text: [String] = [], start: [String] = [],
    labels: [String: String]
  ) -> AlertMapping {
    func at(_ places: [String]) -> [JSONPointer] { places.compactMap { JSONPointer($0) } }
    var mapping = AlertMapping(name: name)
    (mapping.key, mapping.title, mapping.status) = (at(key), at(title), at(status))
    (mapping.statuses, mapping.statusIfMissing) = (statuses, otherwise)
    (mapping.severity, mapping.url) = (at(severity), at(url))
    (mapping.text, mapping.start) = (at(text), at(start))
    mapping.labels = labels.compactMapValues { JSONPointer($0) }
    return mapping
  }

  /// States in which nothing is wrong and nothing has come right.
  private static func ignored(_ words: String...) -> [String: AlertMapping.Meaning] {
    Dictionary(words.map { ($0, .ignored) }) { first, _ in first }
  }

  /// For scripts: what anybody would write.
  static let plain = mapping(
    "plain", key: ["/key"], title: ["/title", "/summary", "/message"],
    status: ["/status", "/action"],
    [
      "resolved": .resolved, "ok": .resolved, "up": .resolved, "closed": .resolved,
      "recovered": .resolved, "close": .resolved,
    ], severity: ["/severity"], url: ["/url"], text: ["/text", "/details", "/description"],
    start: ["/time", "/start"], labels: ["service": "/service", "host": "/host"])

  /// An issue is one alert, whether an alert rule or the issue itself tells of it.
  static let sentry = mapping(
    "sentry", key: ["/data/issue/id", "/data/event/issue_id", "/data/metric_alert/id"],
    title: [
      "/data/event/title", "/data/issue/title", "/data/description_title",
      "/data/metric_alert/title",
    ], status: ["/action"],
    [
      "resolved": .resolved, "archived": .resolved, "ignored": .resolved, "created": .firing,
      "assigned": .ignored, "deleted": .ignored,
    ],
    otherwise: .ignored, severity: ["/data/event/level", "/data/issue/level", "/action"],
    url: ["/data/event/web_url", "/data/issue/web_url", "/data/web_url"],
    text: ["/data/event/culprit", "/data/issue/culprit", "/data/description_text"],
    labels: [
      "rule": "/data/triggered_rule", "platform": "/data/event/platform",
      "project": "/data/issue/project/slug", "level": "/data/event/level",
    ])

  static let uptimeRobot = mapping(
    "uptimerobot", key: ["/monitorID"], title: ["/monitorFriendlyName", "/monitorURL"],
    status: ["/alertType"], ["1": .firing, "2": .resolved, "3": .firing], url: ["/monitorURL"],
    text: ["/alertDetails"], start: ["/alertDateTime"],
    labels: ["type": "/alertTypeFriendlyName", "monitor": "/monitorFriendlyName"])

  /// Tests and expiring certificates come without a heartbeat: they fire under the name of the message.
  static let uptimeKuma = mapping(
    "uptimekuma", key: ["/monitor/id"], title: ["/monitor/name", "/msg"],
    status: ["/heartbeat/status"],
    ["0": .firing, "1": .resolved, "2": .ignored, "3": .ignored], url: ["/monitor/url"],
    text: ["/heartbeat/msg", "/msg"],
    labels: ["monitor": "/monitor/name", "type": "/monitor/type"])

  /// Workflow runs: one alert a workflow and branch.
  static let gitHub = mapping(
    "github",
    key: ["/repository/full_name", "/workflow_run/workflow_id", "/workflow_run/head_branch"],
    title: ["/workflow_run/name"], status: ["/workflow_run/conclusion"],
    ignored("neutral", "skipped", "stale", "cancelled", "action_required").merging(
      ["success": .resolved]) { $1 },
    otherwise: .ignored, url: ["/workflow_run/html_url"],
    start: ["/workflow_run/updated_at", "/workflow_run/created_at"],
    labels: [
      "repository": "/repository/full_name", "branch": "/workflow_run/head_branch",
      "workflow": "/workflow_run/name", "conclusion": "/workflow_run/conclusion",
    ])

  /// Pipelines: one alert a project and branch.
  static let gitLab = mapping(
    "gitlab", key: ["/project/path_with_namespace", "/object_attributes/ref"],
    title: ["/project/path_with_namespace"], status: ["/object_attributes/status"],
    ignored(
      "created", "waiting_for_resource", "preparing", "pending", "running", "canceled", "skipped",
      "manual", "scheduled"
    ).merging(["success": .resolved, "failed": .firing]) { $1 },
    otherwise: .ignored, url: ["/object_attributes/url", "/project/web_url"],
    labels: [
      "project": "/project/path_with_namespace", "branch": "/object_attributes/ref",
      "status": "/object_attributes/status",
    ])
}
