import Engine
import EventLog
import Procedures

/// Which incident a verb means.
struct IncidentChoice {
  let store: StoreAccess
  /// As typed with `-i`.
  let typed: String?

  typealias Choice = (id: String, log: FoldedLog)

  /// For a verb that records: the one named, else the only open one.
  func forRecording() throws(Failure) -> Choice {
    if let named = try named() { return try unread(named) }
    let open = try store.open()
    guard let only = open.first else {
      let latest = try store.ids().last.map { "; for one that is closed say -i \($0)" } ?? ""
      throw Failure(.notNow, "no incident is open\(latest); 'muster declare TITLE' opens one")
    }
    guard open.count == 1 else { throw severalOpen(open.map(\.id)) }
    return only
  }

  /// For a verb that reads: as for recording, and with none open the latest, which is said.
  func forReading() throws(Failure) -> String {
    if let named = try named() { return named }
    let open = try store.openIDs()
    if open.count > 1 { throw severalOpen(open) }
    if let only = open.first { return only }
    guard let latest = try store.ids().last else {
      throw Failure(
        .notNow, "there is no incident in \(store.home); 'muster declare TITLE' opens one")
    }
    Output.complain("no incident is open; this is the latest, \(latest)")
    return latest
  }

  func unread(_ id: String) throws(Failure) -> Choice {
    (id, FoldedLog(path: try store.path(of: id)))
  }

  private func severalOpen(_ open: [String]) -> Failure {
    Failure(
      .notNow,
      "\(open.count) incidents are open; say which with -i: \(open.joined(separator: ", "))")
  }

  func named() throws(Failure) -> String? {
    if let typed { return try existing(typed) }
    guard let variable = environment("MUSTER_INCIDENT") else { return nil }
    guard try store.contains(variable) else {
      throw Failure(
        .notNow,
        "$MUSTER_INCIDENT is '\(variable)', which is not in \(store.home); unset it or say -i ID")
    }
    return variable
  }

  /// The incident of an id, or the only open one whose id contains the words.
  private func existing(_ word: String) throws(Failure) -> String {
    // Words that could lead out of the store are refused; others may be a part of an id.
    let isPart = word.utf8.allSatisfy { byte in
      byte == 45 || (48...57).contains(byte) || (97...122).contains(byte)
    }
    if IncidentName.isValid(word) || !isPart || word.isEmpty, try store.contains(word) {
      return word
    }
    let matches = try store.openIDs().filter { $0.containsText(word) }
    if matches.count == 1 { return matches[0] }
    let known = try store.ids()
    let guess = NearestMatch.find(word, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw Failure(
      .notNow, "no incident '\(word)' in \(store.home)\(guess); 'muster list --all' shows all")
  }
}
