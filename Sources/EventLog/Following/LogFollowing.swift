/// Notices that a log has changed.
package protocol LogFollowing: AnyObject {
  /// To wait on for input; nil where there are no notices, so that only looking now and then tells.
  var descriptor: Int32? { get }

  /// Whether the log is not what it was at the last call.
  func changed() -> Bool
}
