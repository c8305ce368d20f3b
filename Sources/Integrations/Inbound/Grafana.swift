internal import Engine

/// Grafana's webhook: the form of Alertmanager with more to it, and that of the time before it.
enum Grafana {
  private static let sender = "grafana"

  static func read(_ body: JSON) -> AlertReading {
    if body["alerts"] == nil, body["ruleId"] != nil || body["ruleName"] != nil {
      return readLegacy(body)
    }
    return Alertmanager.read(body, sender: sender) { alert, item in
      let places = ["panelURL", "dashboardURL", "generatorURL"].map {
        AlertReader.url(item[$0]?.string)
      }
      alert.url = places.compactMap(\.self).first
      alert.text = alert.text ?? AlertReader.text(item["valueString"]?.string)
    }
  }

  private static func readLegacy(_ body: JSON) -> AlertReading {
    var reading = AlertReading()
    let state = body["state"]?.string?.lowercased() ?? ""
    guard !["pending", "paused", "unknown"].contains(state) else {
      reading.ignored = 1
      return reading
    }
    let id = body["ruleId"]?.plainText ?? body["ruleName"]?.plainText ?? ""
    var labels = AlertReader.labels(body["tags"])
    labels["alertname"] = labels["alertname"] ?? AlertReader.title(body["ruleName"]?.string)
    reading.alerts = [
      Alert(
        sender: sender, fingerprint: AlertReader.fingerprint("rule/\(id)"),
        status: state == "ok" ? .resolved : .firing,
        title: AlertReader.title(body["ruleName"]?.string, body["title"]?.string)
          ?? "Alert without a name",
        severity: labels["severity"], labels: labels,
        text: AlertReader.text(body["message"]?.string),
        url: AlertReader.url(body["ruleUrl"]?.string))
    ]
    return reading
  }
}
