internal import Engine

/// PagerDuty's webhooks, version 3: one event a request.
enum PagerDuty {
  private static let sender = "pagerduty"

  /// Events after which an incident there asks for somebody.
  private static let firing: Set<String> = ["incident.triggered", "incident.reopened"]

  static func read(_ body: JSON) -> AlertReading {
    var reading = AlertReading()
    guard let event = body["event"], let type = event["event_type"]?.string else {
      reading.unread.append(UnreadAlert("/event/event_type is missing", body))
      return reading
    }
    if type == "incident.acknowledged" { return answer(event) }
    let isResolved = type == "incident.resolved"
    guard isResolved || firing.contains(type) else {
      reading.ignored = 1
      return reading
    }
    guard let data = event["data"], let id = data["id"]?.string, !id.isEmpty else {
      reading.unread.append(UnreadAlert("/event/data/id is missing", body))
      return reading
    }
    let occurred = AlertReader.time(event["occurred_at"])
    let labels: KeyValuePairs<String, JSON?> = [
      "service": data["service"]?["summary"], "urgency": data["urgency"],
      "priority": data["priority"]?["summary"], "incident_key": data["incident_key"],
      "number": data["number"],
    ]
    var alert = Alert(
      sender: sender, fingerprint: AlertReader.fingerprint(id),
      status: isResolved ? .resolved : .firing,
      title: AlertReader.title(data["title"]?.string) ?? "Incident \(id) at PagerDuty",
      severity: data["urgency"]?.string, labels: AlertReader.labels(.object(labels)),
      url: AlertReader.url(data["html_url"]?.string))
    // Which opening an end belongs to, only what is known of it here tells: it may have been reopened.
    if isResolved {
      alert.end = occurred
    } else {
      alert.start =
        type == "incident.reopened" ? occurred : AlertReader.time(data["created_at"]) ?? occurred
    }
    reading.alerts = [alert]
    return reading
  }

  /// That a person has acknowledged an incident there; what a program did, as the agent itself, is no answer.
  private static func answer(_ event: JSON) -> AlertReading {
    var reading = AlertReading()
    guard let data = event["data"], let id = data["id"]?.string, !id.isEmpty,
      let name = event["id"]?.string, let agent = event["agent"],
      agent["type"]?.string?.hasPrefix("user") == true,
      let person = AlertReader.title(agent["summary"]?.string)
    else {
      reading.ignored = 1
      return reading
    }
    // What this program opened there has its own key.
    let own = data["incident_key"]?.string?.split(separator: "/", maxSplits: 2).map(String.init)
    let isOwn = own?.count == 3 && own?[0] == "muster"
    reading.answers = [
      InboundAnswer(
        about: isOwn
          ? .incident(own?[1] ?? "") : .alert("\(sender):\(AlertReader.fingerprint(id))"),
        person: AlertText.line(person, limit: 100),
        others: [agent["id"], agent["email"]].compactMap { $0?.string },
        called: isOwn ? own?[2] : nil,
        time: AlertReader.time(event["occurred_at"]),
        event: AlertText.line(name, limit: AlertReader.nameLimit))
    ]
    return reading
  }
}
