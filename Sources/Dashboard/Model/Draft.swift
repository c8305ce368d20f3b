package import Engine

/// An update that is being written, as it is kept until it is sent or discarded.
package struct Draft: Hashable, Sendable {
  package var plan: UpdatePlan
  /// The words as they stand.
  package var text: String
  /// When they were changed last.
  package var at: Timestamp

  package init(plan: UpdatePlan, text: String, at: Timestamp) {
    (self.plan, self.text, self.at) = (plan, text, at)
  }
}

extension Draft {
  package var json: JSON {
    .object([
      "audience": plan.audience.map { .string($0) }, "template": plan.template.map { .string($0) },
      "channel": plan.channel.map { .string($0) },
      "next": plan.next.map { .integer($0.milliseconds) },
      "open": .array(plan.open.map { .string($0) }), "filled": .string(plan.text),
      "basis": .integer(Int64(plan.basis)), "text": .string(text), "at": .integer(at.milliseconds),
    ])
  }

  /// Nil for anything that no draft was written as.
  package init?(json: JSON) {
    guard let text = json["text"]?.string, let at = json["at"]?.integer,
      let basis = json["basis"]?.integer
    else { return nil }
    plan = UpdatePlan(audience: json["audience"]?.string, template: json["template"]?.string)
    plan.channel = json["channel"]?.string
    plan.next = json["next"]?.integer.map { Timestamp(milliseconds: $0) }
    plan.open = json["open"]?.array?.compactMap(\.string) ?? []
    plan.text = json["filled"]?.string ?? ""
    plan.basis = Int(clamping: basis)
    (self.text, self.at) = (text, Timestamp(milliseconds: at))
  }
}
