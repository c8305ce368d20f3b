package import Engine
import Wording

extension Debrief {
  /// The same for programs: spans in whole seconds, from the start of the clock where they are moments.
  package func json(of title: String, id: String) -> JSON {
    .object([
      "drill": .bool(true), "id": .string(id), "title": .string(title),
      "source": .orNull(drill?.source), "speed_percent": .whole(pace.percent),
      "over": .bool(isOver),
      "clock_start": .orNull(start?.rfc3339), "left_out": .whole(drill?.leftOut ?? 0),
      "moments": .array(moments.map(\.json)),
      "targets": .array(targets.map { $0.json(at: end) }),
      "promises": .array(
        promises.map {
          .object([
            "audience": .orNull($0.audience), "due": .string($0.due.rfc3339),
            "answered": .orNull($0.answered?.rfc3339), "result": .string($0.result.rawValue),
          ])
        }),
      "calls": .array(calls.map(\.json)), "reactions": .array(reactions.map(\.json)),
      "checklist": .object([
        "done": .whole(done.count), "skipped": Self.items(skipped), "left": Self.items(left),
      ]),
      "silences": .array(silences.map(\.json)),
    ])
  }

  private static func items(_ items: [Incident.ItemState]) -> JSON {
    .array(items.map { .string($0.item.text) })
  }
}

extension Debrief.Moment {
  fileprivate var json: JSON {
    .object([
      "milestone": .string(milestone.rawValue), "seconds": .seconds(drill),
      "allowed_seconds": .seconds(allowed), "original_seconds": .seconds(original),
      "faster_seconds": .seconds(faster),
    ])
  }
}

extension Debrief.Call {
  fileprivate var json: JSON {
    .object([
      "to": .string(label), "due": .orNull(due?.rfc3339), "reached": .orNull(reached?.rfc3339),
      "by": .orNull(by), "seconds": .seconds(span),
    ])
  }
}

extension Debrief.Reaction {
  fileprivate var json: JSON {
    .object([
      "seq": .whole(sequence), "at": .string(at.rfc3339), "by": .string(actor),
      "text": .string(event.words), "next": .orNull(next?.rfc3339), "next_by": .orNull(by),
      "seconds": .seconds(span),
    ])
  }
}

extension Conduct.TargetOutcome {
  fileprivate func json(at end: Timestamp) -> JSON {
    .object([
      "label": .string(label), "kind": .string(kind.rawValue), "result": .string(result.rawValue),
      "due": .string(due.rfc3339), "settled": .orNull(settled?.rfc3339),
      "margin_seconds": .seconds(margin(at: end)),
    ])
  }
}

extension JSON {
  fileprivate static func seconds(_ span: Duration?) -> JSON {
    span.map { .integer($0.wholeSeconds) } ?? .null
  }
}
