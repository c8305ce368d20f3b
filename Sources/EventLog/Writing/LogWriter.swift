internal import CSystem
package import Engine
internal import Glibc

/// Appends events to a log that others may be appending to at the same time.
///
/// The lock is held for one small read and one write, never over a sync. Not for several threads at once.
package final class LogWriter {
  /// Bytes kept in reserve behind the end, so that an incident can go on when the disk is full.
  package static let reserve = 1 << 20

  package let path: String
  /// Since when a sync has failed on this file; what came later may be lost with the machine.
  package private(set) var unsyncedSince: Timestamp?
  /// Why no reserve could be set aside; 0 where it could.
  package private(set) var reserveError: Int32 = 0

  /// The file that is open.
  package var identity: FileIdentity? { file?.identity }

  private let calls: FileCalls
  private let patience: Duration
  private var file: OpenFile?
  private var end: LogEnd?
  private var formatIsChecked = false

  /// Remembers a path; opens nothing yet.
  ///
  /// Appending waits for the lock as long as `patience`.
  package init(path: String, calls: FileCalls = .system, patience: Duration = .seconds(5)) {
    self.path = path
    self.calls = calls
    self.patience = patience
    _ = SignalShield.fileSizeSignalIsIgnored
  }

  /// Begins a log on a file that was just made and that nobody else has seen.
  init(created file: OpenFile, path: String, calls: FileCalls, patience: Duration) {
    self.path = path
    self.calls = calls
    self.patience = patience
    self.file = file
    formatIsChecked = true
    _ = SignalShield.fileSizeSignalIsIgnored
  }

  /// Records a fact, once.
  ///
  /// `expecting` is the number of the event that the decision was made on, nil where it does not matter; the clock is
  /// read under the lock.
  package func append(
    _ draft: EventDraft, author: Author, expecting: Int? = nil, now: () -> Timestamp
  ) -> Appended {
    var draft = draft
    do {
      let (id, isFresh) = try Self.identity(of: draft, at: now)
      draft.identity = .known(id)
      let outcome = try appendLocked(draft, id, isFresh, author, expecting, now)
      return confirm(outcome, now)
    } catch {
      return .notRecorded(draft, at: now(), error)
    }
  }

  private static func identity(
    of draft: EventDraft, at now: () -> Timestamp
  ) throws(LogError) -> (EventID, isFresh: Bool) {
    switch draft.identity {
    case .known(let id): return (id, false)
    case .named(let name): return (EventID(named: name), false)
    case .fresh:
      var random: [UInt64] = [0, 0]
      let error = random.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { muster_random($0, bytes.count) } ?? 0
      }
      if error != 0 { throw .noRandomness(error: error) }
      return (EventID(version7At: now(), random: (random[0], random[1])), true)
    }
  }

  private func appendLocked(
    _ draft: EventDraft, _ id: EventID, _ isFresh: Bool, _ author: Author, _ expecting: Int?,
    _ now: () -> Timestamp
  ) throws(LogError) -> Appended {
    var search = IdentitySearch(id)
    let before = try openFile()
    if !isFresh {
      let count = try status(of: before).count
      let end = try LogEnd.find(in: before, count: count, path: path)
      if let present = try search.advance(to: end.offset, in: before, path: path) {
        return .present(present)
      }
    }
    let (file, shield) = try lock()
    defer {
      _ = calls.unlock(file.descriptor)
      shield.lower()
    }
    if file !== before { search = IdentitySearch(id) }
    let status = try status(of: file)
    var place = try mend(try currentEnd(of: file, count: status.count), in: file, status.count)
    end = nil
    try checkFormat(of: file)
    if !isFresh, let present = try search.advance(to: place.end.offset, in: file, path: path) {
      if place.isWhole { try write([10], to: file, at: status.count) }
      return .present(present)
    }
    if let expecting, place.visible != expecting {
      // A whole record that lacks its line feed is unseen by readers until it has one.
      if place.isWhole { try write([10], to: file, at: status.count) }
      return .conflict(actual: place.visible)
    }
    let recorded = now()
    var bytes = try repair(&place, author, at: recorded)
    let line = EventCoding.line(
      sequence: place.end.chain.sequence + 1, id: id, recorded: recorded, occurred: draft.occurred,
      author: author, kind: draft.kind.rawValue, data: draft.data, after: place.end.chain.previous)
    guard line.count <= EventCoding.maximumLineCount else {
      throw .tooLong(path: path, count: line.count)
    }
    bytes += line + [10]
    keepReserve(file, status)
    try write(bytes, to: file, at: status.count)
    guard let event = EventCoding.event(in: line[...]) else {
      preconditionFailure("a line just written is an event")
    }
    place.end.chain.pass(event)
    end = LogEnd(chain: place.end.chain, offset: status.count + bytes.count)
    return .recorded(event)
  }

  /// Syncs what is in the log, after the lock was given back.
  private func confirm(_ outcome: Appended, _ now: () -> Timestamp) -> Appended {
    guard let event = outcome.event, let file else { return outcome }
    let error = calls.synchronize(file.descriptor)
    guard error != 0 else { return outcome }
    if unsyncedSince == nil { unsyncedSince = now() }
    return .unconfirmed(event, error: error)
  }

  /// Gives the room behind the end back; for a log that nothing more is expected in.
  package func giveBackReserve() throws(LogError) {
    let (file, shield) = try lock()
    defer {
      _ = calls.unlock(file.descriptor)
      shield.lower()
    }
    let status = try status(of: file)
    guard status.allocated - status.count > 1 << 16 else { return }
    // To the length that it has: only the room behind the end goes.
    guard ftruncate(file.descriptor, off_t(status.count)) == 0 else {
      throw .cannotWrite(path: path, offset: status.count, error: errno)
    }
  }
}

// MARK: - The file under the lock

extension LogWriter {
  private func openFile() throws(LogError) -> OpenFile {
    if let file { return file }
    let opened = try OpenFile.open(path, flags: O_RDWR | O_APPEND, calls: calls)
    file = opened
    return opened
  }

  private func status(of file: OpenFile) throws(LogError) -> FileStatus {
    guard let status = FileStatus(file: file.descriptor) else {
      throw .cannotRead(path: path, offset: 0, error: errno)
    }
    return status
  }

  /// Takes the lock of the file that the path leads to at that moment.
  private func lock() throws(LogError) -> (OpenFile, SignalShield) {
    for _ in 0..<8 {
      let file = try openFile()
      let shield = try lock(file)
      if FileStatus(path: path)?.identity == file.identity { return (file, shield) }
      _ = calls.unlock(file.descriptor)
      shield.lower()
      self.file = nil
      end = nil
      formatIsChecked = false
    }
    throw .keepsChanging(path: path)
  }

  private func lock(_ file: OpenFile) throws(LogError) -> SignalShield {
    let deadline = ContinuousClock.now + patience
    var tries: UInt32 = 0
    while true {
      let shield = SignalShield()
      let error = calls.lock(file.descriptor)
      if error == 0 { return shield }
      shield.lower()
      guard error == EAGAIN || error == EACCES || error == EINTR else {
        throw .cannotWrite(path: path, offset: 0, error: error)
      }
      if ContinuousClock.now >= deadline {
        throw .locked(path: path, holder: LockHolder.find(of: file.identity))
      }
      // The lock is held for microseconds as a rule; one that is not is worth no hurry.
      tries += 1
      if tries < 8 { sched_yield() } else { usleep(min(50 * (tries - 7), 5000)) }
    }
  }

  private func currentEnd(of file: OpenFile, count: Int) throws(LogError) -> LogEnd {
    if let end, end.offset == count { return end }
    return try LogEnd.find(in: file, count: count, path: path)
  }

  private func checkFormat(of file: OpenFile) throws(LogError) {
    if formatIsChecked { return }
    var count = 4096
    while true {
      let bytes = try file.bytes(0..<count, path: path)
      if let line = bytes.firstIndex(of: 10) {
        let format = EventCoding.event(in: bytes[..<line])?.data.integer("format")
        if let format, format > EventCoding.format {
          throw .newerFormat(path: path, format: Int(format))
        }
        break
      }
      if bytes.count < count || count > EventCoding.maximumLineCount { break }
      count *= 4
    }
    formatIsChecked = true
  }

  /// Writes all of the bytes at once, or the rest where the system took only some.
  private func write(_ bytes: [UInt8], to file: OpenFile, at offset: Int) throws(LogError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        calls.write(file.descriptor, UnsafeRawBufferPointer(rebasing: all[written...]))
      }
      if count == -Int(EINTR) { continue }
      // What was taken so far is a torn tail, which the next writer mends: nothing is ever cut off.
      guard count > 0 else {
        throw .cannotWrite(
          path: path, offset: offset + written, error: count < 0 ? Int32(-count) : EIO)
      }
      written += count
    }
  }

  private func keepReserve(_ file: OpenFile, _ status: FileStatus) {
    guard reserveError != EOPNOTSUPP, status.allocated - status.count < Self.reserve / 2 else {
      return
    }
    // Without a reserve everything works but on a full disk, so that its failure stops nothing.
    reserveError = calls.reserve(file.descriptor, status.count, Self.reserve)
  }
}

// MARK: - Torn tails

extension LogWriter {
  /// Where the next line goes, and what stands in its way.
  private struct Place {
    var end: LogEnd
    /// Number of the newest event that a decision can have been made on.
    var visible: Int
    /// The tail is a whole record that only lacks its line feed.
    var isWhole = false
    var torn: (offset: Int, count: Int, sha256: [UInt8])?
  }

  private func mend(_ end: LogEnd, in file: OpenFile, _ count: Int) throws(LogError) -> Place {
    var place = Place(end: end, visible: end.chain.sequence)
    guard end.offset < count else { return place }
    let tail = try file.bytes(
      end.offset..<min(count, end.offset + EventCoding.maximumLineCount + 1), path: path)
    if LogEnd.holds(tail[...], after: end.chain.previous),
      let event = EventCoding.event(in: tail[...])
    {
      place.isWhole = true
      place.end.chain.pass(event)
      place.end.offset = count
      place.visible = event.sequence
      return place
    }
    var digest = RunningDigest()
    var offset = end.offset
    while offset < count {
      let piece = try file.bytes(offset..<min(count, offset + 1 << 16), path: path)
      if piece.isEmpty { break }
      piece.withUnsafeBufferPointer { digest.add($0) }
      offset += piece.count
    }
    place.torn = (end.offset, count - end.offset, digest.finish())
    // What the line feed will make a line of takes its place in the chain like any other.
    let last = try file.bytes(max(end.offset, count - 80)..<count, path: path)
    let number = EventCoding.event(in: tail[...])?.sequence
    last.withUnsafeBufferPointer { place.end.chain.passBad($0, readAs: number) }
    return place
  }

  /// The bytes that have to stand before the next line.
  private func repair(
    _ place: inout Place, _ author: Author, at recorded: Timestamp
  ) throws(LogError) -> [UInt8] {
    guard let torn = place.torn else { return place.isWhole ? [10] : [] }
    let (id, _) = try Self.identity(
      of: EventDraft(.logRepaired, EventData([:])), at: { recorded })
    let data = EventData([
      "offset": .integer(Int64(torn.offset)), "length": .integer(Int64(torn.count)),
      "sha256": .string(String(decoding: torn.sha256, as: UTF8.self)),
    ])
    let line = EventCoding.line(
      sequence: place.end.chain.sequence + 1, id: id, recorded: recorded, occurred: nil,
      author: author, kind: EventKind.logRepaired.rawValue, data: data,
      after: place.end.chain.previous)
    place.end.chain.sequence += 1
    place.end.chain.previous = Array(line.suffix(66).prefix(64))
    return [10] + line + [10]
  }
}
