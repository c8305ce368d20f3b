package import Engine
package import Wording

/// A timeline for other tools.
package struct TimelineExport: Sendable {
  package var id: String
  package var title: String
  package var isDrill: Bool
  package var zone: TimeZoneRules
  package var entries: [Entry]
  /// What the log holds beside the words, by sequence.
  private let events: [Int: RecordedEvent]
  private let secrets: Set<Int>

  package init(of source: ReportSource) {
    id = source.incident.id
    title = source.incident.shownTitle
    isDrill = source.incident.isDrill
    zone = source.zone
    entries = source.entries
    events = Dictionary(
      source.events.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
    secrets = Set(entries.filter(\.isSecret).map(\.sequence))
  }

  /// A table with both times of every entry.
  package var markdown: String {
    var document = ReportDocument(title: "\(isDrill ? "DRILL: " : "")Timeline: \(title)")
    let name = entries.last.map { zone.localTime(at: $0.effective).abbreviation } ?? "UTC"
    document.facts = [.init("Incident", id), .init("Times", name)]
    document.sections = [
      .init(
        "Entries",
        [
          .table(
            header: ["Seq", "Happened", "Written", "Who", "Kind", "What", "Noted"],
            rows: entries.map { entry in
              [
                entry.number.map(String.init) ?? "", Self.time(entry.effective, zone),
                Self.time(entry.recorded, zone), entry.actor, entry.kindName, entry.text,
                Self.notes(entry),
              ].map { ReportDocument.Phrase($0) }
            })
        ])
    ]
    return document.markdown
  }

  private static func time(_ instant: Timestamp, _ zone: TimeZoneRules) -> String {
    "\(InstantText.date(instant, in: zone)) \(InstantText.second(instant, in: zone))"
  }

  private static func notes(_ entry: Entry) -> String {
    var notes: [String] = []
    if entry.isLate { notes.append("late") }
    if entry.isCorrected { notes.append("corrected") }
    if entry.isRetracted { notes.append(entry.isSecret ? "withdrawn" : "retracted") }
    return notes.joined(separator: " ")
  }

  /// One line an entry, times RFC 3339 in UTC, lines ended by CR LF, cells never formulas.
  ///
  /// By `id` an import knows an entry again.
  package var csv: String {
    CSV.text(
      header: [
        "seq", "effective", "recorded", "actor", "source", "kind", "text", "late", "corrected",
        "retracted", "id",
      ] + (isDrill ? ["drill"] : []),
      rows: entries.map { entry in
        [
          entry.number.map(String.init) ?? "", entry.effective.rfc3339, entry.recorded.rfc3339,
          entry.actor,
          entry.source, entry.kindName, entry.text, Self.word(entry.isLate),
          Self.word(entry.isCorrected), Self.word(entry.isRetracted),
          events[entry.sequence]?.id.description ?? "",
        ] + (isDrill ? ["true"] : [])
      })
  }

  private static func word(_ value: Bool) -> String { value ? "true" : "false" }

  package var json: JSON {
    .object([
      "id": .string(id), "title": .string(title), "drill": isDrill ? .bool(true) : nil,
      "entries": .array(entries.map(\.json)),
    ])
  }

  /// A batch of CloudEvents 1.0 in JSON, `application/cloudevents-batch+json`, in the order of the timeline.
  ///
  /// `time` is when it happened; `recordedtime`, `sequence`, `actor` and `hash` are extensions. Withdrawn words are left
  /// out: their events carry no data.
  package var cloudEvents: JSON { .array(entries.compactMap(cloudEvent)) }

  private func cloudEvent(of entry: Entry) -> JSON? {
    guard let event = events[entry.sequence] else { return nil }
    let isHidden = secrets.contains(entry.sequence)
    return .object([
      "specversion": "1.0",
      "id": .string(event.id.description),
      "source": .string("/incidents/\(id)"),
      "type": .string("muster.\(event.kindName).v1"),
      "subject": .string(id),
      "time": .string(event.effective.rfc3339),
      "recordedtime": .string(event.recorded.rfc3339),
      "sequence": event.number.map { .string(String($0)) },
      "actor": .string(Self.attribute(event.actor)),
      "entrysource": .string(Self.attribute(event.source)),
      "hash": event.hash.map(JSON.string),
      "drill": isDrill ? .bool(true) : nil,
      "datacontenttype": isHidden ? nil : "application/json",
      "data": isHidden ? nil : data(of: event),
    ])
  }

  /// The payload, without what a drill was to tell: what it told are entries of their own, as they stand.
  private func data(of event: RecordedEvent) -> JSON {
    guard isDrill, event.kind == .incidentDeclared,
      case .object(var members) = event.data.json,
      let place = members.firstIndex(where: { $0.key == "exercise" }),
      case .object(let exercise) = members[place].value
    else { return event.data.json }
    members[place].value = .object(exercise.filter { $0.key != "script" })
    return .object(members)
  }

  /// Attributes may hold no control characters.
  private static func attribute(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      scalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }
}
