package import Engine

/// What is to be read for a screen.
package enum ReadingJob: Sendable {
  case open(String)
  case showNothing
  case list
  /// The newest closed incidents.
  case listClosed
  /// The newest entries of an incident that is not shown.
  case preview(String)
  /// The newest entries of several incidents.
  case activity([String])
  case load(ClosedRange<Int>, in: String)
  /// Something was appended from here, and is on the disk.
  case follow
  /// An attempt to deliver is over.
  case deliveryEnded(Delivering)
}
