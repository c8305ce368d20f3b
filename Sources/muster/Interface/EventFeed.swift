import Documents
import Engine
import EventLog
import Listener
import Runtime
import Wording

/// Tells what is recorded to whoever listens, as server-sent events, on a thread of its own.
struct EventFeed {
  enum Job: Sendable {
    /// Somebody listens, to one incident or to all that are open; `after` is the last event that they had.
    case listen(Reply, incident: String?, after: String?)
    case stop
  }

  private struct Followed {
    var reader: any LogReading
    var incident = Incident()
  }

  private let store: StoreAccess
  private let time = SystemTime()
  private var listeners: [(reply: Reply, incident: String?)] = []
  private var followed: [String: Followed] = [:]

  init(home: String) { store = StoreAccess(StorePlace(home: home)) }

  /// Most that listen at once.
  static let mostListeners = 32
  /// How often a sign is given that the connection is there.
  private static let pulse = Duration.seconds(15)

  mutating func run(_ jobs: Mailbox<Job>) {
    var follower: (any LogFollowing)?
    var nextPulse = Timestamp.distantFuture
    while true {
      for job in jobs.take() {
        guard case .listen(let reply, let incident, let last) = job else { return endAll() }
        if follower == nil { follower = beginFollowing() }
        begin(reply, incident, after: last)
      }
      listeners.removeAll { $0.reply.isOver }
      if listeners.isEmpty {
        (follower, followed) = (nil, [:])
        _ = time.wait(for: [jobs.descriptor], until: nil)
        continue
      }
      if follower == nil { follower = beginFollowing() }
      if time.now >= nextPulse || nextPulse - time.now > Self.pulse {
        for listener in listeners { listener.reply.write(Array(": \n\n".utf8)) }
        nextPulse = time.now + Self.pulse
      }
      let descriptors = [jobs.descriptor] + [follower?.descriptor].compactMap { $0 }
      let ready = time.wait(for: descriptors, until: nextPulse)
      // A notice says that something was written, and not where.
      _ = follower?.changed()
      if follower?.descriptor.map({ ready.contains($0) }) ?? true { tell() }
    }
  }

  private mutating func begin(_ reply: Reply, _ incident: String?, after last: String?) {
    guard listeners.count < Self.mostListeners else { return reply.send(.overloaded) }
    reply.begin(
      Response(
        200, headers: [Header("Content-Type", "text/event-stream")] + Response.plainHeaders,
        body: Array("retry: 2000\n\n".utf8)))
    // What was recorded before somebody listened is no news, but to whoever had listened before.
    tell()
    if let last { replay(after: last, incident, to: reply) }
    listeners.append((reply, incident))
  }

  /// Sends again what was recorded since an event: everything of its incident behind it, and of others what is not older.
  /// Whoever names an event that is not there is told to read everything anew.
  private mutating func replay(after last: String, _ incident: String?, to reply: Reply) {
    do throws(LogError) {
      let parts = last.split(separator: ":").map(String.init)
      guard parts.count == 2, let number = Int(parts[1]), IncidentName.isValid(parts[0]),
        try store.store.contains(parts[0]),
        let event = try store.store.events([number], of: parts[0])[number]
      else { return reply.write(Array("event: reset\ndata: {}\n\n".utf8)) }
      let ids = incident.map { [$0] } ?? Set(followed.keys).union([parts[0]]).sorted()
      for id in ids where try store.store.contains(id) {
        let reader = try store.store.reader(of: id)
        var present = Incident()
        _ = try reader.read(at: time.now) { one in
          present.apply(one)
          let isNews = id == parts[0] ? one.sequence > number : one.recorded >= event.recorded
          guard isNews else { return }
          let entry = Entry(one.compacted(), in: present, zone: .utc)
          reply.write(Self.bytes(of: entry, kind: one.kindName, id))
        }
      }
    } catch { return }
  }

  private func endAll() {
    for listener in listeners { listener.reply.end() }
  }

  private mutating func beginFollowing() -> (any LogFollowing)? {
    do throws(LogError) {
      let follower = try store.store.follower()
      _ = follower.changed()
      followed = [:]
      for id in try store.store.openIDs(at: time.now) { _ = try news(of: id) }
      return follower
    } catch { return nil }
  }

  /// Sends what is new to everybody who wants it.
  private mutating func tell() {
    do throws(LogError) {
      let open = try store.store.openIDs(at: time.now)
      let wanted = listeners.compactMap(\.incident).filter { followed[$0] != nil }
      for id in Set(open + wanted).sorted() {
        for event in try news(of: id) {
          let entry = Entry(event, in: followed[id]?.incident ?? Incident(), zone: .utc)
          send(entry, kind: event.kindName, of: id)
        }
      }
    } catch { return }
  }

  /// What came since the last look at an incident; everything, where it was not there then.
  private mutating func news(of id: String) throws(LogError) -> [RecordedEvent] {
    var one: Followed
    if let known = followed[id] {
      one = known
    } else {
      one = Followed(reader: try store.store.reader(of: id))
    }
    var events: [RecordedEvent] = []
    let progress = try one.reader.read(at: time.now) { event in
      one.incident.apply(event)
      events.append(event.compacted())
    }
    followed[id] = progress == .replaced ? nil : one
    return events
  }

  private func send(_ entry: Entry, kind: String, of id: String) {
    let bytes = Self.bytes(of: entry, kind: kind, id)
    for listener in listeners where listener.incident == nil || listener.incident == id {
      listener.reply.write(bytes)
    }
  }

  private static func bytes(of entry: Entry, kind: String, _ id: String) -> [UInt8] {
    var members = entry.json.members ?? []
    members.insert(JSON.Member("incident", .string(id)), at: 0)
    let data = Output.harmless(JSON.object(members).text)
    return Array("id: \(id):\(entry.sequence)\nevent: \(kind)\ndata: \(data)\n\n".utf8)
  }
}
