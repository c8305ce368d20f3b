import Engine
import EventLog
import Glibc

/// A writer for tests to run many times over, to limit, and to kill.
@main
enum LogTorture {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count > 3 else { fail("usage: log-torture WHAT PATH ARGUMENT") }
    switch arguments[1] {
    case "append": append(to: arguments[2], count: Int(arguments[3]) ?? 0)
    case "loop": loop(on: arguments[2], acknowledgingIn: arguments[3], synced: true)
    case "tear": loop(on: arguments[2], acknowledgingIn: arguments[3], synced: false)
    case "limit": limit(arguments[2], to: Int(arguments[3]) ?? 0)
    case "hold": hold(arguments[2])
    case "note": note(in: arguments[2], spool: arguments[3])
    case "declare": declare(in: arguments[2], spool: arguments[3])
    case "offer": offer(in: arguments[2], spool: arguments[3])
    case "read": read(arguments[2], as: UInt32(arguments[3]) ?? 65_534)
    default: fail("what is \(arguments[1])?")
    }
  }

  private static func fail(_ text: String) -> Never {
    print(text)
    exit(2)
  }

  private static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  private static let author = Author(actor: "torture", source: "test/\(getpid())")

  private static func note(_ number: Int, _ length: Int = 90) -> EventDraft {
    let padding = String(repeating: "x", count: length)
    return EventDraft(.noteAdded, EventData(["text": .string("\(number) \(padding)")]))
  }

  private static func append(to path: String, count: Int) {
    let writer = LogWriter(path: path, patience: .seconds(60))
    for number in 0..<count {
      guard case .recorded = writer.append(note(number), author: author, now: now) else {
        fail("not recorded")
      }
    }
  }

  /// Appends until it is killed.
  ///
  /// A file of 8 bytes holds the number of the newest event whose append returned. Without syncs it dies in the middle
  /// of a write that crosses a page, which is where the system stops a killed process.
  private static func loop(on path: String, acknowledgingIn file: String, synced: Bool) {
    var calls = FileCalls.system
    let acknowledged = open(file, O_RDWR | O_CLOEXEC)
    guard acknowledged >= 0 else { fail("no \(file)") }
    if !synced {
      calls.synchronize = { _ in 0 }
      calls.write = { file, bytes in
        var status = stat()
        fstat(file, &status)
        let offset = Int(status.st_size)
        let room = 4096 - offset % 4096
        if room < bytes.count {
          _ = FileCalls.system.write(file, UnsafeRawBufferPointer(rebasing: bytes[..<room]))
          kill(getpid(), SIGKILL)
        }
        return FileCalls.system.write(file, bytes)
      }
    }
    let writer = LogWriter(path: path, calls: calls, patience: .seconds(60))
    while true {
      guard case .recorded(let event) = writer.append(note(0), author: author, now: now) else {
        fail("not recorded")
      }
      var number = UInt64(event.sequence)
      pwrite(acknowledged, &number, 8, 0)
    }
  }

  /// Appends once while the file may not grow beyond a length, and once more when it may.
  private static func limit(_ path: String, to length: Int) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = rlim_t(length)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    let writer = LogWriter(path: path)
    print(word(writer.append(note(1), author: author, now: now)))
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    print(word(writer.append(note(2), author: author, now: now)))
  }

  private static func word(_ outcome: Appended) -> String {
    switch outcome {
    case .recorded: "recorded"
    case .present: "present"
    case .conflict: "conflict"
    case .unconfirmed: "unconfirmed"
    case .kept: "kept"
    case .notRecorded(_, _, .cannotWrite(_, _, let error)): "not recorded \(error)"
    case .notRecorded(_, _, let error): "not recorded: \(error.description)"
    }
  }

  /// Holds the lock until it is killed.
  private static func hold(_ path: String) {
    let file = open(path, O_RDWR | O_CLOEXEC)
    guard FileCalls.system.lock(file) == 0 else { fail("no lock") }
    write(1, "held\n", 5)
    while true { pause() }
  }

  private static func read(_ path: String, as user: UInt32) {
    guard setuid(user) == 0 else { fail("cannot become \(user)") }
    let reader = LogReader(path: path)
    do {
      _ = try reader.read(at: now()) { _ in }
      print(reader.eventCount)
      print(word(LogWriter(path: path).append(note(1), author: author, now: now)))
    } catch {
      fail("\(error)")
    }
  }

  // MARK: - To be stopped at any system call

  private static func recorder(_ home: String, _ spool: String) -> Recorder {
    let store = FileStore(home: home)
    return Recorder(store: store, spool: Spool(for: store, paths: [spool]))
  }

  /// Tells in one call of the system what was done: only what was said counts.
  private static func say(_ recorded: Recorder.Recorded, _ what: String) {
    let state =
      switch recorded.appended {
      case .recorded, .present: "recorded"
      case .unconfirmed, .kept: recorded.spooled == nil ? "unconfirmed" : "kept"
      case .conflict: "conflict"
      case .notRecorded: recorded.spooled == nil ? "lost" : "kept"
      }
    var line = "\(state) \(what)\n"
    line.withUTF8 { _ = write(1, $0.baseAddress, $0.count) }
  }

  /// Whoever follows this process counts its calls from here on.
  private static func ready() { raise(SIGSTOP) }

  private static func note(in home: String, spool: String) {
    let recorder = recorder(home, spool)
    ready()
    do {
      let draft = EventDraft(.noteAdded, EventData(["text": "word"]))
      say(try recorder.record(draft, in: incident, author: author, now: now), "word")
    } catch { fail("\(error)") }
    exit(0)
  }

  private static let incident = "2025-11-21-checkout"

  private static func declare(in home: String, spool: String) {
    let recorder = recorder(home, spool)
    let moment = Timestamp(milliseconds: 1_763_686_800_000)
    ready()
    do {
      let declared = try recorder.declare(title: "Checkout", author: author, now: { moment }) {
        id in
        EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)]))
      }
      say(declared, declared.incident)
    } catch { fail("\(error)") }
    exit(0)
  }

  private static func offer(in home: String, spool: String) {
    let recorder = recorder(home, spool)
    ready()
    for offered in recorder.offerAgain(now: { _ in now() }).offered {
      say(offered, offered.incident)
    }
    exit(0)
  }
}
