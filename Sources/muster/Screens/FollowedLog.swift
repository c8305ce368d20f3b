import Engine
import EventLog
import Glibc

/// One log that a screen shows or lists, read as far as it goes.
final class FollowedLog {
  let id: String
  let path: String
  let follower: LogFollower
  private(set) var reader: LogReader

  /// Asks to be told of changes at once where `usesNotices` says so, for the log that is shown.
  init(id: String, path: String, usesNotices: Bool) {
    self.id = id
    self.path = path
    follower = LogFollower(path: path, usesNotices: usesNotices)
    reader = LogReader(path: path)
  }

  /// Bytes between two tellings of how far the reading is; a shorter log is read before anybody could look.
  private static let stretch = 8 << 20

  enum Change {
    case nothing
    case events([RecordedEvent])
    /// The file is another one now: all of it, with the newest words.
    case anew(Incident, [RecordedEvent])
  }

  /// Reads everything there is: the incident and the words of its newest entries.
  ///
  /// `progress` is told now and then what part of a long log has been read.
  func readAll(
    keeping most: Int = 24 << 20, progress: (Double) -> Void = { _ in }
  ) throws(LogError) -> (Incident, [RecordedEvent]) {
    for _ in 0..<3 {
      var incident = Incident()
      var newest: [RecordedEvent] = []
      let size = fileSize
      var offset = 0
      var told = -Self.stretch
      let outcome = try reader.read(at: WallClock.now) { event in
        incident.apply(event)
        offset += event.line.count + 1
        if offset - told > Self.stretch, size > Self.stretch {
          told = offset
          progress(Double(offset) / Double(size))
        }
        if size - offset < most { newest.append(event.compacted()) }
      }
      if case .read = outcome { return (incident, newest) }
    }
    throw .keepsChanging(path: path)
  }

  /// Reads what is new.
  func readOn() throws(LogError) -> Change {
    var events: [RecordedEvent] = []
    let progress = try reader.read(at: WallClock.now) { events.append($0.compacted()) }
    if progress == .replaced {
      let (incident, newest) = try readAll()
      return .anew(incident, newest)
    }
    return events.isEmpty ? .nothing : .events(events)
  }

  var fileSize: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  var isWritable: Bool { access(path, W_OK) == 0 }

  /// What is wrong with the log: damage that is no line in the making, each as `file:line: what`, and
  /// lines that were seen before and are there no more.
  var damage: [String] {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    var places = reader.settledDamage(at: WallClock.now).map { $0.description(path: file) }
    if case .rolledBack(let highest, let now) = reader.alarm {
      places.insert(
        "\(file) ends at \(now.sequence), and \(highest.sequence) was seen before: lines are missing",
        at: 0)
    }
    return places
  }

  /// An unfinished line that has stood for a while, as one sentence: no damage, and the next writer closes it off.
  var unfinished: String? {
    guard let tail = reader.tornTail, WallClock.now - tail.since >= LogReader.patience else {
      return nil
    }
    return "the log ends in \(tail.count) bytes of an unfinished line; the next entry closes it off"
  }

  /// Whether the path leads nowhere; what was read is kept.
  var isMissing: Bool { reader.alarm == .missing }
}
