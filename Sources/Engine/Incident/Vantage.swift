/// A moment from which an incident is looked at, and what of it may be seen from there.
package struct Vantage: Hashable, Sendable {
  package var at: Timestamp
  package var knowledge: Knowledge

  package init(at: Timestamp, knowledge: Knowledge = .now) {
    self.at = at
    self.knowledge = knowledge
  }

  package enum Knowledge: String, CaseIterable, Sendable {
    /// Whatever had happened by then, whenever it was written.
    case now
    /// Only what had also been written by then.
    case then
  }

  package func sees(_ event: borrowing RecordedEvent) -> Bool {
    event.effective <= at && (knowledge == .now || event.recorded <= at)
  }
}
