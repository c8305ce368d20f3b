package import Engine

extension Debrief {
  /// The same for programs: spans in whole seconds, from the start of the clock where they are moments.
  package func json(of title: String, id: String) -> JSON {
    .object([
      "drill": .bool(true), "id": .string(id), "title": .string(title),
      "source": .orNull(drill?.source), "speed_percent": .whole(pace.percent),
      "over": .bool(isOver),
      "clock_start": .orNull(start?.rfc3339), "left_out": .whole(drill?.leftOut ?? 0),
      "moments": .array(
        moments.map {
          .object([
            "milestone": .string($0.milestone.rawValue), "seconds": Self.seconds($0.drill),
            "allowed_seconds": Self.seconds($0.allowed),
            "original_seconds": Self.seconds($0.original),
            "faster_seconds": Self.seconds($0.faster),
          ])
        }),
      "targets": .array(
        targets.map {
          .object([
            "label": .string($0.label), "kind": .string($0.kind.rawValue),
            "result": .string($0.result.rawValue), "due": .string($0.due.rfc3339),
            "settled": .orNull($0.settled?.rfc3339),
            "margin_seconds": Self.seconds($0.margin(at: end)),
          ])
        }),
      "promises": .array(
        promises.map {
          .object([
            "audience": .orNull($0.audience), "due": .string($0.due.rfc3339),
            "answered": .orNull($0.answered?.rfc3339), "result": .string($0.result.rawValue),
          ])
        }),
      "calls": .array(
        calls.map {
          .object([
            "to": .string($0.label), "due": .orNull($0.due?.rfc3339),
            "reached": .orNull($0.reached?.rfc3339), "by": .orNull($0.by),
            "seconds": Self.seconds($0.span),
          ])
        }),
      "reactions": .array(
        reactions.map {
          .object([
            "seq": .whole($0.sequence), "at": .string($0.at.rfc3339), "by": .string($0.actor),
            "text": .string($0.event.words), "next": .orNull($0.next?.rfc3339),
            "next_by": .orNull($0.by), "seconds": Self.seconds($0.span),
          ])
        }),
      "checklist": .object([
        "done": .whole(done.count), "skipped": Self.items(skipped), "left": Self.items(left),
      ]),
      "silences": .array(
        silences.map {
          .object([
            "from": .string($0.from.rfc3339), "to": .string($0.to.rfc3339),
            "seconds": Self.seconds($0.span),
          ])
        }),
    ])
  }

  private static func seconds(_ span: Duration?) -> JSON {
    span.map { .integer($0.wholeSeconds) } ?? .null
  }

  private static func items(_ items: [Incident.ItemState]) -> JSON {
    .array(items.map { .string($0.item.text) })
  }
}
