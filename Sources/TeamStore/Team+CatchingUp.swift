internal import Engine
internal import EventLog
internal import Glibc

/// Bringing a copy up to what the cluster has, under the lock of the copy.
extension Team {
  /// How an incident stood in the cluster when its copy was last the same.
  struct Standing {
    /// Revision at which the newest entry was put; nil where there is none.
    var revision: Int64?
    /// What its head says.
    var head: JSON?
  }

  /// What a look at an incident found.
  struct Look {
    var entries: [(number: Int, kv: KeyValue)] = []
    var hasMore = false
    var head: JSON?
    var header: EtcdHeader
  }

  /// How many entries come with one answer.
  private static let page = 500

  /// What is asked for to learn what an incident has from one of its entries on.
  func lookRanges(_ id: String, from number: Int) -> [EtcdRange] {
    let end = StoreKeys.end(of: keys.entries(of: id))
    return [
      EtcdRange(keys.store), EtcdRange(keys.head(of: id)),
      EtcdRange(keys.entry(max(1, number), of: id), end: end, limit: Self.page),
    ]
  }

  func look(_ answer: EtcdOutcome, at id: String) throws(TeamTrouble) -> Look {
    guard answer.found.count == 3 else {
      throw .outOfReach("the cluster answered something else than was asked")
    }
    try check(answer.found[0])
    var look = Look(hasMore: answer.found[2].hasMore, header: answer.header)
    if let head = answer.found[1].entries.first {
      do throws(JSONError) { look.head = try JSON(parsing: head.value[...]) } catch {
        // Only a hint, put anew with the next entry.
        look.head = nil
      }
    }
    for kv in answer.found[2].entries {
      guard let number = keys.number(kv.key, of: id) else {
        folder.raise(
          "key-\(id)", "the team's store holds a foreign key among the entries of \(id): \(kv.key)")
        continue
      }
      look.entries.append((number, kv))
    }
    return look
  }

  /// Takes over what is new, and answers how things stand; the lock of the copy is held, where it is there.
  func catchUp(
    _ replica: ReplicaFile, _ id: String, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> Standing {
    for _ in 0..<100_000 {
      let answer = try read(lookRanges(id, from: replica.count), until: deadline)
      if let standing = try take(look(answer, at: id), into: replica, id, until: deadline) {
        return standing
      }
    }
    throw .unknown("\(id) keeps changing")
  }

  /// Takes over what a look found; nil where there is to be looked again.
  func take(
    _ look: Look, into replica: ReplicaFile, _ id: String, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> Standing? {
    var news = look.entries[...]
    var revision: Int64?
    let count = replica.count
    if count > 0 {
      guard let first = news.first, first.number == count else {
        try putBack(replica, id, upTo: news.first?.number, until: deadline)
        return nil
      }
      guard first.kv.value == replica.lastLine else {
        try rebuild(replica, id, until: deadline)
        return nil
      }
      noteVersion(first.kv, count, id)
      revision = first.kv.revision
      news.removeFirst()
    }
    var lines: [[UInt8]] = []
    for (number, kv) in news {
      guard number == count + lines.count + 1 else { break }
      try requireLine(kv.value, number, id)
      noteVersion(kv, number, id)
      lines.append(kv.value)
      revision = kv.revision
    }
    guard replica.tail.isEmpty || lines.first.map({ replica.fits($0) }) == true else {
      try rebuild(replica, id, until: deadline)
      return nil
    }
    if !lines.isEmpty {
      let isMade = try add(lines, to: replica, id)
      if !isMade { return nil }
    }
    if lines.count < news.count { throw gap(count + lines.count + 1, id) }
    return look.hasMore ? nil : Standing(revision: revision, head: look.head)
  }

  /// Adds lines, making the copy where there is none; false where it is to be looked again.
  private func add(
    _ lines: [[UInt8]], to replica: ReplicaFile, _ id: String
  ) throws(TeamTrouble) -> Bool {
    try locally { () throws(LogError) in
      guard replica.identity == nil else {
        try replica.add(lines)
        return true
      }
      let isMade = try replica.make(id, lines)
      let isThere = try replica.lock()
      guard isThere else { throw LogError.keepsChanging(path: replica.path) }
      return isMade && replica.count == lines.count
    }
  }

  private func gap(_ number: Int, _ id: String) -> TeamTrouble {
    let text =
      "entry \(number) of \(id) is missing in the team's store; nothing can be added until a machine "
      + "that has it puts it back"
    folder.raise("gap-\(id)-\(number)", text)
    return .damaged(text)
  }

  /// What cannot be a line stops the copy: it would not be the same file any more.
  private func requireLine(_ value: [UInt8], _ number: Int, _ id: String) throws(TeamTrouble) {
    guard value.count > EventCoding.maximumLineCount || value.contains(10) else { return }
    let text =
      "entry \(number) of \(id) in the team's store cannot be a line of a log; the copy here stops "
      + "before it; see 'muster store doctor'"
    folder.raise("line-\(id)-\(number)", text)
    throw .damaged(text)
  }

  private func noteVersion(_ kv: KeyValue, _ number: Int, _ id: String) {
    guard kv.version > 1 else { return }
    folder.raise(
      "version-\(id)-\(number)-\(kv.version)",
      "entry \(number) of \(id) was overwritten in the team's store (version \(kv.version)); "
        + "an entry is only ever put once")
  }

  // MARK: - The copy knows more

  /// Puts lines back that the cluster does not have, from the first that is missing up to another that is there.
  private func putBack(
    _ replica: ReplicaFile, _ id: String, upTo next: Int?,
    until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) {
    var range = EtcdRange(
      keys.entries(of: id), end: keys.entry(replica.count, of: id), limit: 1)
    range.newestFirst = true
    let newest = try read([range], until: deadline).found.first?.entries.first
    let lines = try locally { () throws(LogError) in try replica.lines() }
    var previous: Int64?
    var known = 0
    if let newest, let number = keys.number(newest.key, of: id), number <= lines.count {
      guard lines[number - 1].elementsEqual(newest.value) else {
        return try rebuild(replica, id, until: deadline)
      }
      (known, previous) = (number, newest.revision)
    }
    let isNew = folder.isPending(id)
    if isNew { try locally { () throws(LogError) in try folder.setPending(id, false) } }
    let begin = known + 1
    while known < lines.count {
      var batch: [[UInt8]] = []
      var size = 0
      while known + batch.count < lines.count, batch.count < 60, size < 700_000 {
        batch.append(Array(lines[known + batch.count]))
        size += batch.last?.count ?? 0
      }
      guard let put = try put(batch, id, behind: known, previous, until: deadline) else { return }
      (known, previous) = (known + batch.count, put)
    }
    guard !isNew, begin > 1 || next != nil else { return }
    let text =
      "entries \(begin)-\(lines.count) of \(id) were missing in the team's store and were put back "
      + "from this machine"
    folder.raise("restored-\(id)-\(begin)-\(lines.count)", text)
  }

  /// Puts some lines together behind an entry, and answers at what revision; nil where somebody else was faster.
  private func put(
    _ lines: [[UInt8]], _ id: String, behind known: Int, _ previous: Int64?,
    until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> Int64? {
    var conditions = [try isOurs()]
    if let previous {
      conditions.append(.isAt(keys.entry(known, of: id), revision: previous))
    }
    var puts: [EtcdOperation] = []
    for (place, line) in lines.enumerated() {
      let key = keys.entry(known + place + 1, of: id)
      conditions.append(.isMissing(key))
      puts.append(.put(key, line))
    }
    let last = lines.last.flatMap { EventCoding.event(in: $0[...]) }
    if let last { puts.append(.put(keys.head(of: id), TeamHead.after(last, nil).bytes)) }
    // Where this comes to nothing, what was put is found by the next look.
    let outcome = try transact(if: conditions, puts, until: max(deadline, .now + Self.patience))
    return outcome.isDone ? outcome.header.revision : nil
  }

  // MARK: - A fork

  /// All lines that the cluster has of an incident.
  func allLines(
    of id: String, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    while true {
      let answer = try read(
        lookRanges(id, from: lines.count + 1), until: max(deadline, .now + Self.patience))
      let look = try look(answer, at: id)
      for (number, kv) in look.entries {
        guard number == lines.count + 1 else { throw gap(lines.count + 1, id) }
        try requireLine(kv.value, number, id)
        lines.append(kv.value)
      }
      if !look.hasMore { return lines }
    }
  }

  /// Keeps a copy that differs from what the cluster has as it is, makes it anew, and keeps the events that it alone has to
  /// be offered again.
  private func rebuild(
    _ replica: ReplicaFile, _ id: String, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) {
    let lines = try allLines(of: id, until: deadline)
    guard !lines.isEmpty else {
      throw .damaged("the team's store has nothing of \(id) to make the copy anew from")
    }
    let shared = Set(lines.compactMap { EventCoding.event(in: $0[...])?.id })
    let name = "fork-\(id)-\(replica.hash.prefix(8))"
    let (kept, offered, left) = try locally { () throws(LogError) in
      var offered = 0
      var left: [String] = []
      for line in try replica.lines() {
        guard let event = EventCoding.event(in: line), !shared.contains(event.id) else { continue }
        // An incident is declared once, and what this version does not know it cannot say again.
        guard event.kind != .incidentDeclared, event.kind != .unknown else {
          left.append("entry \(event.sequence) (\(event.kindName))")
          continue
        }
        _ = try outbox.keep(
          event.offer, in: id, author: Author(actor: event.actor, source: event.source),
          now: { event.recorded })
        offered += 1
      }
      let kept = try replica.replace(id, with: lines)
      guard try replica.lock() else { throw LogError.keepsChanging(path: replica.path) }
      return (kept, offered, left)
    }
    let only =
      left.isEmpty
      ? "" : "; \(left.joined(separator: ", ")) cannot be offered and stands there alone"
    folder.raise(
      name,
      "FORK: the copy of \(id) here differed from the team's store; it is kept as \(kept), and "
        + "\(offered) entries that it alone had are offered again\(only)")
  }
}

extension RecordedEvent {
  /// As it is offered to others: the same fact, at its time.
  var offer: EventDraft {
    EventDraft(kind, identity: .known(id), occurred: occurred ?? recorded, data)
  }
}

/// What a team's store says of an incident beside its entries: how far it goes, and what it is about.
enum TeamHead {
  /// The head behind an event, from the one before it; a hint, which nobody trusts over the log.
  static func after(_ event: RecordedEvent, _ earlier: JSON?) -> JSON {
    var title = earlier?["title"]
    var severity = earlier?["severity"]
    var isOpen = earlier?["open"]?.bool ?? true
    switch event.kind {
    case .incidentDeclared:
      (title, severity) = (event.data.value("title"), event.data.value("severity"))
      isOpen = true
    case .incidentClosed: isOpen = false
    case .incidentReopened: isOpen = true
    case .severityChanged: severity = event.data.value("severity") ?? severity
    default: break
    }
    return .object([
      "seq": .integer(Int64(event.sequence)), "hash": event.hash.map { .string($0) },
      "open": .bool(isOpen), "title": title, "severity": severity,
    ])
  }
}
