internal import Engine
internal import EventLog

/// The settings that the machines of a team share.
extension Team {
  /// What the cluster has, for somebody who is to change it.
  package struct SettingsThere: Sendable {
    package var settings: SharedSettings
    /// The name that tells them from all others.
    package var name: String
    var revision: Int64
  }

  /// Takes over the settings that a look found; what cannot be used leaves those of before in force, and is told.
  func takeSettings(_ kv: KeyValue?, _ isAnew: Bool) throws(TeamTrouble) {
    guard let kv else {
      if isAnew, let kept = folder.settings {
        folder.raise(
          "settings-gone-\(kept.number)",
          "the team's store has no settings any more; number \(kept.number) stays in force here; "
            + "'muster store pull' and 'muster store push' put them back")
      }
      return
    }
    let alarm = "settings-\(kv.revision)"
    do throws(TeamTrouble) {
      let settings = try SharedSettings(kv.value)
      let former = folder.settings
      try locally { () throws(LogError) in try folder.keep(settings) }
      if let former, former.number > settings.number {
        folder.raise(
          alarm,
          "the team's settings number \(former.number) were replaced by older ones, number "
            + "\(settings.number), as from a backup; the former are kept in "
            + "\(folder.path)/\(former.folder)")
      }
    } catch {
      switch error {
      case .damaged(let reason):
        folder.raise(
          alarm, "the team's settings cannot be used, and those of before stay in force: \(reason)")
      case .local(let error):
        folder.raise(alarm, "the team's settings cannot be kept here: \(error.description)")
      case .outOfReach, .unknown, .otherStore: throw error
      }
    }
  }

  /// The settings as the cluster has them now; nil where none are shared.
  package func lookAtSettings() throws(TeamTrouble) -> SettingsThere? {
    let found = try read([EtcdRange(keys.store), EtcdRange(keys.settings)], until: deadline()).found
    if let store = found.first { try check(store) }
    guard let kv = found.last?.entries.first else { return nil }
    let settings = try SharedSettings(kv.value)
    return SettingsThere(
      settings: settings, name: TeamFolder.name(of: settings), revision: kv.revision)
  }

  /// Puts settings in the place of those that were `seen`, nil where there were none; false where others have been put
  /// since.
  package func push(
    _ settings: SharedSettings, over seen: SettingsThere?
  ) throws(TeamTrouble) -> Bool {
    let bytes = settings.bytes
    guard bytes.count <= SharedSettings.limit else {
      throw .damaged(
        "the settings with their documents have \(bytes.count) bytes, and \(SharedSettings.limit) "
          + "is the limit; make the documents shorter")
    }
    let condition: EtcdCondition =
      seen.map { .isAt(keys.settings, revision: $0.revision) } ?? .isMissing(keys.settings)
    do throws(TeamTrouble) {
      let outcome = try transact(
        if: [try isOurs(), condition], [.put(keys.settings, bytes)],
        else: [.read(EtcdRange(keys.store))], until: deadline())
      if !outcome.isDone, let store = outcome.found.first { try check(store) }
      guard outcome.isDone else { return false }
    } catch {
      guard case .unknown = error else { throw error }
      // It may have been done all the same.
      guard try lookAtSettings()?.settings == settings else { throw error }
    }
    try locally { () throws(LogError) in
      try folder.keep(settings)
      try folder.note(settingsBase: TeamFolder.name(of: settings))
    }
    return true
  }
}
