import Engine
import EventLog
import Glibc
import TeamStore
import TestSupport
import Testing

@Suite(.serialized, .enabled(if: EtcdCluster.isInstalled, Comment(rawValue: EtcdCluster.isMissing)))
struct `Damage to what machines share` {
  private let cluster: EtcdCluster
  private let a: Machine
  private let b: Machine
  private let id: String

  init() throws {
    cluster = try EtcdCluster()
    (a, b, id) = try cluster.sharingFiveEntries()
  }

  private func key(_ number: Int) -> String { cluster.key(number, of: id) }

  private var path: String { "\(a.home)/incidents/\(id).jsonl" }

  @Test func `a torn copy that begins the next entry is completed`() throws {
    let whole = a.bytes(of: id)
    Machine.write(Array(whole.dropLast(30)), to: path)
    _ = try a.note("next", in: id)
    #expect(Array(a.bytes(of: id).prefix(whole.count)) == whole)
    #expect(try problems(cluster, a, b) == [])
    #expect(a.team.folder.alarms().isEmpty)
  }

  @Test func `a torn copy that begins no entry is set aside and made anew`() throws {
    let whole = a.bytes(of: id)
    Machine.write(whole + Array("{\"seq\":6,\"id\"".utf8), to: path)
    _ = try a.note("next", in: id)
    #expect(try problems(cluster, a, b) == [])
    #expect(a.team.folder.alarms().contains { $0.hasPrefix("FORK") })
  }

  @Test func `a copy that was emptied or lost is made anew`() throws {
    unlink(path)
    try b.freshen()
    _ = try b.note("from b", in: id)
    try a.freshen()
    #expect(a.bytes(of: id) == b.bytes(of: id))
    Machine.write([], to: path)
    _ = try a.note("from a", in: id)
    #expect(try problems(cluster, a, b) == [])
  }

  @Test func `a copy edited by hand is kept, made anew, and what it alone had is offered again`()
    throws
  {
    // A line of the same length of file and number, with a good seal, that only this machine has.
    let lines = a.bytes(of: id).split(separator: 10)
    let previous = Array(lines[3].suffix(66).prefix(64))
    let own = Machine.random()
    let line = EventCoding.line(
      sequence: 5, id: own, recorded: a.now, occurred: nil, author: Machine.mira,
      kind: "note.added", data: EventData(["text": "only here"]), after: previous)
    Machine.write(Array(lines[..<4].joined(separator: [10])) + [10] + line + [10], to: path)
    _ = try a.note("next", in: id)
    #expect(try problems(cluster, a, b) == [])
    #expect(
      try a.texts(of: id) == [
        "incident.declared", "note 1", "note 2", "note 3", "note 4", "next", "only here",
      ] || a.texts(of: id).suffix(2) == ["only here", "next"])
    let alarms = a.team.folder.alarms()
    #expect(alarms.contains { $0.hasPrefix("FORK") && $0.contains("1 entries") })
  }

  @Test func `an overwritten entry is told`() throws {
    cluster.control(["put", key(5), "something else"])
    _ = try b.note("next", in: id)
    #expect(b.team.folder.alarms().contains { $0.contains("was overwritten") })
    // The line that was overwritten is kept.
    #expect(b.team.folder.alarms().contains { $0.hasPrefix("FORK") })
    let forks = Machine.bytes("\(b.home)/forks/\(id)-\(b.hashBefore(of: a, id)).jsonl")
    #expect(forks == a.bytes(of: id))
    b.offer()
    #expect(try b.texts(of: id).contains("note 4"))
  }

  @Test func `an entry that was deleted is put back by a machine that has it`() throws {
    cluster.control(["del", key(5)])
    _ = try b.note("next", in: id)
    #expect(try problems(cluster, a, b) == [])
    #expect(try a.texts(of: id).suffix(2) == ["note 4", "next"])
  }

  @Test func `nothing is put behind a gap by a machine that lacks the entry`() throws {
    cluster.control(["del", key(3)])
    let c = try Machine("c", of: cluster)
    guard case .notRecorded = try c.note("behind a gap", in: id) else {
      guard case .kept = try c.note("behind a gap", in: id) else {
        Issue.record("it was recorded behind a gap")
        return
      }
      return
    }
    #expect(c.team.folder.alarms().contains { $0.contains("entry 3") && $0.contains("missing") })
  }

  @Test func `a foreign key among the entries is told and harms nothing`() throws {
    cluster.control(["put", "/muster/v1/incidents/\(id)/zzz", "x"])
    _ = try a.note("next", in: id)
    #expect(a.team.folder.alarms().contains { $0.contains("foreign key") })
    try b.freshen()
    #expect(a.bytes(of: id) == b.bytes(of: id))
  }

  @Test func `a value that cannot be a line stops the copy before it`() throws {
    cluster.control(["put", key(6), "two\nlines"])
    guard case .kept = try a.note("next", in: id) else {
      Issue.record("it was put behind something that is no line")
      return
    }
    #expect(a.team.folder.alarms().contains { $0.contains("cannot be a line") })
    #expect(a.bytes(of: id) == b.bytes(of: id))
  }

  @Test func `a value that is damaged as a line is kept, and recording goes on`() throws {
    cluster.control(["put", key(6), "not an event"])
    _ = try a.note("next", in: id)
    try b.freshen()
    #expect(a.bytes(of: id) == b.bytes(of: id))
    #expect(String(decoding: a.bytes(of: id), as: UTF8.self).contains("\nnot an event\n"))
    guard case .recorded(let event) = try b.note("and on", in: id) else {
      Issue.record("recording does not go on")
      return
    }
    #expect(event.sequence == 8)
    let reader = LogReader(path: path)
    _ = try reader.read(at: .distantFuture) { _ in }
    #expect(reader.damageCount > 0)
  }

  @Test(arguments: [false, true])
  func `a cluster restored from a backup gets back what the machines have`(
    othersWrote: Bool
  ) throws {
    let snapshot = cluster.folder + "/snapshot.db"
    cluster.save(to: snapshot)
    for number in 1...100 { _ = try a.note("later \(number)", in: id) }
    let late = try a.declare("Declared later")
    try b.freshen()
    try cluster.restore(snapshot)
    if othersWrote {
      // A machine that knew only what the backup has goes on.
      let c = try Machine("c", of: cluster)
      for number in 1...3 { _ = try c.note("other \(number)", in: id) }
      #expect(try problems(cluster, a, b, c) == [])
      #expect(try c.texts(of: id).count == 108)
      #expect(a.team.folder.alarms().contains { $0.hasPrefix("FORK") })
    } else {
      _ = try b.note("after", in: id)
      #expect(try problems(cluster, a, b) == [])
      #expect(try b.texts(of: id).count == 106)
    }
    #expect(try a.texts(of: late) == ["incident.declared"])
    #expect(b.bytes(of: late) == a.bytes(of: late))
  }
}

extension Machine {
  /// The first characters of the seal that a log ends with on another machine.
  func hashBefore(of other: Machine, _ id: String) -> String {
    String(decoding: other.bytes(of: id).dropLast(3).suffix(64).prefix(8), as: UTF8.self)
  }
}
