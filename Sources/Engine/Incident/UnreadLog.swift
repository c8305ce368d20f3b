/// Why an open incident cannot be shown by its log.
package enum UnreadLog: String, Hashable, Sendable {
  case notReadable = "not_readable"
  /// The log was taken away.
  case missing
  /// The log is there and holds no entry.
  case emptied
  /// The log holds entries and none that declares the incident.
  case undeclared

  /// In capitals, as every surface marks it.
  package var mark: String {
    switch self {
    case .notReadable: "LOG NOT READABLE"
    case .missing: "LOG MISSING"
    case .emptied: "LOG EMPTIED"
    case .undeclared: "NO DECLARATION"
    }
  }
}
