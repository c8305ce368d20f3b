import Engine
import EventLog
import Glibc
import TeamStore
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: EtcdCluster.isInstalled, Comment(rawValue: EtcdCluster.isMissing)))
struct `A store that several machines share` {
  private let cluster: EtcdCluster

  init() throws { cluster = try EtcdCluster() }

  @Test func `copies are the same byte for byte whoever records`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try b.freshen()
    for number in 0..<20 {
      _ = try a.note("a \(number)", in: id)
      _ = try b.note("b \(number)", in: id)
    }
    try a.freshen()
    #expect(a.bytes(of: id) == b.bytes(of: id))
    #expect(try a.texts(of: id).count == 41)
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `a decision on what others have overtaken is made again`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try b.freshen()
    _ = try b.note("faster", in: id)
    guard case .conflict(actual: 2) = try a.note("slower", in: id, expecting: 1) else {
      Issue.record("the decision was not refused")
      return
    }
    guard case .recorded(let event) = try a.note("slower", in: id, expecting: 2) else {
      Issue.record("the decision was refused again")
      return
    }
    #expect(event.sequence == 3)
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `the same title declared by two machines gives two incidents`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let first = try a.declare("Checkout errors")
    let second = try b.declare("Checkout errors")
    #expect(second == first + "-2")
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `a fact of a given identity is recorded once by all machines`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try b.freshen()
    let draft = EventDraft(
      .noteAdded, identity: .named("the same"), EventData(["text": "once"]))
    let first = try a.store.writer(of: id).append(draft, author: Machine.mira, now: { a.now })
    let second = try b.store.writer(of: id).append(draft, author: Machine.mira, now: { b.now })
    guard case .recorded(let one) = first, case .present(let other) = second else {
      Issue.record("\(first) \(second)")
      return
    }
    #expect(one.id == other.id)
    #expect(one.sequence == other.sequence)
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `words are kept while no majority answers, and shared once in their order`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try b.freshen()
    _ = try b.note("before", in: id)
    cluster.stopAll()
    guard case .kept(_, _, since: a.now) = try a.note("one", in: id) else {
      Issue.record("nothing was kept")
      return
    }
    _ = try a.note("two", in: id)
    #expect(try a.texts(of: id) == ["incident.declared", "[one]", "[two]"])
    #expect(a.team.condition.unshared == [id: 2])
    #expect(a.team.condition.unsharedSince == a.now)
    cluster.goOnAll()
    try cluster.waitUntilWell()
    try a.team.probe(within: .seconds(3))
    a.now = a.now + .seconds(60)
    #expect(a.offer().map(\.event.sequence) == [3, 4])
    #expect(try a.texts(of: id) == ["incident.declared", "before", "one", "two"])
    #expect(a.team.condition.unsharedCount == 0)
    #expect(try problems(cluster, a, b) == [])
    // They happened when they were typed.
    let events = try a.store.events([3], of: id)
    #expect(events[3]?.occurred == Machine.start)
  }

  @Test func `what was sent without an answer is there once`() throws {
    let a = try Machine("a", of: cluster)
    let id = try a.declare("Checkout errors")
    // Two members stand still, so that the third takes what it cannot answer; it is done when they go on.
    guard let leader = cluster.leader else {
      Issue.record("nobody leads")
      return
    }
    a.restart { $0.endpoints = [cluster.endpoint(leader)] }
    for member in 0..<3 where member != leader { cluster.stop(member) }
    guard case .kept = try a.note("unknown", in: id) else {
      Issue.record("nothing was kept")
      return
    }
    cluster.goOnAll()
    try cluster.waitUntilWell()
    a.restart { $0.endpoints = cluster.endpoints }
    try a.team.probe(within: .seconds(3))
    #expect(try problems(cluster, a) == [])
    #expect(try a.texts(of: id) == ["incident.declared", "unknown"])
  }

  @Test func `an incident declared while cut off goes to the others as it is`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    cluster.stopAll()
    let id = try a.declare("Checkout errors")
    #expect(id.hasPrefix("2025-11-21-checkout-errors-"))
    #expect(id.count == "2025-11-21-checkout-errors-".count + 4)
    guard case .recorded(let event) = try a.note("alone", in: id) else {
      Issue.record("a log of this machine alone takes entries")
      return
    }
    #expect(event.sequence == 2)
    let before = a.bytes(of: id)
    #expect(a.team.condition.unshared == [id: 2])
    cluster.goOnAll()
    try cluster.waitUntilWell()
    try a.team.probe(within: .seconds(3))
    a.offer()
    try b.freshen()
    #expect(a.bytes(of: id) == before)
    #expect(b.bytes(of: id) == before)
    #expect(!a.team.isPending(id))
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `incidents of before are brought in, and what is not whole stays here`() throws {
    let a = try Machine("a", of: cluster, joins: false)
    let local = try a.files.createLocally(
      title: "Old", id: nil, began: nil, author: Machine.mira, now: { a.now }
    ) { id in
      EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id), "title": "Old"]))
    }
    let torn = "2025-11-20-torn"
    Machine.write(
      a.bytes(of: local.id) + Array("{\"seq\":2".utf8), to: "\(a.home)/incidents/\(torn).jsonl")
    let looked = try a.team.lookAtJoining()
    #expect(looked.brought == [local.id])
    #expect(looked.refused.map(\.id) == [torn])
    try a.join()
    #expect(a.team.folder.localIDs() == [torn])
    let b = try Machine("b", of: cluster)
    #expect(b.bytes(of: local.id) == a.bytes(of: local.id))
    #expect(b.bytes(of: torn).isEmpty)
  }

  @Test func `joining again goes on with what was left, and whoever left comes back`() throws {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let id = try a.declare("Checkout errors")
    try a.join()
    #expect(a.team.folder.localIDs().isEmpty)
    try b.freshen()
    try a.team.folder.leave()
    _ = try a.files.localWriter(of: id).append(
      Machine.note("alone"), author: Machine.mira, now: { a.now })
    _ = try b.note("from b", in: id)
    try a.join()
    a.offer()
    #expect(try a.texts(of: id) == ["incident.declared", "from b", "alone"])
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `two machines that declare the same title at once get an incident each`() async throws
  {
    let (a, b) = (try Machine("a", of: cluster), try Machine("b", of: cluster))
    let (settings, files) = ((a.settings, b.settings), (a.files, b.files))
    async let first = Machine.declare("Checkout errors", settings.0, files.0, at: Machine.start)
    async let second = Machine.declare("Checkout errors", settings.1, files.1, at: Machine.start)
    let ids = try await [first, second]
    #expect(Set(ids) == ["2025-11-21-checkout-errors", "2025-11-21-checkout-errors-2"])
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `another store than the one that was joined is neither read nor written`() throws {
    let a = try Machine("a", of: cluster)
    let id = try a.declare("Checkout errors")
    a.restart { $0.prefix = "/mustre" }
    guard case .kept = try a.note("to nowhere", in: id) else {
      Issue.record("it was not kept")
      return
    }
    #expect(throws: TeamTrouble.self) { try a.freshen() }
    #expect(cluster.control(["get", "--prefix", "/mustre"]).output.isEmpty)
    a.restart { $0.prefix = "/muster" }
    try a.team.probe(within: .seconds(2))
    #expect(try problems(cluster, a) == [])
  }
}
