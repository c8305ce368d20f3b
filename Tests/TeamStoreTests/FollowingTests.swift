import Engine
import EventLog
import Glibc
import Runtime
import TeamStore
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: EtcdCluster.isInstalled, Comment(rawValue: EtcdCluster.isMissing)))
struct `Following what other machines record` {
  private let cluster: EtcdCluster

  init() throws { cluster = try EtcdCluster() }

  /// Follows for as long as the test program runs.
  private func follow(_ machine: Machine, watches: Bool = true, looks: Bool = true) throws {
    let (settings, files) = (machine.settings, machine.files)
    if watches {
      try Worker { Team(settings, of: files).watch(now: { Machine.start }) }.detach()
    }
    if looks {
      try Worker { Team(settings, of: files).compare(now: { Machine.start }) }.detach()
    }
  }

  private func waitFor(_ seconds: Int = 10, _ isSo: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<seconds * 1000 {
      if try isSo() { return true }
      usleep(1000)
    }
    return false
  }

  @Test func `an entry of another machine is here within a moment`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try follow(b)
    #expect(waitFor { !b.bytes(of: id).isEmpty && b.team.isFollowed })
    for number in 0..<40 {
      _ = try a.note("note \(number)", in: id)
      let wanted = a.bytes(of: id)
      #expect(waitFor(3) { b.bytes(of: id) == wanted })
    }
  }

  @Test func `what no watch told is found by looking`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try follow(b, watches: false)
    #expect(waitFor { b.bytes(of: id) == a.bytes(of: id) })
    _ = try a.note("later", in: id)
    #expect(waitFor { b.bytes(of: id) == a.bytes(of: id) })
  }

  @Test func `following ends while no majority answers, and begins again by itself`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try follow(b)
    #expect(waitFor { b.team.isFollowed })
    cluster.stop(0)
    cluster.stop(1)
    #expect(waitFor(15) { !b.team.isFollowed })
    #expect(waitFor(10) { b.team.condition.isStale })
    cluster.goOnAll()
    try cluster.waitUntilWell()
    _ = try a.note("again", in: id)
    #expect(waitFor(15) { b.team.isFollowed && b.bytes(of: id) == a.bytes(of: id) })
  }
}
