internal import Glibc

/// Why a log could not be opened, read or written: facts, with the place and the system's error number.
package enum LogError: Error, Hashable, Sendable {
  case notFound(path: String)
  /// The log of an incident is there and holds no entry any more.
  case emptied(path: String)
  case exists(path: String)
  /// A log is a plain file; links are refused, so that an id never leads out of the store.
  case isLink(path: String)
  case isNoFile(path: String)
  case cannotOpen(path: String, error: Int32)
  case cannotRead(path: String, offset: Int, error: Int32)
  case cannotWrite(path: String, offset: Int, error: Int32)
  /// The lock could not be taken in time.
  case locked(path: String, holder: LockHolder?)
  /// The path led to another file each time the lock was had.
  case keepsChanging(path: String)
  case newerFormat(path: String, format: Int)
  case tooLong(path: String, count: Int)
  /// The newest number in the log is the greatest there is.
  case numbersExhausted(path: String, sequence: Int)
  /// The log began with another event than the one that the words are for.
  case otherIncident(path: String)
  /// What was to be recorded would not be read as an event.
  case notAnEvent(path: String, kind: String)
  case invalidID(String)
  case cannotSpool(path: String, error: Int32)
  /// What was written to a file may be lost with the machine, as the system once failed to sync it.
  case cannotSync(path: String)
  case noRandomness(error: Int32)
  /// What several machines share is damaged or cannot be had; the reason is a sentence.
  case notShared(path: String, reason: String)

  /// Whether a later attempt can succeed, so that the event is worth keeping.
  package var mayPass: Bool {
    switch self {
    case .cannotOpen, .cannotRead, .cannotWrite, .locked, .keepsChanging, .noRandomness,
      .numbersExhausted, .otherIncident, .notFound, .emptied, .isLink, .isNoFile, .newerFormat,
      .notShared:
      true
    case .exists, .tooLong, .notAnEvent, .invalidID, .cannotSpool, .cannotSync:
      false
    }
  }

  /// Whether what the log holds cannot be had now, as by a failing disk, for want of permission, or because it was taken away.
  package var isOfReading: Bool {
    switch self {
    case .cannotOpen, .cannotRead, .isLink, .isNoFile, .notFound, .emptied: true
    default: false
    }
  }

  /// One line: what, where, what to do.
  package var description: String {
    switch self {
    case .notFound(let path): "no log at \(path)"
    case .emptied(let path): "\(path) holds no entry any more; restore a good copy of it"
    case .exists(let path): "\(path) exists already"
    case .isLink(let path): "\(path) is a link; put the file itself there"
    case .isNoFile(let path): "\(path) is not a plain file"
    case .cannotOpen(let path, let error): "cannot open \(path): \(Self.words(error))"
    case .cannotRead(let path, let offset, let error):
      "cannot read \(path) at byte \(offset): \(Self.words(error))"
    case .cannotWrite(let path, let offset, let error):
      "cannot write \(path) at byte \(offset): \(Self.words(error))\(Self.remedy(error))"
    case .locked(let path, let holder?):
      "\(path) is locked by process \(holder.process) (\(holder.name)); wait for that process or end it"
    case .locked(let path, nil): "\(path) is locked by another process; try again"
    case .keepsChanging(let path):
      "\(path) keeps being replaced by another process; stop that process"
    case .newerFormat(let path, let format):
      "\(path) has format \(format), newer than \(EventCoding.format); it can only be read: update Muster"
    case .tooLong(let path, let count):
      "an event of \(count) bytes is too long for \(path); the limit is \(EventCoding.maximumLineCount)"
    case .numbersExhausted(let path, let sequence):
      "\(path) has entry \(sequence), the highest number possible; restore a good copy of the log"
    case .otherIncident(let path):
      "\(path) is the log of another incident; what was to be recorded stays in the spool"
    case .notAnEvent(let path, let kind):
      "cannot record a '\(kind)' in \(path): its data is not a JSON object"
    case .invalidID(let id):
      "not the id of an incident: \(id.prefix(80)); ids look like 2026-11-21-checkout-errors"
    case .cannotSpool(let path, let error): "cannot keep the entry in \(path): \(Self.words(error))"
    case .cannotSync(let path):
      "the disk once did not confirm what was written to \(path); what comes is not taken before a restart"
    case .notShared(let path, let reason): "\(path) is not shared: \(reason)"
    case .noRandomness(let error): "no random numbers from the system: \(Self.words(error))"
    }
  }

  /// What the system calls an error number.
  package static func words(_ error: Int32) -> String {
    var text = [CChar](repeating: 0, count: 128)
    guard strerror_r(error, &text, text.count) == 0 else { return "error \(error)" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func remedy(_ error: Int32) -> String {
    switch error {
    case ENOSPC, EDQUOT: "; free some space"
    case EROFS, EACCES, EPERM: "; make it writable"
    case EIO: "; the disk may be failing: copy the log elsewhere"
    default: ""
    }
  }
}
