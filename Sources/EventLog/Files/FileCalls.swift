internal import CLinux
internal import Glibc

/// The calls of the system through which a log is written, so that tests can make each of them fail.
package struct FileCalls: Sendable {
  /// Answers a descriptor, or minus an error number.
  package var open: @Sendable (_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32
  /// Answers how many bytes were read, 0 at the end, or minus an error number.
  package var read:
    @Sendable (_ file: Int32, _ room: UnsafeMutableRawBufferPointer, _ offset: Int) -> Int
  /// Answers how many bytes were written, or minus an error number.
  package var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
  /// Answers 0 or an error number.
  package var synchronize: @Sendable (_ file: Int32) -> Int32
  /// Tries to take the lock at once; answers 0 or an error number.
  package var lock: @Sendable (_ file: Int32) -> Int32
  package var unlock: @Sendable (_ file: Int32) -> Int32
  /// Reserves room behind a file's end; answers 0 or an error number.
  package var reserve: @Sendable (_ file: Int32, _ offset: Int, _ count: Int) -> Int32
  /// Gives a finished file its name at once, never over another; answers 0 or an error number.
  package var place: @Sendable (_ from: String, _ to: String) -> Int32

  package static let system = Self(
    open: { path, flags, mode in
      while true {
        let file = Glibc.open(path, flags, mode)
        if file >= 0 { return file }
        if errno != EINTR { return -errno }
      }
    },
    read: { file, room, offset in
      while true {
        let count = pread(file, room.baseAddress, room.count, off_t(offset))
        if count >= 0 { return count }
        if errno != EINTR { return -Int(errno) }
      }
    },
    write: { file, bytes in
      let count = Glibc.write(file, bytes.baseAddress, bytes.count)
      return count >= 0 ? count : -Int(errno)
    },
    synchronize: { file in fdatasync(file) == 0 ? 0 : errno },
    lock: { muster_lock_exclusive($0) },
    unlock: { muster_unlock($0) },
    reserve: { muster_reserve($0, Int64($1), Int64($2)) },
    place: { muster_place($0, $1) })
}
