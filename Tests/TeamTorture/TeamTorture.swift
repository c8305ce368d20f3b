import Engine
import EventLog
import Glibc
import Synchronization
import TeamStore
import TestSupport

/// Writes to an incident that machines share as fast as it can, and tells on standard output what was answered, to be cut
/// off, stopped and killed while it does; or checks what came of it.
@main
struct TeamTorture {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    switch words.first {
    case "join" where words.count == 3: join(home: words[1], words[2])
    case "declare" where words.count == 4: declare(home: words[1], words[2], title: words[3])
    case "write" where words.count == 6:
      write(home: words[1], words[2], id: words[3], name: words[4], count: Int(words[5]) ?? 0)
    case "die" where words.count == 6:
      die(home: words[1], words[2], id: words[3], name: words[4], count: Int(words[5]) ?? 0)
    case "settle" where words.count == 3: settle(home: words[1], words[2])
    case "bare" where words.count == 4: bare(words[1], name: words[2], count: Int(words[3]) ?? 0)
    case "append" where words.count == 5:
      append(home: words[1], words[2], id: words[3], count: Int(words[4]) ?? 0)
    case "arrive" where words.count == 6:
      arrive(
        from: words[1], to: words[2], words[3], id: words[4], count: Int(words[5]) ?? 0)
    case "fill" where words.count == 4:
      fill(home: words[1], incidents: Int(words[2]) ?? 0, entries: Int(words[3]) ?? 0)
    case "bring" where words.count == 3: bring(home: words[1], words[2])
    case "once" where words.count == 3: once(words[1], name: words[2])
    case "nothing": return
    case "check" where words.count >= 4: check(words[1], words[2], Array(words[3...]))
    default:
      fail(
        "usage: team-torture join HOME ENDPOINTS | declare HOME ENDPOINTS TITLE | "
          + "write HOME ENDPOINTS ID NAME COUNT | die HOME ENDPOINTS ID NAME COUNT | "
          + "settle HOME ENDPOINTS | "
          + "append HOME ENDPOINTS ID COUNT | arrive HOME OTHER ENDPOINTS ID COUNT | "
          + "fill HOME INCIDENTS ENTRIES | bring HOME ENDPOINTS | once ENDPOINTS NAME | nothing | "
          + "bare ENDPOINTS NAME COUNT | check ENDPOINTS ANSWERS HOME…")
    }
  }

  static func fail(_ text: String) -> Never {
    tell("team-torture: \(text)", to: 2)
    exit(1)
  }

  /// Writes a line at once, so that what was told is told whatever comes next.
  static func tell(_ text: String, to file: Int32 = 1) {
    let bytes = Array((text + "\n").utf8)
    _ = Glibc.write(file, bytes, bytes.count)
  }

  static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let seconds = Int64(time.tv_sec) + (Int64(variable("SKEW") ?? "") ?? 0)
    return Timestamp(milliseconds: seconds * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// Seconds that the clock is wrong by, and the files of TLS, stand in the environment.
  static func variable(_ name: String) -> String? {
    getenv("TORTURE_\(name)").map { String(cString: $0) }
  }

  /// Where a client without a home keeps its token.
  static var tokenPath: String { variable("TOKEN") ?? "/tmp/.team-torture.\(getpid())" }

  static func settings(_ endpoints: String) -> TeamSettings {
    var settings = TeamSettings(endpoints: endpoints.split(separator: ",").map(String.init))
    settings.ca = variable("CA")
    (settings.certificate, settings.key) = (variable("CERT"), variable("KEY"))
    settings.user = variable("USER")
    if let password = variable("PASSWORD") {
      settings.password = { () throws(TeamTrouble) in password }
    }
    return settings
  }

  static func team(_ home: String, _ endpoints: String) -> Team {
    Team(settings(endpoints), of: FileStore(home: home))
  }

  static func join(home: String, _ endpoints: String) {
    do throws(TeamTrouble) {
      let joining = try team(home, endpoints).lookAtJoining()
      var random = SystemRandomNumberGenerator()
      let id = EventID(version7At: now, random: (random.next(), random.next()))
      try team(home, endpoints).join(joining, new: id, at: now)
      try team(home, endpoints).freshen(until: .now + .seconds(30), now: { now })
    } catch { fail(error.reason) }
  }

  static func declare(home: String, _ endpoints: String, title: String) {
    let team = team(home, endpoints)
    do throws(LogError) {
      let new = try team.files.shared(by: team).create(
        title: title, id: nil, began: nil, author: Author(actor: "torture", source: "test"),
        now: { now }
      ) { id in
        EventDraft(
          .incidentDeclared,
          EventData(["format": 1, "id": .string(id), "title": .string(title)]))
      }
      tell(new.id)
    } catch { fail(error.description) }
  }

  /// Each entry is told as it is answered: `shared ID milliseconds`, or `kept ID milliseconds`.
  static func write(home: String, _ endpoints: String, id: String, name: String, count: Int) {
    let team = team(home, endpoints)
    let author = Author(actor: name, source: "test")
    do throws(LogError) {
      let writer = try team.files.shared(by: team).writer(of: id)
      for number in 0..<count {
        let draft = EventDraft(
          .noteAdded, EventData(["text": .string("\(name) \(number) of \(count)")]))
        let begin = ContinuousClock.now
        let appended = writer.append(draft, author: author, now: { now })
        let span = Int((ContinuousClock.now - begin) / .microseconds(1))
        switch appended {
        case .recorded(let event), .present(let event):
          tell("shared \(event.id.description) \(span)")
        case .kept(let draft, _, _):
          guard case .known(let event) = draft.identity else { fail("kept without an identity") }
          tell("kept \(event.description) \(span)")
        case .notRecorded(_, _, let error): tell("failed \(error.description)")
        case .conflict, .unconfirmed: tell("failed otherwise")
        }
      }
    } catch { fail(error.description) }
  }

  /// Ends by a signal between the transaction of its last entry and its own copy; some bytes of the line may be in that.
  static func die(home: String, _ endpoints: String, id: String, name: String, count: Int) {
    let left = Atomic(count)
    var calls = FileCalls.system
    let write = calls.write
    calls.write = { file, bytes in
      guard left.subtract(1, ordering: .relaxed).newValue == 0 else { return write(file, bytes) }
      // The cluster has it: it counts as answered.
      let line = bytes.dropLast()
      if let event = EventCoding.event(in: Array(line)[...]) {
        tell("shared \(event.id.description)")
      }
      _ = write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count * (count % 3) / 3)))
      kill(getpid(), SIGKILL)
      return 0
    }
    let files = FileStore(home: home, calls: calls)
    let team = Team(settings(endpoints), of: files)
    do throws(LogError) {
      let writer = try files.shared(by: team).writer(of: id)
      for number in 0..<count {
        let draft = EventDraft(
          .noteAdded, EventData(["text": .string("\(name) \(number) of \(count)")]))
        let appended = writer.append(
          draft, author: Author(actor: name, source: "test"), now: { now })
        if let event = appended.event { tell("shared \(event.id.description)") }
      }
    } catch { fail(error.description) }
    fail("it is still alive")
  }

  /// Puts as many bare keys, one behind the other with those of others, as writers of one incident do without a store.
  static func bare(_ endpoints: String, name: String, count: Int) {
    let client = EtcdClient(settings(endpoints), tokenPath: tokenPath)
    let keys = StoreKeys(prefix: "/muster/bare")
    var number = 0
    var done = 0
    do throws(TeamTrouble) {
      while done < count {
        let value = Array("\(name) \(done) of \(count)".utf8) + Array(repeating: 46, count: 300)
        let end = StoreKeys.end(of: keys.entries(of: "bare"))
        let range = EtcdRange(keys.entry(number + 1, of: "bare"), end: end, limit: 500)
        let outcome = try client.transact(
          if: [.isMissing(keys.entry(number + 1, of: "bare"))],
          [.put(keys.entry(number + 1, of: "bare"), value)], else: [.read(range)],
          until: .now + .seconds(5))
        number += outcome.isDone ? 1 : outcome.found.first?.entries.count ?? 0
        if outcome.isDone { done += 1 }
      }
    } catch { fail(error.reason) }
  }

  /// Shares what waits and takes over what there is.
  static func settle(home: String, _ endpoints: String) {
    let team = team(home, endpoints)
    for _ in 0..<50 {
      do throws(TeamTrouble) {
        try team.probe(within: .seconds(2))
        _ = team.offer(now: { _ in now })
        try team.freshen(until: .now + .seconds(20), now: { now })
        if team.condition.unsharedCount == 0 { return }
      } catch {
        usleep(200_000)
      }
    }
    fail("\(home): \(team.condition.unsharedCount) entries are not shared yet")
  }

  static func check(_ endpoints: String, _ answers: String, _ homes: [String]) {
    var events: [EventID] = []
    var counts: [String: Int] = [:]
    var spans: [Int] = []
    let file = fopen(answers, "r")
    guard let file else { fail("cannot read \(answers)") }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let kind = parts.first else { continue }
      counts[kind, default: 0] += 1
      guard kind != "failed", parts.count >= 2, let id = EventID(parts[1]) else { continue }
      events.append(id)
      if parts.count > 2, let span = Int(parts[2]) { spans.append(span) }
    }
    fclose(file)
    let findings = TeamChecker(settings(endpoints)).check(homes: homes, events: events)
    spans.sort()
    let median = spans.isEmpty ? 0 : spans[spans.count / 2]
    tell(
      "answered: shared \(counts["shared", default: 0]), kept \(counts["kept", default: 0]), "
        + "failed \(counts["failed", default: 0]); entries \(findings.entries) in "
        + "\(findings.incidents) incidents on \(homes.count) machines; an answer took "
        + "\(median) µs at the median, \(spans.last ?? 0) µs at most")
    for problem in findings.problems { tell("PROBLEM \(problem)") }
    if !findings.problems.isEmpty { exit(1) }
  }
}
