extension Incident {
  func sendUpdateFact(_ update: Command.OutgoingUpdate) throws(Rejection) -> Fact {
    try Self.requireText(update.text, .text)
    return (.updateSent, Self.data(of: worded(update)))
  }

  func recordDeliveryFact(_ result: DeliveryResult) -> Fact {
    (
      result.isSuccess ? .deliverySucceeded : .deliveryFailed,
      EventData([
        "subject": .text(result.subject), "target": .text(result.target),
        "attempt": .whole(result.attempt), "error": .text(result.error),
        "final": result.answer.isFinal ? .bool(true) : nil,
        "not_before": .time(result.answer.notBefore),
        "reference": .text(result.answer.reference),
      ])
    )
  }

  func addActionFact(
    _ text: String, _ owner: String?, _ due: Timestamp?
  ) throws(Rejection) -> Fact {
    try Self.requireText(text, .text)
    return (
      .actionAdded,
      EventData([
        "text": .text(text), "owner": .text(owner),
        "due": .time(due),
      ])
    )
  }

  func finishActionFact(_ name: String) throws(Rejection) -> Fact {
    let open = actions.entries.filter { finishedActions[$0.stamp.sequence] == nil }
    let action = try Self.pick(
      name, of: .action, in: open.map { ($0.stamp.sequence, $0.value.text) })
    return (
      .actionDone,
      EventData(reference(to: action.sequence, as: "action"), ["text": .text(action.text)])
    )
  }

  func publishPostmortemFact(_ what: PostmortemDuty.What, _ place: String?) -> Fact {
    (
      .postmortemPublished,
      EventData(["what": .text(what.rawValue), "where": .text(place)])
    )
  }

  func waivePostmortemFact(
    _ what: PostmortemDuty.What, _ reason: String
  ) throws(Rejection) -> Fact {
    try Self.requireText(reason, .reason)
    return (
      .postmortemWaived,
      EventData(["what": .text(what.rawValue), "reason": .text(reason)])
    )
  }

  func reloadProcedureFact(_ procedure: Procedure, _ changes: [String]) -> Fact {
    (
      .procedureReloaded,
      EventData([
        "changes": .array(changes.map { JSON.string($0) }), "procedure": procedure.json,
      ])
    )
  }

  func alertFact(_ alert: Command.Alert) throws(Rejection) -> Fact {
    try Self.requireText(alert.title, .title)
    return (
      alert.isResolved ? .alertResolved : .alertFired,
      EventData(["title": .text(alert.title), "alert": .text(alert.key)])
    )
  }

  func acceptDamageFact(_ reason: String, _ lines: [Int]) throws(Rejection) -> Fact {
    try Self.requireText(reason, .reason)
    return (
      .damageAccepted,
      EventData([
        "reason": .text(reason), "lines": .array(lines.map { JSON.integer(Int64($0)) }),
      ])
    )
  }

  private static func data(of update: Command.OutgoingUpdate) -> EventData {
    EventData([
      "audience": .text(update.audience), "channel": .text(update.channel),
      "template": .text(update.template), "status": .text(update.status),
      "text": .text(update.text), "next": .time(update.next),
      "head": .text(update.head),
      "via": update.via.isEmpty ? nil : .array(update.via.map { JSON.string($0) }),
      "from": update.via.isEmpty ? nil : .text(update.from),
    ])
  }
}
