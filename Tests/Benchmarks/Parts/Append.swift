import Engine
import EventLog
import Glibc

/// Appends to a log as any writer of the program does, each append durable when it returns.
struct TimedWriter {
  private let writer: LogWriter
  private let author = Author(actor: "mira", source: "console")

  init(_ path: String) {
    writer = LogWriter(path: path)
  }

  /// Answers the seconds that a note took.
  @discardableResult
  func note(_ text: String) throws(BenchmarkError) -> Double {
    let draft = EventDraft(.noteAdded, EventData(["text": .string(text)]))
    let start = Stopwatch.now
    let outcome = writer.append(draft, author: author) { WallClock.now }
    let end = Stopwatch.now
    guard case .recorded = outcome else { throw .failed("append: \(outcome)") }
    return Stopwatch.seconds(from: start, to: end)
  }
}

/// A file that is only written and synced.
struct BareFile {
  private let descriptor: Int32
  private let line: [UInt8]

  init(_ path: String, lineSize: Int) throws(BenchmarkError) {
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    if descriptor < 0 { throw .system("open \(path)", errno) }
    line = [UInt8](repeating: 120, count: lineSize - 1) + [10]
  }

  func append() throws(BenchmarkError) -> Double {
    let start = Stopwatch.now
    guard write(descriptor, line, line.count) == line.count, fdatasync(descriptor) == 0 else {
      throw .system("write", errno)
    }
    return Stopwatch.seconds(from: start, to: Stopwatch.now)
  }
}

extension Suite {
  static let noteText = "error rate back under 1 % since the pool was doubled"

  mutating func runAppend() throws(BenchmarkError) {
    let log = work + "/append.jsonl"
    try LogGenerator.writeReference(1000, to: log)
    let writer = TimedWriter(log)
    let bare = try BareFile(work + "/append.bare", lineSize: 280)
    var ours = Samples()
    var floor = Samples()
    for round in 0..<times(2000, quick: 300) {
      let text = "\(Self.noteText) \(round)"
      let pair = round % 2 == 0
      if pair { floor.add(try bare.append()) }
      ours.add(try writer.note(text))
      if !pair { floor.add(try bare.append()) }
    }
    singleSync = floor.median
    let micro = { (seconds: Double) in (seconds * 1e6).short + " us" }
    table.add(
      Row(
        "one durable append, median", ours: micro(ours.median),
        peer: "\(micro(floor.median)) bare write+fdatasync", figure: ours.median / floor.median,
        unit: "x", atMost: 1.25, aim: 1.1))
    table.add(
      Row(
        "one durable append, 99th percentile", ours: micro(ours.quantile(0.99)),
        peer: "\(micro(floor.quantile(0.99))) bare",
        figure: ours.quantile(0.99)
          / floor.quantile(0.99), unit: "x", atMost: nil))
  }
}
