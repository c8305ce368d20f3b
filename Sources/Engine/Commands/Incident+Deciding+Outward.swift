extension Incident {
  func outwardFact(_ command: Command) throws(Rejection) -> (EventKind, EventData) {
    switch command {
    case .sendUpdate(let update):
      try Self.requireText(update.text, .text)
      return (.updateSent, Self.data(of: worded(update)))
    case .recordDelivery(let subject, let target, let isSuccess, let attempt, let error):
      return (
        isSuccess ? .deliverySucceeded : .deliveryFailed,
        EventData([
          "subject": .text(subject), "target": .text(target),
          "attempt": .whole(attempt), "error": .text(error),
        ])
      )
    case .addAction(let text, let owner, let due):
      try Self.requireText(text, .text)
      return (
        .actionAdded,
        EventData([
          "text": .text(text), "owner": .text(owner),
          "due": .time(due),
        ])
      )
    case .finishAction(let name):
      let open = actions.entries.filter { finishedActions[$0.stamp.sequence] == nil }
      let action = try Self.pick(
        name, of: .action, in: open.map { ($0.stamp.sequence, $0.value.text) })
      return (
        .actionDone,
        EventData(reference(to: action.sequence, as: "action"), ["text": .text(action.text)])
      )
    case .publishPostmortem(let what, let place):
      return (
        .postmortemPublished,
        EventData(["what": .text(what.rawValue), "where": .text(place)])
      )
    case .waivePostmortem(let what, let reason):
      try Self.requireText(reason, .reason)
      return (
        .postmortemWaived,
        EventData(["what": .text(what.rawValue), "reason": .text(reason)])
      )
    case .reloadProcedure(let procedure, let changes):
      return (
        .procedureReloaded,
        EventData([
          "changes": .array(changes.map { JSON.string($0) }), "procedure": procedure.json,
        ])
      )
    case .alert(let alert):
      try Self.requireText(alert.title, .title)
      return (
        alert.isResolved ? .alertResolved : .alertFired,
        EventData(["title": .text(alert.title), "alert": .text(alert.key)])
      )
    case .acceptDamage(let reason, let lines):
      try Self.requireText(reason, .reason)
      return (
        .damageAccepted,
        EventData([
          "reason": .text(reason), "lines": .array(lines.map { JSON.integer(Int64($0)) }),
        ])
      )
    case .stepClock(let step):
      return (.clockStepped, EventData(["seconds": .integer(step.wholeSeconds)]))
    default: preconditionFailure("not an outward command")
    }
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
