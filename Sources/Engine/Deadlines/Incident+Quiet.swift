extension Incident {
  /// The instant up to which nothing falls due by itself that has to be recorded, unless more is recorded meanwhile than
  /// `isInert` events.
  ///
  /// In the distant past if something is due already, and in drills, which follow a script.
  package func quietUntil(from now: Timestamp) -> Timestamp {
    guard declaration != nil, closing == nil else { return isDrill ? .distantPast : .distantFuture }
    guard !isDrill, unrecordedFirings(at: now).isEmpty else { return .distantPast }
    let steps = escalationDeadlines(at: now).filter { $0.due.map { $0 > now } ?? false }
    return steps.compactMap(\.due).min() ?? .distantFuture
  }
}

extension EventKind {
  /// Whether an event of this kind has no say in anything but the timeline.
  package var isInert: Bool {
    self == .noteAdded || self == .findingAdded || self == .hypothesisAdded
  }
}
