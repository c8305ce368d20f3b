import Engine
import EventLog
import Procedures

/// Which incident a verb means.
struct IncidentChoice {
  let store: StoreAccess
  /// As typed with `-i`.
  let typed: String?

  /// An incident and its store. For a drill that is the drill store, found only by naming the drill.
  struct Choice {
    var store: StoreAccess
    var id: String

    /// Its log, not read yet; as a rule without the timeline.
    func unread(_ extent: Incident.Extent = .outline) throws(Failure) -> FoldedLog {
      try store.log(of: id, extent)
    }
  }

  /// For a verb that records: the one named, else the only open one.
  func forRecording() throws(Failure) -> (choice: Choice, log: FoldedLog) {
    if let named = try named() { return (named, try named.unread()) }
    let open = try store.openIDs()
    guard let only = open.first else {
      let latest = try store.ids().last.map { "; for the latest closed one, say -i \($0)" } ?? ""
      throw Failure(
        .notNow, "no incident is open\(latest); \(Shell.verb("declare TITLE")) opens one")
    }
    guard open.count == 1 else { throw severalOpen(open) }
    let choice = Choice(store: store, id: only)
    return (choice, try choice.unread())
  }

  /// For a verb that reads: as for recording; if none is open, the latest one, with a remark.
  func forReading() throws(Failure) -> Choice {
    if let named = try named() { return named }
    let open = try store.openIDs()
    if open.count > 1 { throw severalOpen(open) }
    if let only = open.first { return Choice(store: store, id: only) }
    guard let latest = try store.ids().last else {
      throw Failure(
        .notNow, "there is no incident in \(store.home); \(Shell.verb("declare TITLE")) opens one")
    }
    Output.complain("no incident is open; showing the latest, \(latest)")
    return Choice(store: store, id: latest)
  }

  private func severalOpen(_ open: [String]) -> Failure {
    Failure(
      .notNow,
      "\(open.count) incidents are open; choose one with -i: \(open.joined(separator: ", "))")
  }

  /// The one that `-i` or `$MUSTER_INCIDENT` names.
  func named() throws(Failure) -> Choice? {
    if let typed { return try existing(typed) }
    guard let variable = environment("MUSTER_INCIDENT") else { return nil }
    if try store.contains(variable) { return Choice(store: store, id: variable) }
    let drills = store.drills
    if try drills.contains(variable) { return Choice(store: drills, id: variable) }
    throw Failure(
      .notNow,
      "$MUSTER_INCIDENT is '\(variable)', which is not in \(store.home); unset it or say -i ID")
  }

  /// The incident of an id, or the only open one whose id contains the words; only then a drill of that id or those words.
  private func existing(_ word: String) throws(Failure) -> Choice {
    // Words that could lead out of the store are refused; others may be a part of an id.
    let isPart = word.utf8.allSatisfy { byte in
      byte == 45 || (48...57).contains(byte) || (97...122).contains(byte)
    }
    let mayBeWhole = IncidentName.isValid(word) || !isPart || word.isEmpty
    let drills = store.drills
    for place in [store, drills] where mayBeWhole {
      // One whose log was taken away is still an incident, for what is to be kept for it.
      if try place.contains(word) || place.store.isLost(word) {
        return Choice(store: place, id: word)
      }
    }
    for place in [store, drills] {
      var matches = try place.openIDs().filter { $0.containsText(word) }
      // An id without its day is meant, whatever else begins like it.
      let whole = matches.filter { $0.dropFirst("2026-01-01-".count) == word }
      if whole.count == 1 { matches = whole }
      if matches.count == 1 { return Choice(store: place, id: matches[0]) }
      guard matches.isEmpty else {
        throw Failure(
          .notNow, "'\(word)' fits several: \(matches.joined(separator: ", ")); be more specific")
      }
    }
    let known = try store.ids() + drills.ids()
    let guess = NearestMatch.find(word, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw Failure(
      .notNow,
      "no incident '\(word)' in \(store.home)\(guess); \(Shell.verb("list --all")) lists all")
  }
}
