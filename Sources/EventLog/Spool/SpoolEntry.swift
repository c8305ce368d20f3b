package import Engine
internal import Glibc

/// An event that is not, or not surely, in its log.
package struct SpoolEntry: Hashable, Sendable {
  package enum State: String, Sendable {
    case notRecorded = "not_recorded"
    /// Written, but not confirmed by a sync.
    case unconfirmed
  }

  package var incident: String
  package var id: EventID
  /// When it was to be recorded.
  package var time: Timestamp
  package var draft: EventDraft
  package var author: Author
  package var state: State
  /// Why it is here, as one line.
  package var reason: String
  /// The start of the system under which it was written.
  package var boot: String
  /// The file that it was written to.
  package var file: FileIdentity?
  /// Id of the first event of its log, so that it never gets into another incident's log of the same name.
  package var declaration: EventID?
  package var home = ""
  /// Where it is kept.
  package var path: String?

  package init(
    incident: String, id: EventID, time: Timestamp, draft: EventDraft, author: Author, state: State,
    reason: String, file: FileIdentity?, declaration: EventID? = nil
  ) {
    self.incident = incident
    self.id = id
    self.time = time
    self.draft = draft
    self.author = author
    self.state = state
    self.reason = reason
    self.file = file
    self.declaration = declaration
    boot = Self.currentBoot
    self.draft.identity = .known(id)
  }

  /// What tells one start of the system from another.
  package static var currentBoot: String {
    String(
      decoding: Folder.smallFile("/proc/sys/kernel/random/boot_id").prefix { $0 > 32 },
      as: UTF8.self)
  }

  /// The system's number of the user of this process, whose spool it is.
  static var currentUser: UInt32 { geteuid() }

  /// As it is offered again: the same fact, at its original time.
  package var offer: EventDraft {
    var draft = draft
    draft.occurred = draft.occurred ?? time
    return draft
  }

  /// A declaration as it is offered again under an id that is free.
  func offer(as id: String) -> EventDraft {
    var draft = offer
    let members = (draft.data.json.members ?? []).map { member in
      member.key == "id" ? JSON.Member("id", .string(id)) : member
    }
    draft.data = EventData(bytes: JSON.object(members).bytes[...])
    return draft
  }

  /// Whether offering it to the file that is there now can tell anything new.
  ///
  /// After a failed sync the system shows bytes that may not be on the disk, until it is started again.
  func mayBeOffered(to file: FileIdentity?) -> Bool {
    state == .notRecorded || boot != Self.currentBoot || (file != nil && file != self.file)
  }

  func json(home: String) -> JSON {
    .object([
      "home": .string(home), "incident": .string(incident), "state": .string(state.rawValue),
      "reason": .string(reason), "boot": .string(boot),
      "device": file.map { .string(String($0.device)) },
      "inode": file.map { .string(String($0.inode)) },
      "declaration": declaration.map { .string($0.description) }, "id": .string(id.description),
      "time": .string(time.rfc3339), "occurred": draft.occurred.map { .string($0.rfc3339) },
      "actor": .string(author.actor), "source": .string(author.source),
      "kind": .string(draft.kind.rawValue), "data": draft.data.json,
    ])
  }

  /// Whether a newer version of this program wrote it, for itself to offer again.
  static func isOfNewerVersion(_ bytes: [UInt8]) -> Bool {
    do throws(JSONError) {
      let json = try JSON(parsing: bytes[...])
      guard let kind = json["kind"]?.string, json["data"]?.members != nil else { return false }
      return EventKind(rawValue: kind) == nil
    } catch { return false }
  }

  init?(bytes: [UInt8], path: String) {
    let json: JSON
    do { json = try JSON(parsing: bytes[...]) } catch { return nil }
    guard let home = json["home"]?.string, let incident = json["incident"]?.string,
      IncidentName.isValid(incident), let state = json["state"]?.string.flatMap(State.init),
      let id = json["id"]?.string.flatMap({ EventID($0) }),
      let time = json["time"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
      let kind = json["kind"]?.string.flatMap(EventKind.init), let data = json["data"],
      data.members != nil
    else { return nil }
    let occurred = json["occurred"]?.string.flatMap { Timestamp(rfc3339: $0) }
    let device = json["device"]?.string.flatMap { UInt64($0) }
    let inode = json["inode"]?.string.flatMap { UInt64($0) }
    self.init(
      incident: incident, id: id, time: time,
      draft: EventDraft(
        kind, identity: .known(id), occurred: occurred, EventData(bytes: data.bytes[...])),
      author: Author(
        actor: json["actor"]?.string ?? "", source: json["source"]?.string ?? ""),
      state: state, reason: json["reason"]?.string ?? "",
      file: device.flatMap { device in inode.map { FileIdentity(device: device, inode: $0) } },
      declaration: json["declaration"]?.string.flatMap { EventID($0) })
    boot = json["boot"]?.string ?? ""
    self.home = home
    self.path = path
  }
}
