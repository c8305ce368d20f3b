internal import Engine

/// CloudEvents 1.0 over HTTP: structured, in batches, and binary with its attributes in headers.
enum CloudEvents {
  private static let sender = "cloudevents"

  static func read(_ delivery: InboundDelivery) throws(DeliveryProblem) -> AlertReading {
    var reading = AlertReading()
    let type = (delivery.header("content-type") ?? "").lowercased()
    if type.hasPrefix("application/cloudevents-batch") {
      let body = try AlertReader.json(delivery.body)
      guard let events = body.array else {
        reading.unread.append(UnreadAlert("a batch is a list of events", body))
        return reading
      }
      for (index, event) in events.enumerated() { take(event, at: "/\(index)", &reading) }
    } else if !type.hasPrefix("application/cloudevents"), delivery.header("ce-id") != nil {
      take(try binary(delivery), at: "", &reading)
    } else {
      let body = try AlertReader.json(delivery.body)
      for (index, event) in (body.array ?? []).enumerated() {
        take(event, at: "/\(index)", &reading)
      }
      if body.array == nil { take(body, at: "", &reading) }
    }
    return reading
  }

  /// The event of a request whose headers hold its attributes.
  private static func binary(_ delivery: InboundDelivery) throws(DeliveryProblem) -> JSON {
    var members: [JSON.Member] = []
    for (name, value) in delivery.headers {
      let name = name.lowercased()
      guard name.hasPrefix("ce-"), members.count < 64 else { continue }
      members.append(JSON.Member(String(name.dropFirst(3)), .string(decoded(value))))
    }
    if !delivery.body.isEmpty {
      members.append(JSON.Member("data", try AlertReader.json(delivery.body)))
    }
    return .object(members)
  }

  /// Percent-decoded once, as the binding has it; what is no escape stands for itself.
  private static func decoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 37, index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        result.append(value)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func take(_ event: JSON, at place: String, _ reading: inout AlertReading) {
    guard event["specversion"]?.string == "1.0" else {
      return reading.unread.append(UnreadAlert("\(place)/specversion is not 1.0", event))
    }
    guard let id = event["id"]?.string, let source = event["source"]?.string,
      let type = event["type"]?.string, !id.isEmpty, !source.isEmpty, !type.isEmpty
    else {
      return reading.unread.append(
        UnreadAlert("\(place): an event has an id, a source and a type", event))
    }
    let data = event["data"]
    let subject = event["subject"]?.string
    if type == "muster.acknowledged" {
      guard let subject, let person = AlertReader.title(data?["by"]?.string) else {
        return reading.unread.append(
          UnreadAlert("\(place): an answer has a subject and its data says by whom", event))
      }
      return reading.answers.append(
        InboundAnswer(
          about: .incident(subject), person: AlertText.line(person, limit: 100),
          time: AlertReader.time(event["time"]),
          event: AlertText.line("\(source)/\(id)", limit: AlertReader.nameLimit)))
    }
    var labels = AlertReader.labels(data?["labels"])
    for (name, value) in ["source": source, "type": type, "subject": subject] {
      labels[name] = labels[name] ?? value.map { AlertText.line($0, limit: AlertReader.valueLimit) }
    }
    let name = data?["fingerprint"]?.plainText ?? data?["key"]?.plainText ?? subject
    let status = status(data?["status"]?.plainText, type)
    let time = AlertReader.time(event["time"])
    reading.alerts.append(
      Alert(
        sender: sender, fingerprint: AlertReader.fingerprint("\(source)/\(name ?? id)"),
        status: status, start: status == .firing ? time : nil,
        end: status == .resolved ? time : nil,
        title: AlertReader.title(
          data?["title"]?.plainText, data?["summary"]?.plainText, data?["message"]?.plainText,
          "\(type) \(subject ?? "")") ?? type,
        severity: data?["severity"]?.plainText ?? labels["severity"], labels: labels,
        text: AlertReader.text(data?["description"]?.plainText),
        url: AlertReader.url(data?["url"]?.plainText)))
  }

  /// What the data says, else what the type ends in.
  private static func status(_ word: String?, _ type: String) -> Alert.Status {
    let end = type.lowercased().split(separator: ".").last.map(String.init) ?? ""
    let over: Set<String> = ["resolved", "recovered", "closed", "ok", "cleared"]
    return over.contains(word?.lowercased() ?? end) ? .resolved : .firing
  }
}
