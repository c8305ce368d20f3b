internal import Engine

/// Prometheus Alertmanager's webhook, version 4, and whatever sends its form.
enum Alertmanager {
  static func read(_ body: JSON) -> AlertReading {
    read(body, sender: "alertmanager") { _, _ in }
  }

  /// Each alert of a group, completed by what a relative of the form adds.
  static func read(
    _ body: JSON, sender: String, complete: (inout Alert, JSON) -> Void
  ) -> AlertReading {
    var reading = AlertReading()
    guard let alerts = body["alerts"]?.array else {
      reading.unread.append(UnreadAlert("/alerts is missing or no list", body))
      return reading
    }
    for (index, item) in alerts.enumerated() {
      do throws(Unreadable) {
        var alert = try self.alert(item, of: body, sender)
        complete(&alert, item)
        reading.alerts.append(alert)
      } catch {
        reading.unread.append(UnreadAlert("/alerts/\(index)\(error.what)", item))
      }
    }
    if let left = body["truncatedAlerts"]?.integer, left > 0 {
      let group = body["groupKey"]?.string ?? ""
      reading.unread.append(
        UnreadAlert(
          reason: "the sender left \(left) alerts of the group out",
          content: AlertText.cut(group, limit: UnreadAlert.contentLimit)))
    }
    return reading
  }

  private struct Unreadable: Error { var what: String }

  private static func alert(
    _ item: JSON, of body: JSON, _ sender: String
  ) throws(Unreadable) -> Alert {
    guard item.members != nil else { throw Unreadable(what: ": not an object") }
    let word = item["status"]?.string ?? body["status"]?.string
    guard let status = word.flatMap({ Alert.Status(rawValue: $0.lowercased()) }) else {
      throw Unreadable(what: "/status: \(word.map { "'\($0)'" } ?? "missing")")
    }
    guard let members = item["labels"]?.members else {
      throw Unreadable(what: "/labels: missing or no object")
    }
    let start = AlertReader.time(item["startsAt"])
    if let stated = item["startsAt"], !stated.isNull, start == nil, stated != "" {
      throw Unreadable(what: "/startsAt: no time")
    }
    let labels = AlertReader.labels(.object(members))
    let annotations = item["annotations"]
    let name = labels["alertname"]
    return Alert(
      sender: sender,
      fingerprint: item["fingerprint"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        .map(AlertReader.fingerprint) ?? Self.fingerprint(of: labels),
      status: status, start: start,
      end: status == .resolved ? AlertReader.time(item["endsAt"]) : nil,
      title: AlertReader.title(annotations?["summary"]?.plainText, name) ?? "Alert without a name",
      severity: labels["severity"], labels: labels,
      text: AlertReader.text(
        annotations?["description"]?.plainText ?? annotations?["message"]?.plainText),
      url: AlertReader.url(item["generatorURL"]?.string))
  }

  /// What stands for a fingerprint where there is none: its labels.
  private static func fingerprint(of labels: [String: String]) -> String {
    let sorted = labels.sorted { $0.key < $1.key }
    return AlertReader.digest(
      JSON.object(sorted.map { JSON.Member($0.key, .string($0.value)) }).bytes)
  }
}
