internal import Engine

extension AlertMapping {
  /// The alerts of a body, by the pointers.
  func read(_ body: JSON, as format: String) -> AlertReading {
    var reading = AlertReading()
    guard let items else {
      take(body, at: "", format, &reading)
      return reading
    }
    guard let list = items.value(in: body)?.array else {
      reading.unread.append(UnreadAlert("\(items.text) is missing or no list", body))
      return reading
    }
    for (index, item) in list.enumerated() {
      take(item, at: "\(items.text)/\(index)", format, &reading)
    }
    return reading
  }

  private func take(_ item: JSON, at place: String, _ format: String, _ reading: inout AlertReading)
  {
    guard item.members != nil else {
      return reading.unread.append(UnreadAlert("\(place): not an object", item))
    }
    let word = first(status, in: item)
    let meaning = word.map { statuses[$0.lowercased()] ?? .firing } ?? statusIfMissing
    guard meaning != .ignored else {
      reading.ignored += 1
      return
    }
    let title = AlertReader.title(first(self.title, in: item))
    let parts = key.compactMap { $0.value(in: item)?.plainText }
    guard title != nil || !parts.isEmpty else {
      return reading.unread.append(UnreadAlert("\(place): neither a title nor a key", item))
    }
    let start = start.lazy.compactMap { AlertReader.time($0.value(in: item)) }.first
    var labels: [String: String] = [:]
    for (name, pointer) in self.labels {
      labels[name] = pointer.value(in: item)?.plainText.map {
        AlertText.line($0, limit: AlertReader.valueLimit)
      }
    }
    let own = parts.isEmpty ? "title/\(title ?? "")" : parts.joined(separator: "/")
    reading.alerts.append(
      Alert(
        sender: format, fingerprint: AlertReader.fingerprint(own),
        status: meaning == .resolved ? .resolved : .firing,
        start: meaning == .firing ? start : nil, end: meaning == .resolved ? start : nil,
        title: title ?? "\(name) \(own)",
        severity: first(severity, in: item).map {
          AlertText.line($0, limit: AlertReader.nameLimit)
        },
        labels: labels, text: AlertReader.text(first(text, in: item)),
        url: AlertReader.url(first(url, in: item))))
  }

  private func first(_ pointers: [JSONPointer], in item: JSON) -> String? {
    pointers.lazy.compactMap { $0.value(in: item)?.plainText }.first { !$0.isEmpty }
  }
}
