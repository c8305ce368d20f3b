extension Incident {
  func decided(
    _ question: String, _ choice: String, _ objections: [String], _ reason: String?
  ) throws(Rejection) -> Fact {
    try Self.requireText(question, .text)
    return (
      .decisionMade,
      EventData([
        "question": .text(question), "choice": .text(choice), "reason": .text(reason),
        "objections": objections.isEmpty ? nil : .array(objections.map { JSON.string($0) }),
      ])
    )
  }

  func corrected(_ entry: Int, _ text: String) throws(Rejection) -> Fact {
    try requireEntry(entry)
    try Self.requireText(text, .text)
    return (.entryCorrected, EventData(reference(to: entry, as: "entry"), ["text": .text(text)]))
  }

  func retracted(_ entry: Int, _ isSecret: Bool, _ reason: String?) throws(Rejection) -> Fact {
    try requireEntry(entry)
    if entry == declaration?.stamp.sequence, !isSecret { throw .declarationStays }
    if let earlier = retractions[entry], earlier.isSecret || !isSecret {
      throw .alreadyRetracted(entry: entry)
    }
    return (
      .entryRetracted,
      EventData(
        reference(to: entry, as: "entry"),
        ["secret": isSecret ? .bool(true) : nil, "reason": .text(reason)])
    )
  }

  func undone(_ entry: Int, now: Timestamp) throws(Rejection) -> Fact {
    if let why = obstacle(toUndoing: entry, at: now) { throw why }
    return (.entryRetracted, EventData(reference(to: entry, as: "entry"), ["undo": .bool(true)]))
  }

  private func requireEntry(_ entry: Int) throws(Rejection) {
    guard timeline.row(sequence: entry) != nil else {
      throw .unknown(.entry, "\(entry)", known: ["1…\(sequence)"])
    }
  }
}
