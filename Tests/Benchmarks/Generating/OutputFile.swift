import Glibc

/// A file that is written line by line through a buffer.
struct OutputFile {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []

  init(_ path: String) throws(BenchmarkError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    if descriptor < 0 { throw .system("open \(path)", errno) }
  }

  /// Adds a line and the line feed behind it.
  mutating func add(_ line: [UInt8]) {
    buffer.append(contentsOf: line)
    buffer.append(10)
  }

  mutating func addFlushing(_ line: [UInt8]) throws(BenchmarkError) {
    add(line)
    if buffer.count > 1 << 20 { try flush() }
  }

  mutating func finish() throws(BenchmarkError) {
    try flush()
    if close(descriptor) != 0 { throw .system("close \(path)", errno) }
  }

  private mutating func flush() throws(BenchmarkError) {
    var start = 0
    while start < buffer.count {
      let written = buffer[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written <= 0 { throw .system("write \(path)", errno) }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
