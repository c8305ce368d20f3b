import Glibc

/// What a process has used until now, as the kernel counts it.
struct ProcessUse {
  /// Seconds on a processor, of all its threads.
  var cpu = 0.0
  /// How often it was woken.
  var wakeups = 0.0
  /// Resident memory now and at most, in MiB.
  var resident = 0.0
  var peak = 0.0

  init(of pid: pid_t) throws(BenchmarkError) {
    for thread in Self.threads(pid) {
      let base = "/proc/\(pid)/task/\(thread)"
      let times = try TextFile.read("\(base)/schedstat").split(separator: " ")
      cpu += times.first.flatMap { Double($0) } ?? 0
      wakeups += Self.field("voluntary_ctxt_switches:", try TextFile.read("\(base)/status"))
    }
    cpu /= 1e9
    let status = try TextFile.read("/proc/\(pid)/status")
    resident = Self.field("VmRSS:", status) / 1024
    peak = Self.field("VmHWM:", status) / 1024
  }

  private static func threads(_ pid: pid_t) -> [String] {
    guard let directory = opendir("/proc/\(pid)/task") else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if Int(name) != nil { names.append(name) }
    }
    return names
  }

  private static func field(_ name: String, _ text: String) -> Double {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    let value = line?.dropFirst(name.count).split { $0 == " " || $0 == "\t" }.first
    return value.flatMap { Double($0) } ?? 0
  }
}

enum TextFile {
  static func read(_ path: String) throws(BenchmarkError) -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func bytes(_ path: String) throws(BenchmarkError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .system("open \(path)", errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 { throw .system("read \(path)", errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}
