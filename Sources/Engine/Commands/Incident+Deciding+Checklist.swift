extension Incident {
  /// Ticks or unticks an item.
  func itemChanged(
    _ kind: EventKind, _ name: String, to state: ItemState.State
  ) throws(Rejection) -> Fact {
    let item = try item(named: name)
    try Self.require(item, isNot: state)
    return (kind, Self.itemData(item.item))
  }

  func skipped(_ name: String, _ reason: String) throws(Rejection) -> Fact {
    try Self.requireText(reason, .reason)
    let item = try item(named: name)
    try Self.require(item, isNot: .skipped)
    return (.itemSkipped, Self.itemData(item.item, "reason", reason))
  }

  func filled(_ name: String, _ value: String) throws(Rejection) -> Fact {
    try Self.requireText(value, .text)
    return (.fieldFilled, Self.itemData(try item(named: name).item, "value", value))
  }

  func itemAdded(_ text: String, phase name: String?) throws(Rejection) -> Fact {
    try Self.requireText(text, .text)
    var phase = phaseID
    if let name { phase = try self.phase(named: name).id }
    return (
      .itemAdded,
      EventData([
        "item": .text("added-\(addedItems.entries.count + 1)"), "text": .text(text),
        "phase": .text(phase),
      ])
    )
  }

  private static func require(
    _ item: ItemState, isNot state: ItemState.State
  ) throws(Rejection) {
    if item.state == state { throw .itemAlready(state, item: item.item.text) }
  }

  private static func itemData(
    _ item: ChecklistItem, _ key: String = "", _ value: String? = nil
  ) -> EventData {
    EventData([
      "item": .text(item.id), "text": .text(item.text), key: .text(value),
    ])
  }
}
