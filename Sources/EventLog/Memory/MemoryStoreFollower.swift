/// Follows all logs of a store in memory.
final class MemoryStoreFollower: LogFollowing {
  var descriptor: Int32? { bell.descriptor }
  private let bell: MemoryBell

  init(_ bell: MemoryBell) { self.bell = bell }

  func changed() -> Bool { bell.silence() }
}
