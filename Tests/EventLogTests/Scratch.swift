import Engine
import EventLog
import Glibc

/// A directory that goes with its owner.
final class Scratch {
  let path: String

  /// In memory where that is possible; a few tests want a disk.
  init(onDisk: Bool = false) {
    let parent = onDisk || access("/dev/shm", W_OK) != 0 ? "/tmp" : "/dev/shm"
    var template = Array("\(parent)/muster-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { preconditionFailure("no temporary directory") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  func write(_ bytes: some Collection<UInt8>, to name: String) -> String {
    let file = path + "/" + name
    let handle = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    precondition(handle >= 0)
    let bytes = Array(bytes)
    precondition(Glibc.write(handle, bytes, bytes.count) == bytes.count)
    close(handle)
    return file
  }

  /// Takes a file or a folder away with all that is in it.
  static func remove(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    for name in names(in: path) { remove(path + "/" + name) }
    rmdir(path)
  }

  static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}

func fileBytes(_ path: String) -> [UInt8] {
  let handle = open(path, O_RDONLY | O_CLOEXEC)
  guard handle >= 0 else { return [] }
  defer { close(handle) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = read(handle, &block, block.count), count > 0 {
    bytes.append(contentsOf: block[..<count])
  }
  return bytes
}

let start = Timestamp(milliseconds: 1_763_686_800_000)
let mira = Author(actor: "mira", source: "cli/mira@ops1")

func note(_ text: String) -> EventDraft {
  EventDraft(.noteAdded, EventData(["text": .string(text)]))
}

/// A log of a declaration and notes.
func sampleLog(notes: Int, text: String = "checkout — ümlaut \"quoted\" line") -> MemoryLog {
  var log = MemoryLog()
  log.append(
    EventDraft(.incidentDeclared, EventData(["format": 1, "title": "Checkout errors"])), at: start)
  for number in 0..<notes {
    log.append(note("\(text) \(number)"), at: start + .seconds(Int64(number)))
  }
  return log
}

struct Reading {
  var events: [RecordedEvent] = []
  var reader: LogReader

  init(_ path: String, since: Head? = nil) throws {
    reader = LogReader(path: path, since: since)
    var events: [RecordedEvent] = []
    _ = try reader.read(at: start) { events.append($0.compacted()) }
    self.events = events
  }

  var texts: [String] { events.compactMap { $0.data.string("text") } }
}
