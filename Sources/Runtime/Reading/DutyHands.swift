package import Engine

/// Receives from a reader the duties of the incidents that it reads.
package struct DutyHands {
  /// Whose deliveries are tried, as `login@host`; nil: nobody's.
  let login: String?
  let record: ([EventDraft], String, Pace) -> Void
  let deliver: ([Delivering]) -> Void

  package init(
    login: String?, record: @escaping ([EventDraft], String, Pace) -> Void,
    deliver: @escaping ([Delivering]) -> Void
  ) {
    (self.login, self.record, self.deliver) = (login, record, deliver)
  }
}
