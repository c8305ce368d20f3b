internal import Engine
internal import Glibc

/// What tells one file from another.
package struct FileIdentity: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64
}

/// What the system knows about a file.
struct FileStatus {
  var identity: FileIdentity
  var count: Int
  /// Bytes set aside on the disk, also behind the end.
  var allocated: Int
  var modified: (seconds: Int, nanoseconds: Int)
  /// When anything about it last changed, by the system's own clock.
  var changed: (seconds: Int, nanoseconds: Int)
  var mode: UInt32
  var owner: UInt32
  var group: UInt32

  init(_ status: stat) {
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    count = Int(status.st_size)
    allocated = Int(status.st_blocks) * 512
    modified = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    changed = (Int(status.st_ctim.tv_sec), Int(status.st_ctim.tv_nsec))
    mode = status.st_mode
    owner = status.st_uid
    group = status.st_gid
  }

  /// The status of what a path leads to, not following a last link; nil with the reason in `errno`.
  init?(path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(file: Int32) {
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    self.init(status)
  }

  var isFile: Bool { mode & S_IFMT == S_IFREG }
  var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
}

/// A descriptor that is closed with its owner.
final class OpenFile {
  let descriptor: Int32
  let identity: FileIdentity
  private let calls: FileCalls

  /// When it was last written to, by the clock of the file system.
  var modified: Timestamp? {
    FileStatus(file: descriptor).map { status in
      Timestamp(
        milliseconds: Int64(status.modified.seconds) * 1000
          + Int64(status.modified.nanoseconds) / 1_000_000)
    }
  }

  private init(descriptor: Int32, identity: FileIdentity, calls: FileCalls) {
    self.descriptor = descriptor
    self.identity = identity
    self.calls = calls
  }

  deinit { close(descriptor) }

  /// Opens a plain file, never through a link and never to be inherited.
  static func open(
    _ path: String, flags: Int32, mode: UInt32 = 0, calls: FileCalls = .system
  ) throws(LogError) -> OpenFile {
    let descriptor = calls.open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode)
    guard descriptor >= 0 else {
      switch -descriptor {
      case ENOENT, ENOTDIR: throw .notFound(path: path)
      case EEXIST: throw .exists(path: path)
      case ELOOP: throw .isLink(path: path)
      case EISDIR, ENXIO: throw .isNoFile(path: path)
      default: throw .cannotOpen(path: path, error: -descriptor)
      }
    }
    guard let status = FileStatus(file: descriptor) else {
      let error = errno
      close(descriptor)
      throw .cannotOpen(path: path, error: error)
    }
    guard status.isFile else {
      close(descriptor)
      throw .isNoFile(path: path)
    }
    return OpenFile(descriptor: descriptor, identity: status.identity, calls: calls)
  }

  /// Reads at most as many bytes as there is room for; 0 at the end, minus an error number where it fails.
  func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    calls.read(descriptor, room, offset)
  }

  /// Reads a stretch; shorter where the file ends.
  func bytes(_ range: Range<Int>, path: String) throws(LogError) -> [UInt8] {
    var failure: (offset: Int, error: Int)?
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { room, filled in
      while filled < range.count {
        let offset = range.lowerBound + filled
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(room)[filled...])
        let count = read(into: rest, at: offset)
        if count < 0 { failure = (offset, -count) }
        if count <= 0 { break }
        filled += count
      }
    }
    if let failure {
      throw .cannotRead(path: path, offset: failure.offset, error: Int32(failure.error))
    }
    return bytes
  }
}
