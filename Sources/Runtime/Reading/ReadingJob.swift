package import Engine

/// What is to be read for a screen.
package enum ReadingJob: Sendable {
  case open(String)
  case showNothing
  case list
  case load(ClosedRange<Int>, in: String)
  /// Something was appended from here, and is on the disk.
  case follow
  /// An attempt to deliver is over.
  case deliveryEnded(Delivering)
}
