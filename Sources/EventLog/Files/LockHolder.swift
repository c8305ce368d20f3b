internal import Glibc

/// A process that holds the lock on a log.
package struct LockHolder: Hashable, Sendable {
  package var process: Int32
  package var name: String

  package init(process: Int32, name: String) {
    self.process = process
    self.name = name
  }

  /// Looks through the processes whose open files we may see; the system itself does not tell.
  static func find(of file: FileIdentity) -> LockHolder? {
    let wanted = Array(":\(file.inode) ".utf8)
    for process in Folder.names("/proc") where Int32(process) != nil {
      let files = "/proc/\(process)/fdinfo"
      for descriptor in Folder.names(files) {
        let text = Folder.smallFile("\(files)/\(descriptor)")
        guard isLocked(text, wanted), let number = Int32(process) else { continue }
        let name = Folder.smallFile("/proc/\(process)/comm").prefix { $0 != 10 }
        return LockHolder(process: number, name: String(decoding: name, as: UTF8.self))
      }
    }
    return nil
  }

  private static func isLocked(_ text: [UInt8], _ inode: [UInt8]) -> Bool {
    text.split(separator: 10).contains { line in
      line.starts(with: "lock:".utf8) && Bytes.contains(line, "OFDLCK".utf8)
        && Bytes.contains(line, inode) && Bytes.contains(line, "WRITE".utf8)
    }
  }
}

enum Bytes {
  /// Whether one stretch of bytes stands within another; for short ones.
  static func contains(_ bytes: some Collection<UInt8>, _ wanted: some Collection<UInt8>) -> Bool {
    var rest = bytes[...]
    while rest.count >= wanted.count {
      if rest.starts(with: wanted) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
