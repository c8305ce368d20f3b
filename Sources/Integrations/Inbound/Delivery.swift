package import Engine

/// A request of a sender as it came in: raw, so that a signature can be checked over its very bytes.
package struct InboundDelivery: Sendable {
  /// By what way: `alertmanager`, `generic/sentry`.
  package var format: String
  /// In the order in which they came.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(format: String, headers: [(name: String, value: String)] = [], body: [UInt8]) {
    (self.format, self.headers, self.body) = (format, headers, body)
  }

  /// The value of the first header of a name, whatever its case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }
}

/// What a delivery says.
package struct AlertReading: Sendable {
  package var alerts: [Alert] = []
  package var unread: [UnreadAlert] = []
  /// Messages that tell nothing about an alert, as a test does.
  package var ignored = 0
  /// That people answered there. Whoever signs nothing may not say so.
  package var answers: [InboundAnswer] = []

  package init() {}
}

/// That somebody has taken on what they were called for, as another system tells.
package struct InboundAnswer: Hashable, Sendable {
  package var about: Subject
  /// Who answered, as the other system calls them.
  package var person: String
  /// What else it knows them by: an id, a mail address.
  package var others: [String] = []
  /// Who had been called, where that is known.
  package var called: String?
  package var time: Timestamp?
  /// The sender's name of the event: the same again is no news.
  package var event: String

  package enum Subject: Hashable, Sendable {
    /// An incident by its id.
    case incident(String)
    /// The incident that has taken an alert, by the alert's key.
    case alert(String)
  }

  package init(
    about: Subject, person: String, others: [String] = [], called: String? = nil,
    time: Timestamp? = nil, event: String
  ) {
    (self.about, self.person, self.others, self.called) = (about, person, others, called)
    (self.time, self.event) = (time, event)
  }
}

/// Something that was sent as an alert and is none that can be read: kept, so that somebody can look at it.
package struct UnreadAlert: Hashable, Sendable {
  /// Why, with the place in the body.
  package var reason: String
  /// What was sent, as text, cut where it is long.
  package var content: String

  package static let contentLimit = 16 << 10

  package init(reason: String, content: String) {
    (self.reason, self.content) = (reason, content)
  }

  init(_ reason: String, _ json: JSON) {
    self.init(
      reason: reason, content: AlertText.cut(json.text, limit: Self.contentLimit))
  }
}

/// Why nothing of a delivery can be used.
package enum DeliveryProblem: Error, Hashable, Sendable {
  case unknownFormat(String, known: [String])
  case tooLarge(count: Int, limit: Int)
  /// No JSON, from that byte on.
  case notJSON(line: Int, column: Int, offset: Int, expected: String)

  /// One line for whoever set the sender up.
  package var description: String {
    switch self {
    case .unknownFormat(let name, let known):
      "there is no format '\(name)'; known: \(known.joined(separator: ", "))"
    case .tooLarge(let count, let limit):
      "the body has \(count) bytes, and \(limit) are the most"
    case .notJSON(let line, let column, let offset, let expected):
      "no JSON: line \(line), column \(column) (byte \(offset)): expected \(expected)"
    }
  }
}
