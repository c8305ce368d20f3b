internal import Engine

/// A sign in the store that one process met trouble, for all others to see: an empty file whose name says it all, so that
/// it can be made on a full disk too.
enum TroubleMark: Hashable {
  case unsynced(incident: String, since: Timestamp, boot: String, file: FileIdentity)
  case kept(incident: String, event: EventID, since: Timestamp, user: UInt32)
  case withoutSettings(user: UInt32)

  var name: String {
    switch self {
    case .unsynced(let incident, let since, let boot, let file):
      "unsynced.\(since.milliseconds).\(boot).\(file.device).\(file.inode).\(incident)"
    case .kept(let incident, let event, let since, let user):
      "kept.\(since.milliseconds).\(user).\(event.description).\(incident)"
    case .withoutSettings(let user): "settings.\(user)"
    }
  }

  init?(name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("unsynced", 6):
      guard let since = Int64(parts[1]), let device = UInt64(parts[3]),
        let inode = UInt64(parts[4]), IncidentName.isValid(parts[5])
      else { return nil }
      self = .unsynced(
        incident: parts[5], since: Timestamp(milliseconds: since), boot: parts[2],
        file: FileIdentity(device: device, inode: inode))
    case ("kept", 5):
      guard let since = Int64(parts[1]), let user = UInt32(parts[2]),
        let event = EventID(parts[3]), IncidentName.isValid(parts[4])
      else { return nil }
      self = .kept(
        incident: parts[4], event: event, since: Timestamp(milliseconds: since), user: user)
    case ("settings", 2):
      guard let user = UInt32(parts[1]) else { return nil }
      self = .withoutSettings(user: user)
    default: return nil
    }
  }

  /// What tells one start of the system from another, short enough for a name.
  static var boot: String { String(SpoolEntry.currentBoot.prefix(8)) }
}
