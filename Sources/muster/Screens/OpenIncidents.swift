import Dashboard
import Engine
import EventLog
import Glibc

/// The open incidents of a store, found and read without writing anything.
struct OpenIncidents {
  private let store: Store
  private var logs: [String: Known] = [:]
  private var hasLooked = false
  /// Why the store could not be looked at the last time.
  private(set) var failure: String?
  private var hasSeenStore = false

  private struct Known {
    var log: FollowedLog
    var incident: Incident
    /// It could not be read the last time, so all of it is read again.
    var hasFailed = false
  }

  /// How far back an incident without a hint may have been written to and still be looked at.
  private static let recent = 2 * 86_400

  init(store: Store) {
    self.store = store
  }

  /// What is open now, read on where it has grown. `shown` is folded elsewhere and only listed.
  mutating func look(
    besides shown: Incident?, at now: Timestamp, in context: TimeContext
  ) -> [OpenIncident] {
    let ids = candidates()
    for id in logs.keys where !ids.contains(id) { logs[id] = nil }
    var summaries: [OpenIncident] = []
    if let shown, shown.isOpen { summaries.append(OpenIncident(shown, at: now, in: context)) }
    for id in ids where id != shown?.id {
      guard let incident = refreshed(id), incident.isOpen, incident.declaration != nil else {
        continue
      }
      summaries.append(OpenIncident(incident, at: now, in: context))
    }
    return summaries.sorted(by: OpenIncident.isMoreUrgent)
  }

  /// The one incident that may be open, where there is only one: it need not be read to choose.
  mutating func only() -> String? {
    let ids = candidates()
    hasLooked = false
    return ids.count == 1 ? ids[0] : nil
  }

  /// The hinted ones; at the first look also those that were written to lately.
  private mutating func candidates() -> [String] {
    failure = nil
    var ids = names(in: store.openDirectory).filter(IncidentName.isValid)
    // A store that is not there yet has nothing open; one that was there and is gone says nothing.
    if access(store.incidentsDirectory, R_OK | X_OK) == 0 {
      hasSeenStore = true
    } else if errno != ENOENT || hasSeenStore {
      failure = "\(store.incidentsDirectory): \(String(cString: strerror(errno)))"
    }
    if !hasLooked {
      hasLooked = true
      let since = time(nil) - Self.recent
      for name in names(in: store.incidentsDirectory) where name.hasSuffix(".jsonl") {
        let id = String(name.dropLast(6))
        var status = stat()
        guard !ids.contains(id), IncidentName.isValid(id),
          stat("\(store.incidentsDirectory)/\(name)", &status) == 0, status.st_mtim.tv_sec > since
        else { continue }
        ids.append(id)
      }
    }
    for id in logs.keys where !ids.contains(id) && logs[id]?.incident.isOpen == true {
      ids.append(id)
    }
    return ids.sorted()
  }

  private mutating func refreshed(_ id: String) -> Incident? {
    do throws(LogError) {
      guard let known = logs[id]?.log, logs[id]?.hasFailed == false else {
        let log = FollowedLog(id: id, path: try store.path(of: id), usesNotices: false)
        let (incident, _) = try log.readAll(keeping: 0)
        logs[id] = Known(log: log, incident: incident)
        return incident
      }
      guard known.follower.changed() else { return logs[id]?.incident }
      switch try known.readOn() {
      case .nothing: break
      case .events(let events): for event in events { logs[id]?.incident.apply(event) }
      case .anew(let incident, _): logs[id]?.incident = incident
      }
    } catch {
      // One that cannot be read now is listed as it was.
      logs[id]?.hasFailed = true
    }
    return logs[id]?.incident
  }

  private func names(in folder: String) -> [String] {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
