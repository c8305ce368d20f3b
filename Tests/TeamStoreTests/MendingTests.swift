import Engine
import EventLog
import Glibc
import Runtime
import TeamStore
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: EtcdCluster.isInstalled, Comment(rawValue: EtcdCluster.isMissing)))
struct `Mending what machines share` {
  private let cluster: EtcdCluster
  private let a: Machine
  private let b: Machine
  private let id: String

  init() throws {
    cluster = try EtcdCluster()
    (a, b, id) = try cluster.sharingFiveEntries()
  }

  private func key(_ number: Int) -> String { cluster.key(number, of: id) }

  private func setAside() throws -> [String] {
    try a.team.unusable().compactMap { try a.team.setAside($0) }
  }

  @Test func `a newest entry that can be no line is set aside for the next`() throws {
    cluster.control(["put", key(6), "two\nlines"])
    guard case .kept = try a.note("waits", in: id) else {
      Issue.record("it was put behind something that is no line")
      return
    }
    let paths = try setAside()
    #expect(paths == ["\(a.home)/forks/\(id)-entry-6"])
    #expect(Machine.bytes(paths[0]) == Array("two\nlines".utf8))
    #expect(!a.team.folder.alarms().contains { $0.contains("cannot be a line") })
    #expect(try problems(cluster, a, b) == [])
    #expect(try b.texts(of: id).last == "waits")
  }

  @Test func `an entry overwritten by what is no line gets this machine's line back`() throws {
    cluster.control(["put", key(3), "two\nlines"])
    #expect(try setAside().count == 1)
    try b.freshen()
    #expect(a.bytes(of: id) == b.bytes(of: id))
    let checker = TeamChecker(endpoints: cluster.endpoints)
    // That it was put more than once stays to be seen.
    let problems = checker.check(homes: [a.home, b.home], events: []).problems
    #expect(problems == ["\(key(3)) has version 3"])
  }

  @Test func `a store that is gone is made again only when that is asked for`() throws {
    cluster.control(["del", "--prefix", "/muster"])
    guard case .kept = try a.note("waits", in: id) else {
      Issue.record("it was put into a store that is not there")
      return
    }
    guard case .missing = try a.team.lookAtStore() else {
      Issue.record("the store is there")
      return
    }
    #expect(try a.team.makeAgain())
    #expect(try problems(cluster, a, b) == [])
    #expect(try b.texts(of: id).count == 6)
  }

  @Test func `another store is gone on with only when that is asked for`() throws {
    cluster.control(["put", "/muster/v1/store", #"{"format":1,"id":"another"}"#])
    guard case .kept = try a.note("waits", in: id) else {
      Issue.record("it was put into another store")
      return
    }
    guard case .other(let other) = try a.team.lookAtStore() else {
      Issue.record("it is no other store")
      return
    }
    for machine in [a, b] {
      #expect(try machine.team.accept(other, at: machine.now) == [])
      machine.restart()
    }
    #expect(try problems(cluster, a, b) == [])
    #expect(try b.texts(of: id).last == "waits")
  }

  @Test func `what only a fork has and cannot be offered again is told`() throws {
    cluster.stopAll()
    let lines = a.bytes(of: id)
    let chain = String(decoding: lines.dropLast(3).suffix(64), as: UTF8.self)
    let unknown = EventCoding.line(
      sequence: 6, id: Machine.random(), recorded: a.now, occurred: nil, author: Machine.mira,
      kind: "thing.happened", data: EventData(["text": "from the future"]),
      after: Array(chain.utf8))
    Machine.write(lines + unknown + [10], to: "\(a.home)/incidents/\(id).jsonl")
    cluster.goOnAll()
    try cluster.waitUntilWell()
    _ = try b.note("meanwhile", in: id)
    try a.freshen()
    _ = try a.note("next", in: id)
    #expect(a.team.folder.alarms().contains { $0.contains("entry 6 (thing.happened)") })
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `what waits to be shared is told to people after a minute`() throws {
    cluster.stopAll()
    _ = try a.note("cut off", in: id)
    var watch = ConditionWatch(a.store)
    #expect(watch.look(at: [id], a.now + .seconds(59)).isEmpty)
    #expect(watch.next == a.now + .seconds(60))
    let later = watch.look(at: [id], a.now + .seconds(60))
    #expect(later[id]?.unsharedSince == a.now)
    cluster.goOnAll()
    try cluster.waitUntilWell()
    try a.team.probe(within: .seconds(2))
    a.offer()
    #expect(watch.look(at: [id], a.now + .seconds(90)).isEmpty)
  }

  @Test func `settings that were not put by Muster leave those of before in force`() throws {
    let settings = SharedSettings(
      number: 1, author: Machine.mira, at: a.now, files: ["store.yaml": Array("zone: UTC\n".utf8)])
    #expect(try a.team.push(settings, over: nil))
    try b.freshen()
    #expect(b.team.folder.settings?.number == 1)
    let outside = #"{"format":1,"number":2,"at":"2026-01-01T00:00:00Z","files":{"../x":""}}"#
    for value in ["something", outside] {
      cluster.control(["put", "/muster/v1/settings/shared", value])
      try b.freshen()
      #expect(b.team.folder.settings?.number == 1)
    }
    #expect(b.team.folder.alarms().filter { $0.contains("settings cannot be used") }.count == 2)
    #expect(Machine.bytes(TeamFolder.settingsPath(b.home)) == Array("zone: UTC\n".utf8))
  }
}
