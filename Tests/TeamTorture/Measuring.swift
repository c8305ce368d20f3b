import Engine
import EventLog
import Glibc
import Runtime
import TeamStore

/// Figures of what machines share beside those of bare transactions, in the same run.
extension TeamTorture {
  static func median(_ spans: [Duration]) -> Double {
    let sorted = spans.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2] / .microseconds(1)
  }

  static func decimals(_ value: Double) -> String {
    let tenths = Int((value * 100).rounded())
    return "\(tenths / 100).\(tenths % 100 < 10 ? "0" : "")\(tenths % 100)"
  }

  /// The transaction of an append, alone: its line and its head behind the line before it.
  final class BareWriter {
    private let client: EtcdClient
    private let folder: String
    private var number = 0
    private var revision: Int64 = 0

    init(_ settings: TeamSettings, name: String) {
      client = EtcdClient(settings, tokenPath: tokenPath)
      folder = "/muster/bare/\(name)/"
    }

    func put() throws(TeamTrouble) {
      var conditions: [EtcdCondition] = [.isMissing("\(folder)\(number + 1)")]
      if number > 0 { conditions.append(.isAt("\(folder)\(number)", revision: revision)) }
      let outcome = try client.transact(
        if: conditions,
        [
          .put("\(folder)\(number + 1)", Array(repeating: 46, count: 330)),
          .put("\(folder)head", Array(repeating: 46, count: 160)),
        ], until: .now + .seconds(5))
      (number, revision) = (number + 1, outcome.header.revision)
    }
  }

  /// Appends and bare transactions, one after the other.
  static func append(home: String, _ endpoints: String, id: String, count: Int) {
    let team = team(home, endpoints)
    let bare = BareWriter(settings(endpoints), name: "append\(getpid())")
    var own: [Duration] = []
    var theirs: [Duration] = []
    do {
      let writer = try team.files.shared(by: team).writer(of: id)
      for number in 0..<count {
        var begin = ContinuousClock.now
        let draft = EventDraft(.noteAdded, EventData(["text": .string("number \(number)")]))
        let appended = writer.append(
          draft, author: Author(actor: "torture", source: "test"), now: { now })
        guard case .recorded = appended else { fail("not recorded") }
        if number > 0 { own.append(ContinuousClock.now - begin) }
        begin = .now
        try bare.put()
        if number > 0 { theirs.append(ContinuousClock.now - begin) }
      }
    } catch { fail("\(error)") }
    tell(
      "append \(Int(median(own))) µs, bare transaction \(Int(median(theirs))) µs at the median of "
        + "\(own.count): \(decimals(median(own) / median(theirs))) ×")
  }

  /// How long it takes from the answer on one machine until what follows on another has read the entry.
  static func arrive(
    from home: String, to other: String, _ endpoints: String, id: String, count: Int
  ) {
    let there = team(other, endpoints)
    let team = team(home, endpoints)
    var spans: [Duration] = []
    do {
      try Worker { there.watch(now: { now }) }.detach()
      try Worker { there.compare(now: { now }) }.detach()
      while !there.isFollowed { usleep(20_000) }
      let store = there.files.shared(by: there)
      let follower = try store.follower(of: id, usesNotices: true)
      let reader = try store.reader(of: id)
      var seen = 0
      _ = try reader.read(at: now) { _ in seen += 1 }
      let writer = try team.files.shared(by: team).writer(of: id)
      for number in 0..<count {
        let draft = EventDraft(.noteAdded, EventData(["text": .string("number \(number)")]))
        let appended = writer.append(
          draft, author: Author(actor: "torture", source: "test"), now: { now })
        let begin = ContinuousClock.now
        guard case .recorded(let event) = appended else { fail("not recorded") }
        var has = false
        while !has {
          guard ContinuousClock.now - begin < .seconds(10) else { fail("it does not arrive") }
          if follower.changed() {
            _ = try reader.read(at: now) { has = has || $0.id == event.id }
          } else if let descriptor = follower.descriptor {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&entry, 1, 1)
          }
        }
        spans.append(ContinuousClock.now - begin)
        usleep(20_000)
      }
    } catch { fail("\(error)") }
    let longest = spans.max() ?? .zero
    tell(
      "from the answer to another machine's reader: \(Int(median(spans))) µs at the median of "
        + "\(spans.count), \(Int(longest / .microseconds(1))) µs at most")
  }

  /// Logs of a machine that shares nothing yet.
  static func fill(home: String, incidents: Int, entries: Int) {
    let folder = home + "/incidents"
    mkdir(home, 0o750)
    mkdir(folder, 0o750)
    for incident in 0..<incidents {
      let id = "2025-11-21-incident-\(incident)"
      var bytes: [UInt8] = []
      var previous = Array(repeating: UInt8(48), count: 64)
      for number in 1...entries {
        let data =
          number == 1
          ? EventData(["format": 1, "id": .string(id), "title": .string(id)])
          : EventData(["text": .string("\(number) of \(entries), and some more words about it")])
        var random = SystemRandomNumberGenerator()
        let line = EventCoding.line(
          sequence: number, id: EventID(version7At: now, random: (random.next(), random.next())),
          recorded: now, occurred: nil, author: Author(actor: "torture", source: "test"),
          kind: (number == 1 ? EventKind.incidentDeclared : .noteAdded).rawValue, data: data,
          after: previous)
        bytes += line + [10]
        previous = Array(line.dropLast(2).suffix(64))
      }
      let file = open("\(folder)/\(id).jsonl", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
      guard file >= 0, Glibc.write(file, bytes, bytes.count) == bytes.count else {
        fail("cannot write")
      }
      close(file)
    }
  }

  /// Shares what a home has of its own.
  static func bring(home: String, _ endpoints: String) {
    do throws(TeamTrouble) {
      let joining = try team(home, endpoints).lookAtJoining()
      var random = SystemRandomNumberGenerator()
      let id = EventID(version7At: now, random: (random.next(), random.next()))
      try team(home, endpoints).join(joining, new: id, at: now)
      try team(home, endpoints).bring(joining.brought) { id, trouble in
        if let trouble { fail("\(id): \(trouble.reason)") }
      }
    } catch { fail(error.reason) }
  }

  /// What a process needs at least: the library, a connection and one transaction.
  static func once(_ endpoints: String, name: String) {
    let bare = BareWriter(settings(endpoints), name: "\(name)\(getpid())")
    do throws(TeamTrouble) { try bare.put() } catch { fail(error.reason) }
  }
}
