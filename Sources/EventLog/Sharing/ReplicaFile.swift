internal import CLinux
package import Engine
internal import Glibc

/// This machine's copy of a log that several machines share: the same bytes on all of them, so that only lines that the
/// others have, or get at once, are written. Not for several threads at once.
package final class ReplicaFile {
  package let path: String
  let store: FileStore

  /// Number of lines.
  package private(set) var count = 0
  /// The bytes of the newest line without its line feed.
  package private(set) var lastLine: [UInt8] = []
  /// What stands behind the last line feed.
  package private(set) var tail: [UInt8] = []
  private var chain = Chain()

  private var file: OpenFile?
  private var shield: SignalShield?
  /// Offset behind the last line feed.
  private var offset = 0
  private var search: IdentitySearch?

  package init(path: String, of store: FileStore) {
    (self.path, self.store) = (path, store)
    _ = SignalShield.fileSizeSignalIsIgnored
  }

  package convenience init(_ id: String, of store: FileStore) throws(LogError) {
    self.init(path: try store.path(of: id), of: store)
  }

  package var identity: FileIdentity? { file?.identity }

  /// The 64 characters of the nearest seal, on which the next line follows.
  package var previous: [UInt8] { chain.previous }

  /// The same as text.
  package var hash: String { chain.head.hash }

  /// Number of the newest event, as readers have it: that of the line, but where lines are damaged.
  package var sequence: Int { chain.sequence }

  // MARK: - The lock

  /// Takes the lock and reads the end; false where there is no file yet.
  package func lock() throws(LogError) -> Bool {
    let deadline = ContinuousClock.now + store.patience
    while true {
      let opened: OpenFile
      if let file {
        opened = file
      } else {
        do throws(LogError) {
          opened = try OpenFile.open(path, flags: O_RDWR | O_APPEND, calls: store.calls)
        } catch {
          guard case .notFound = error else { throw error }
          forget()
          return false
        }
        forget()
        file = opened
      }
      try wait(for: opened, until: deadline)
      if FileStatus(path: path)?.identity == opened.identity { break }
      unlock()
      file = nil
    }
    do throws(LogError) { try readEnd() } catch {
      unlock()
      throw error
    }
    return true
  }

  package func unlock() {
    guard let shield else { return }
    if let file { _ = store.calls.unlock(file.descriptor) }
    shield.lower()
    self.shield = nil
  }

  private func wait(
    for file: OpenFile, until deadline: ContinuousClock.Instant
  ) throws(LogError) {
    // It is held over an exchange with the others.
    shield = try store.calls.waitForLock(of: file, path: path, until: deadline) { tries in
      usleep(min(100 * tries, 2000))
    }
  }

  // MARK: - The end

  private func forget() {
    (file, count, offset, chain) = (nil, 0, 0, Chain())
    (lastLine, tail, search) = ([], [], nil)
  }

  private func readEnd() throws(LogError) {
    guard let file, let status = FileStatus(file: file.descriptor) else {
      throw .cannotRead(path: path, offset: 0, error: errno)
    }
    // Only lines are ever added, and what was added here is known.
    if status.count == offset, tail.isEmpty, offset > 0 { return }
    let end = try LogEnd.find(in: file, count: status.count, path: path)
    offset = end.offset
    chain = end.chain
    tail = try file.bytes(offset..<status.count, path: path)
    lastLine = try line(endingAt: offset, in: file)
    count = end.scan.damage.isEmpty ? chain.sequence : try countLines(in: file)
  }

  /// The line that ends with the line feed before an offset.
  private func line(endingAt end: Int, in file: OpenFile) throws(LogError) -> [UInt8] {
    guard end > 0 else { return [] }
    var window = 4096
    while true {
      let start = max(0, end - window)
      let bytes = try file.bytes(start..<end - 1, path: path)
      if let feed = bytes.lastIndex(of: 10) { return Array(bytes[(feed + 1)...]) }
      if start == 0 { return bytes }
      window *= 4
    }
  }

  private func countLines(in file: OpenFile) throws(LogError) -> Int {
    var lines = 0
    var start = 0
    while start < offset {
      let bytes = try file.bytes(start..<min(offset, start + 1 << 18), path: path)
      if bytes.isEmpty { break }
      lines += bytes.count { $0 == 10 }
      start += bytes.count
    }
    return lines
  }

  // MARK: - Reading under the lock

  /// The event of an identity, where the log has it.
  package func find(_ id: EventID) throws(LogError) -> RecordedEvent? {
    guard let file else { return nil }
    if search?.id != id { search = IdentitySearch(id) }
    return try search?.advance(to: offset, in: file, path: path)
  }

  /// All lines without their line feeds.
  package func lines() throws(LogError) -> [ArraySlice<UInt8>] {
    guard let file else { return [] }
    let bytes = try file.bytes(0..<offset, path: path)
    return bytes.split(separator: 10, omittingEmptySubsequences: false).dropLast()
  }

  // MARK: - Writing under the lock

  /// Whether a line is the one whose beginning stands behind the last line feed; so is any where nothing stands there.
  package func fits(_ line: [UInt8]) -> Bool { line.starts(with: tail) }

  /// Adds whole lines, not synced; the first completes one that an interrupted write began.
  package func add(_ lines: [[UInt8]]) throws(LogError) {
    guard let file, let first = lines.first else { return }
    precondition(fits(first), "another line was begun")
    var bytes: [UInt8] = Array(first[tail.count...]) + [10]
    for line in lines.dropFirst() { bytes += line + [10] }
    let begin = offset + tail.count
    var written = 0
    while written < bytes.count {
      let more = bytes.withUnsafeBytes { all in
        store.calls.write(file.descriptor, UnsafeRawBufferPointer(rebasing: all[written...]))
      }
      if more == -Int(EINTR) { continue }
      guard more > 0 else {
        forget()
        throw .cannotWrite(
          path: path, offset: begin + written, error: more < 0 ? Int32(-more) : EIO)
      }
      written += more
    }
    offset = begin + bytes.count
    tail = []
    count += lines.count
    for line in lines { pass(line) }
    lastLine = lines.last ?? []
  }

  private func pass(_ line: [UInt8]) {
    let event = EventCoding.event(in: line[...])
    if let event, LogEnd.holds(line[...], after: chain.previous) {
      chain.pass(event)
    } else {
      line.withUnsafeBufferPointer { chain.passBad($0, readAs: event?.sequence) }
    }
  }

  /// Has all that was added reach the disk.
  package func synchronize() throws(LogError) {
    guard let file else { return }
    let error = store.calls.synchronize(file.descriptor)
    if error != 0 { throw .cannotWrite(path: path, offset: offset, error: error) }
  }
}

// MARK: - As a whole

extension ReplicaFile {
  /// Makes the file with its first lines; false where somebody else was faster.
  package func make(_ id: String, _ lines: [[UInt8]]) throws(LogError) -> Bool {
    try store.prepare()
    store.makeHintIfAllowed(id)
    let aside = try writeAside(id, lines)
    defer { Glibc.unlink(aside) }
    let error = store.calls.place(aside, path)
    if error == EEXIST { return false }
    guard error == 0 else { throw .cannotWrite(path: path, offset: 0, error: error) }
    let unsynced = Folder.synchronize(store.incidentsDirectory)
    if unsynced != 0 { throw .cannotWrite(path: path, offset: 0, error: unsynced) }
    return true
  }

  /// Puts other lines in the place of the file, whose lock is held, and keeps the file as it was under `forks/`; answers
  /// where.
  package func replace(_ id: String, with lines: [[UInt8]]) throws(LogError) -> String {
    try store.makeDirectory(inStore: "forks")
    let name = "\(id)-\(hash.prefix(8)).jsonl"
    let kept = store.home + "/forks/" + name
    if link(path, kept) != 0, errno != EEXIST {
      throw .cannotWrite(path: kept, offset: 0, error: errno)
    }
    let aside = try writeAside(id, lines)
    let unsynced = Folder.synchronize(store.home + "/forks")
    guard unsynced == 0, rename(aside, path) == 0 else {
      let error = unsynced != 0 ? unsynced : errno
      Glibc.unlink(aside)
      throw .cannotWrite(path: path, offset: 0, error: error)
    }
    let error = Folder.synchronize(store.incidentsDirectory)
    if error != 0 { throw .cannotWrite(path: path, offset: 0, error: error) }
    unlock()
    file = nil
    return kept
  }

  private func writeAside(_ id: String, _ lines: [[UInt8]]) throws(LogError) -> String {
    let aside = "\(store.incidentsDirectory)/.\(id).\(getpid()).new"
    let new = ReplicaFile(path: aside, of: store)
    new.file = try store.makeFile(aside)
    do throws(LogError) {
      try store.giveToGroup(aside)
      try new.add(lines)
      try new.synchronize()
    } catch {
      Glibc.unlink(aside)
      throw error
    }
    return aside
  }
}

extension FileStore {
  /// How far this machine's copy of a log goes; nil where there is none, or it ends in the middle of a line.
  package func replicaEnd(of id: String) throws(LogError) -> Head? {
    let path = try path(of: id)
    let file: OpenFile
    do throws(LogError) { file = try OpenFile.open(path, flags: O_RDONLY, calls: calls) } catch {
      if case .notFound = error { return nil }
      throw error
    }
    let count = FileStatus(file: file.descriptor)?.count ?? 0
    let end = try LogEnd.find(in: file, count: count, path: path)
    return end.offset == count ? end.chain.head : nil
  }
}
