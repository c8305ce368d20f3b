internal import Glibc

/// Which incidents are open, without reading every log on every command.
///
/// `open/<id>` is a hint made before the log itself, so that hints are at least the open ones. Logs that somebody else
/// put there are noticed by the time and the number of names of the directory, which `open/.surveyed` remembers.
extension Store {
  /// What the directory of logs looked like.
  struct Survey: Hashable {
    var seconds: Int
    var nanoseconds: Int
    var names: Int

    var text: String { "\(seconds) \(nanoseconds) \(names)\n" }
  }

  private var surveyPath: String { openDirectory + "/.surveyed" }

  private func look() throws(LogError) -> (Survey, [String])? {
    guard let status = FileStatus(path: incidentsDirectory),
      let names = Directory.list(incidentsDirectory, isSorted: false)
    else {
      if errno == ENOENT { return nil }
      throw .cannotOpen(path: incidentsDirectory, error: errno)
    }
    let survey = Survey(
      seconds: status.modified.seconds, nanoseconds: status.modified.nanoseconds,
      names: names.count)
    return (survey, names)
  }

  /// The state of the directory, if every log in it was looked at in that state.
  func surveyed() throws(LogError) -> Survey? {
    guard let (survey, _) = try look(),
      Directory.smallFile(surveyPath) == Array(survey.text.utf8)
    else { return nil }
    return survey
  }

  /// Remembers the state of the directory, if one name more is all that changed.
  func noteSurvey(after earlier: Survey) throws(LogError) {
    guard let (survey, _) = try look(), survey.names == earlier.names + 1 else { return }
    _ = write(survey)
  }

  /// Answers whether it could be written; a reader without permission looks at every log each time.
  private func write(_ survey: Survey) -> Bool {
    let file = open(surveyPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard file >= 0 else { return false }
    defer { close(file) }
    if isShared { fchmod(file, 0o660) }
    let text = Array(survey.text.utf8)
    return Glibc.write(file, text, text.count) == text.count
  }

  /// Makes the hint of an incident; true where there was none.
  func makeHint(_ id: String) throws(LogError) -> Bool {
    let path = openDirectory + "/" + id
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
    if file >= 0 {
      if isShared { fchmod(file, 0o660) }
      close(file)
      return true
    }
    if errno == EEXIST { return false }
    throw .cannotWrite(path: path, offset: 0, error: errno)
  }

  /// Sets the hint of an incident right, as after it was closed or reopened.
  package func setOpen(_ id: String, _ isOpen: Bool) throws(LogError) {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    if isOpen {
      _ = try makeHint(id)
    } else if unlink(openDirectory + "/" + id) != 0, errno != ENOENT {
      throw .cannotWrite(path: openDirectory + "/" + id, offset: 0, error: errno)
    }
  }

  /// The ids of the open incidents, oldest day first; sets hints right where a log disagrees.
  ///
  /// `isOpen` reads a log; it is asked about the hinted ones, and about all when others changed the directory.
  package func openIDs(_ isOpen: (String) throws(LogError) -> Bool) throws(LogError) -> [String] {
    guard let (survey, names) = try look() else { return [] }
    let isComplete = Directory.smallFile(surveyPath) == Array(survey.text.utf8)
    let hinted = Directory.names(openDirectory).filter(IncidentName.isValid)
    let hints = Set(hinted)
    // With a complete survey the closed ones, of which there may be many, are not even looked at by name.
    let ids =
      isComplete
      ? hinted.filter { FileStatus(path: incidentsDirectory + "/" + $0 + ".jsonl") != nil }
      : names.compactMap(Self.id(ofFile:)).sorted()
    var open: [String] = []
    var mayWrite = true
    for id in ids where hints.contains(id) || !isComplete {
      let isHinted = hints.contains(id)
      if try isOpen(id) {
        open.append(id)
        if !isHinted, mayWrite { mayWrite = try correct(id, true) }
      } else if isHinted, mayWrite, isOld(openDirectory + "/" + id) {
        mayWrite = try correct(id, false)
      }
    }
    if !isComplete, mayWrite { _ = write(survey) }
    return open
  }

  /// Sets a hint right; false where this user may not.
  private func correct(_ id: String, _ isOpen: Bool) throws(LogError) -> Bool {
    do throws(LogError) {
      try setOpen(id, isOpen)
      return true
    } catch {
      guard case .cannotWrite(_, _, let number) = error,
        [EACCES, EPERM, EROFS, ENOSPC, EDQUOT, ENOENT].contains(number)
      else { throw error }
      return false
    }
  }

  /// Whether a hint is not that of a log in the making.
  private func isOld(_ path: String) -> Bool {
    guard let status = FileStatus(path: path) else { return false }
    return time(nil) - status.modified.seconds > 10
  }
}
