internal import CLinux
package import Engine
internal import Glibc

/// Appends events to the log in a file.
///
/// The lock is held for one small read and one write, never over a sync.
package final class LogWriter: LogWriting {
  /// Bytes kept in reserve behind the end, so that an incident can go on when the disk is full.
  package static let reserve = 1 << 20

  package private(set) var path: String
  package var place: String { path }
  /// Since when a sync has failed on this file.
  package internal(set) var unsyncedSince: Timestamp?
  /// Why no reserve could be set aside; 0 where it could.
  package private(set) var reserveError: Int32 = 0
  package internal(set) var mended: Mended?
  package private(set) var declaration: EventID?

  package var identity: FileIdentity? { file?.identity }

  private let calls: FileCalls
  private let patience: Duration
  private var file: OpenFile?
  var end: LogEnd?
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

  /// Goes on under the name that the file was given.
  func move(to path: String) { self.path = path }

  package func append(
    _ draft: EventDraft, author: Author, expecting: Int?, now: () -> Timestamp
  ) -> Appended {
    var draft = draft
    mended = nil
    do {
      let (id, isFresh) = try Self.identity(of: draft, at: now)
      draft.identity = .known(id)
      let outcome = try appendLocked(draft, id, isFresh, author, expecting, now)
      return confirm(outcome, now)
    } catch {
      return .notRecorded(draft, at: now(), error)
    }
  }

  package static func identity(
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
    var search = isFresh ? nil : IdentitySearch(id)
    let locked: Locked
    switch try lockAtEnd(&search) {
    case .present(let event): return .present(event)
    case .locked(let it): locked = it
    }
    defer { release(locked) }
    let file = locked.file
    var place = WritingPlace(locked.end)
    let visibleEnd = place.whole == nil ? locked.end.offset : locked.end.count
    if let present = try search?.advance(to: visibleEnd, in: file, path: path) {
      try finish(place, in: file, at: locked.end.count)
      return .present(present)
    }
    if let expecting, place.visible != expecting {
      // A whole record that lacks its line feed is unseen by readers until it has one.
      try finish(place, in: file, at: locked.end.count)
      return .conflict(actual: place.visible)
    }
    let recorded = now()
    var bytes = try beginning(of: &place, recorded, author)
    let event = try line(draft, id, recorded, author, &place.chain)
    bytes += event.line + [10]
    try write(bytes, in: place, under: locked)
    return .recorded(event)
  }

  /// What has to stand before the next line.
  func beginning(
    of place: inout WritingPlace, _ recorded: Timestamp, _ author: Author
  ) throws(LogError) -> [UInt8] {
    let bytes: [UInt8] = place.isTorn ? [10] : []
    guard let repair = place.repair else { return bytes }
    let (id, _) = try Self.identity(
      of: EventDraft(.logRepaired, EventData([:])), at: { recorded })
    let draft = EventDraft(.logRepaired, repair.data)
    return try bytes + line(draft, id, recorded, author, &place.chain).line + [10]
  }

  /// Writes whole lines behind the end, and notes what that mended.
  func write(
    _ bytes: [UInt8], in place: WritingPlace, under locked: Locked
  ) throws(LogError) {
    keepReserve(locked.file, allocated: locked.allocated, count: locked.end.count)
    try write(bytes, to: locked.file, at: locked.end.count)
    if let whole = place.whole {
      mended = .finished(sequence: whole.sequence)
    } else if let repair = place.repair {
      mended = .closedOff(bytes: repair.newestFirst.reduce(0) { $0 + $1.count })
    }
    end?.skip(to: locked.end.count + bytes.count, place.chain)
  }

  /// The next line, read as everybody else will read it: what would not be an event is not written.
  func line(
    _ draft: EventDraft, _ id: EventID, _ recorded: Timestamp, _ author: Author,
    _ chain: inout Chain
  ) throws(LogError) -> RecordedEvent {
    guard chain.sequence < EventCoding.maximumSequence else {
      throw .numbersExhausted(path: path, sequence: chain.sequence)
    }
    let line = EventCoding.line(
      sequence: chain.sequence + 1, id: id, recorded: recorded, occurred: draft.occurred,
      author: author, kind: draft.kind.rawValue, data: draft.data, after: chain.previous)
    guard line.count <= EventCoding.maximumLineCount else {
      throw .tooLong(path: path, count: line.count)
    }
    guard !line.contains(10), let event = EventCoding.event(in: line[...]) else {
      throw .notAnEvent(path: path, kind: draft.kind.rawValue)
    }
    chain.pass(event)
    return event
  }

  /// Gives a whole record the line feed that it lacks.
  func finish(_ place: WritingPlace, in file: OpenFile, at count: Int) throws(LogError) {
    guard let whole = place.whole else { return }
    try write([10], to: file, at: count)
    mended = .finished(sequence: whole.sequence)
  }

  /// Syncs what is in the log, after the lock was given back.
  private func confirm(_ outcome: Appended, _ now: () -> Timestamp) -> Appended {
    guard let event = outcome.event else { return outcome }
    let error = synchronize(now)
    return error == 0 ? outcome : .unconfirmed(event, error: error)
  }

  /// Syncs what is in the log; 0, or the number of the error.
  func synchronize(_ now: () -> Timestamp) -> Int32 {
    guard let file else { return 0 }
    let error = calls.synchronize(file.descriptor)
    if error != 0, unsyncedSince == nil { unsyncedSince = now() }
    return error
  }

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

// MARK: - The end of the log under the lock

extension LogWriter {
  /// Most bytes that are read while others wait for the lock; what is more is read before.
  private static let mostUnderLock = 1 << 20

  /// The lock, with the end of the file as it stays while the lock is held.
  struct Locked {
    var file: OpenFile
    var shield: SignalShield
    var end: LogEnd
    /// Bytes set aside on the disk.
    var allocated: Int
  }

  enum Locking {
    case locked(Locked)
    case present(RecordedEvent)
  }

  func release(_ locked: Locked) {
    _ = calls.unlock(locked.file.descriptor)
    locked.shield.lower()
  }

  /// Reads the log up to its end, and takes the lock when little enough is left to be read under it.
  func lockAtEnd(_ search: inout IdentitySearch?) throws(LogError) -> Locking {
    for _ in 0..<64 {
      let before = try openFile()
      let count = try status(of: before).count
      if let end, end.count > count { self.end = nil }
      try readEnd(of: before, upTo: count)
      try checkFirst(of: before)
      let offset = end?.offset ?? 0
      if let present = try search?.advance(to: offset, in: before, path: path) {
        return .present(present)
      }
      let (file, shield) = try lock()
      do throws(LogError) {
        let now = try status(of: file)
        if file === before, let read = end?.count, read <= now.count,
          now.count - read <= Self.mostUnderLock
        {
          try readEnd(of: file, upTo: now.count)
          if let end, end.count == now.count {
            return .locked(
              Locked(file: file, shield: shield, end: end, allocated: now.allocated))
          }
        }
      } catch {
        _ = calls.unlock(file.descriptor)
        shield.lower()
        throw error
      }
      _ = calls.unlock(file.descriptor)
      shield.lower()
      if file !== before { search = search.map { IdentitySearch($0.id) } }
    }
    throw .keepsChanging(path: path)
  }

  /// Finds the end, or reads on from where it was.
  private func readEnd(of file: OpenFile, upTo count: Int) throws(LogError) {
    guard var known = end else {
      end = try LogEnd.find(in: file, count: count, path: path)
      return
    }
    // Held in one place only, so that reading on copies nothing.
    end = nil
    try known.readOn(in: file, upTo: count, path: path)
    end = known
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
    try calls.waitForLock(of: file, path: path, until: ContinuousClock.now + patience) { tries in
      // The lock is normally held for microseconds; a longer wait need not be polled quickly.
      if tries < 8 { sched_yield() } else { usleep(min(50 * (tries - 7), 5000)) }
    }
  }

  /// Looks at the first event once: whether this version may write, and whose log it is.
  private func checkFirst(of file: OpenFile) throws(LogError) {
    if formatIsChecked { return }
    var count = 4096
    while true {
      let bytes = try file.bytes(0..<count, path: path)
      if let line = bytes.firstIndex(of: 10) {
        let first = EventCoding.event(in: bytes[..<line])
        declaration = first?.id
        if let format = first?.data.integer("format"), format > EventCoding.format {
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

  private func keepReserve(_ file: OpenFile, allocated: Int, count: Int) {
    guard reserveError != EOPNOTSUPP, allocated - count < Self.reserve / 2 else { return }
    // Without a reserve everything works but on a full disk, so that its failure stops nothing.
    reserveError = calls.reserve(file.descriptor, count, Self.reserve)
  }
}
