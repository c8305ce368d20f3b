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
  ///
  /// Where the store cannot be looked at, what is known without looking has to do: the words will be kept.
  func forRecording() throws(Failure) -> (choice: Choice, log: FoldedLog) {
    do throws(Failure) { return try chosenForRecording() } catch {
      guard error.status == .worldFailed else { throw error }
      guard let id = idWithoutLooking else {
        throw Failure(
          .worldFailed,
          "NOT RECORDED and not kept: \(error.message); with -i and the whole id, words are kept")
      }
      let choice = Choice(store: store, id: id)
      return (choice, try choice.unread())
    }
  }

  /// The whole id that was typed, else the only one that has a hint of being open and fits the words.
  private var idWithoutLooking: String? {
    let word = typed ?? environment("MUSTER_INCIDENT")
    if let word, IncidentName.isValid(word) { return word }
    let hinted = Folder.names(store.store.openDirectory).filter { id in
      IncidentName.isValid(id) && word.map(id.containsText) ?? true
    }
    return hinted.count == 1 ? hinted[0] : nil
  }

  private func chosenForRecording() throws(Failure) -> (choice: Choice, log: FoldedLog) {
    if let named = try named(isOpen: true) { return (named, try named.unread()) }
    let open = try store.openIDs()
    guard let only = open.first else {
      let latest = try store.ids().last.map { "; for the latest closed one, say -i \($0)" } ?? ""
      let absence = store.absence.map { ": \($0)" } ?? ""
      throw Failure(
        .notNow,
        "no incident is open\(absence)\(latest); \(Shell.verb("declare TITLE")) opens one")
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
        .notNow,
        "there is no incident\(store.absence.map { ": \($0)" } ?? " in \(store.home)"); "
          + "\(Shell.verb("declare TITLE")) opens one")
    }
    Output.complain("no incident is open; showing the latest, \(latest)")
    return Choice(store: store, id: latest)
  }

  /// The only id that contains the words; nil where none does.
  private func onlyOne(of ids: [String], like word: String) throws(Failure) -> String? {
    var matches = ids.filter { $0.containsText(word) }
    // An id without its day is meant, whatever else begins like it.
    let whole = matches.filter { $0.dropFirst("2026-01-01-".count) == word }
    if whole.count == 1 { matches = whole }
    guard matches.count > 1 else { return matches.first }
    throw Failure(
      .notNow, "'\(word)' fits several: \(matches.joined(separator: ", ")); be more specific")
  }

  private func severalOpen(_ open: [String]) -> Failure {
    Failure(
      .notNow,
      "\(open.count) incidents are open; choose one with -i: \(open.joined(separator: ", "))")
  }

  /// The one that `-i` or `$MUSTER_INCIDENT` names; words of its id are enough, where an open one is wanted of an open one.
  func named(isOpen: Bool = false) throws(Failure) -> Choice? {
    if let typed { return try existing(typed, isOpen: isOpen) }
    guard let variable = environment("MUSTER_INCIDENT") else { return nil }
    if try store.contains(variable) { return Choice(store: store, id: variable) }
    let drills = store.drills
    if try drills.contains(variable) { return Choice(store: drills, id: variable) }
    throw Failure(
      .notNow,
      "$MUSTER_INCIDENT is '\(variable)', which is not in \(store.home); unset it or say -i ID")
  }

  /// The incident of an id, or the only open one whose id contains the words; only then a drill of that id or those words, and
  /// only then a closed one.
  private func existing(_ word: String, isOpen: Bool) throws(Failure) -> Choice {
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
      if let only = try onlyOne(of: place.openIDs(), like: word) {
        return Choice(store: place, id: only)
      }
    }
    for place in [store, drills] {
      let closed = try place.ids()
      if isOpen, case let fitting = closed.filter({ $0.containsText(word) }), !fitting.isEmpty {
        throw Failure(
          .notNow,
          "no open incident '\(word)'; closed: \(fitting.suffix(5).joined(separator: ", "))")
      }
      if let only = try onlyOne(of: closed, like: word) { return Choice(store: place, id: only) }
    }
    let known = try store.ids() + drills.ids()
    let guess = NearestMatch.find(word, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw Failure(
      .notNow,
      "no incident '\(word)' in \(store.home)\(guess); \(Shell.verb("list --all")) lists all")
  }
}
