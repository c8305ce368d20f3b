import Engine

/// A log as bare lines, read with plain arithmetic: nothing of the product's folding, only its reading of JSON.
struct PlainLog {
  struct Line {
    var sequence: Int
    var kind: String
    var actor: String
    /// Milliseconds since 1970: when it happened, when it was written.
    var at: Int
    var recorded: Int
    var data: JSON

    func text(_ key: String) -> String? { data[key]?.string }
    func time(_ key: String) -> Int? { text(key).flatMap(PlainLog.milliseconds) }
  }

  /// All lines as they stand in the file.
  var lines: [Line] = []
  /// What was not taken back, in the order in which it happened.
  var live: [Line] = []
  /// The newest wording of corrected entries.
  var corrected: [Int: String] = [:]

  init(_ bytes: [UInt8]) throws {
    for piece in bytes.split(separator: 10) {
      let json = try JSON(parsing: piece)
      let recorded = Self.milliseconds(json["recorded"]?.string ?? "") ?? -1
      lines.append(
        Line(
          sequence: Int(json["seq"]?.integer ?? 0), kind: json["kind"]?.string ?? "",
          actor: json["actor"]?.string ?? "",
          at: json["occurred"]?.string.flatMap(Self.milliseconds) ?? recorded, recorded: recorded,
          data: json["data"] ?? .null))
    }
    let taken = Set(
      lines.filter { $0.kind == "entry.retracted" }.compactMap { $0.data["entry"]?.integer })
    live = lines.filter { !taken.contains(Int64($0.sequence)) || $0.kind == "incident.declared" }
    live.sort { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
    for line in live where line.kind == "entry.corrected" {
      if let entry = line.data["entry"]?.integer { corrected[Int(entry)] = line.text("text") }
    }
  }

  /// `2026-11-21T01:02:03.004Z`, counted in days, hours and minutes.
  static func milliseconds(_ text: String) -> Int? {
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 7, text.hasSuffix("Z") else { return nil }
    var days = 0
    for year in 1970..<numbers[0] { days += isLeap(year) ? 366 : 365 }
    let lengths = [31, isLeap(numbers[0]) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    days += lengths.prefix(numbers[1] - 1).reduce(0, +) + numbers[2] - 1
    let seconds = days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    return seconds * 1000 + numbers[6]
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  func live(_ kind: String) -> [Line] { live.filter { $0.kind == kind } }

  // MARK: - Episodes

  /// A stretch of the log from the beginning or a reopening up to the next reopening.
  struct Episode {
    var number: Int
    var reopened: Int?
    var next: Int?
    /// The entries of the episode itself.
    var own: [Line]
    /// Its own entries and all before.
    var known: [Line]
    var started: Int?
    var detected: Int?
    var declared: Int

    func first(_ kind: String) -> Int? { own.first { $0.kind == kind }?.at }

    /// When the status came to be at least of a role without falling back.
    func reached(_ roles: Set<String>) -> Int? {
      var at: Int?
      for line in own where line.kind == "status.changed" {
        let isThere = roles.contains(line.text("role") ?? "open")
        if !isThere { at = nil } else if at == nil { at = line.at }
      }
      return at
    }

    var acknowledged: Int? { first("incident.acknowledged") }
    var mitigated: Int? { reached(["mitigated", "resolved"]) }
    var resolved: Int? { reached(["resolved"]) }
    /// The closing that ended it.
    var closed: Int? { own.last { $0.kind == "incident.closed" }?.at }
    var clockStart: Int { reopened ?? detected ?? declared }

    /// Until when it counts, asked at an instant.
    func end(_ now: Int) -> Int {
      [resolved, closed, next.map { min($0, now) } ?? now].compactMap { $0 }.min() ?? now
    }

    func lastInstant(_ now: Int) -> Int { next.map { min($0, now) } ?? now }

    /// The severity that held at the end of the episode.
    var severity: String? {
      let change = known.last { $0.kind == "severity.changed" || $0.kind == "incident.declared" }
      return change?.text("severity")
    }
  }

  var episodes: [Episode] {
    let declaration = lines[0]
    func milestone(_ name: String) -> Int? {
      live("milestone.set").last { $0.text("milestone") == name }?.time("at")
        ?? declaration.time(name)
    }
    let reopenings = live("incident.reopened")
    return (0...reopenings.count).map { index in
      let begin = index > 0 ? reopenings[index - 1] : nil
      let end = index < reopenings.count ? reopenings[index] : nil
      let known = live.filter { line in
        end.map { (line.at, line.sequence) < ($0.at, $0.sequence) } ?? true
          || line.kind == "incident.declared"
      }
      let own = known.filter { line in
        begin.map { (line.at, line.sequence) >= ($0.at, $0.sequence) } ?? true
      }
      return Episode(
        number: index + 1, reopened: begin?.at, next: end?.at, own: own, known: known,
        started: milestone("started"), detected: milestone("detected"), declared: declaration.at)
    }
  }

  /// How it was closed, unless it was reopened since.
  var outcome: String? {
    guard let closing = live.last(where: { $0.kind == "incident.closed" }) else { return nil }
    let reopened = live.last { $0.kind == "incident.reopened" }
    if let reopened, (reopened.at, reopened.sequence) > (closing.at, closing.sequence) {
      return nil
    }
    return closing.text("outcome")
  }

  // MARK: - Metrics

  /// What a metric is by its formula: milliseconds, nil where a moment is missing, negative where invalid.
  static func metric(_ id: String, _ episode: Episode) -> Int? {
    let began = episode.reopened ?? episode.started
    let known = episode.reopened ?? episode.detected
    let ends: (Int?, Int?) =
      switch id {
      case "time_to_detect": (began, known)
      case "time_to_acknowledge": (known, episode.acknowledged)
      case "time_to_mitigate": (began, episode.mitigated)
      default: (began, episode.resolved)
      }
    guard let from = ends.0, let to = ends.1 else { return nil }
    return to - from
  }

  // MARK: - Promises, silence, cadence

  struct Promise: Equatable {
    var sequence: Int
    var result: String
  }

  /// Whether two names mean one audience: the same word, or two for the team, or two for those outside of whom the
  /// document owes something to one alone.
  static func isOne(_ one: String?, _ other: String?, _ procedure: Procedure) -> Bool {
    let (one, other) = (one?.lowercased() ?? "team", other?.lowercased() ?? "team")
    if one == other { return true }
    let named = Set(
      (procedure.severities.flatMap { $0.targets.map(\.audience) }
        + procedure.cadence.map(\.audience) + procedure.notices.map(\.audience))
        .compactMap { $0?.lowercased() })
    let groups = [["team", "internal"], ["customers", "external", "users", "status page"]]
    return groups.contains { $0.contains(one) && $0.contains(other) }
      && !(named.contains(one) && named.contains(other))
  }

  func promises(_ now: Int, _ procedure: Procedure) -> [Promise] {
    episodes.flatMap { episode -> [Promise] in
      let sent = episode.own.filter { $0.kind == "update.sent" }
      return sent.enumerated().compactMap { index, line in
        guard let due = line.time("next") else { return nil }
        let answer = sent[(index + 1)...].first {
          Self.isOne($0.text("audience"), line.text("audience"), procedure)
        }?.at
        let over = [episode.resolved, episode.closed, episode.next].compactMap { $0 }.min()
        let result =
          if let answer, answer <= due { "kept" } else if let over, over <= due {
            "ended"
          } else if answer != nil || episode.lastInstant(now) > due { "broken" } else { "running" }
        return Promise(sequence: line.sequence, result: result)
      }
    }
  }

  private static let automatic: Set<String> = [
    "escalation.fired", "escalation.exhausted", "delivery.succeeded", "delivery.failed",
    "log.repaired", "clock.stepped",
  ]

  /// Stretches in milliseconds in which nobody wrote anything for longer than a limit.
  func silences(_ now: Int, limit: Int) -> [Int] {
    episodes.flatMap { episode -> [Int] in
      let (begin, end) = (episode.clockStart, episode.end(now))
      guard begin < end else { return [] }
      let said = lines.filter { !Self.automatic.contains($0.kind) }.map(\.at).sorted()
      let marks = [begin] + said.filter { $0 > begin && $0 <= end } + [end]
      return zip(marks, marks.dropFirst()).map { $1 - $0 }.filter { $0 > limit }
    }
  }

  /// How often an audience waited longer than allowed, and the longest wait.
  func waits(
    _ audience: String?, allowed: Int, _ episode: Episode, _ now: Int, _ procedure: Procedure
  ) -> (Int, Int)? {
    let end = episode.end(now)
    let sent = episode.own.filter {
      $0.kind == "update.sent" && $0.at < end
        && (audience == nil || Self.isOne($0.text("audience"), audience, procedure))
    }.map(\.at)
    let begin = episode.clockStart
    guard begin < end else { return nil }
    let bounds = [min(begin, sent.first ?? begin)] + sent + [end]
    let long = zip(bounds, bounds.dropFirst()).map { $1 - $0 }.filter { $0 > allowed }
    return long.max().map { (long.count, $0) }
  }

  /// Milliseconds in each severity and each status until resolved, counted minute by minute of change.
  func spent(_ now: Int) -> [String: Int] {
    var spent: [String: Int] = [:]
    for episode in episodes {
      let (begin, end) = (episode.clockStart, episode.end(now))
      guard begin < end else { continue }
      let marks = ([begin, end] + live.map(\.at)).filter { $0 >= begin && $0 <= end }.sorted()
      for (from, to) in zip(marks, marks.dropFirst()) where from < to {
        let changes = episode.known.filter {
          $0.kind == "severity.changed" || $0.kind == "incident.declared"
        }
        let held = changes.last { $0.at <= from } ?? changes.first
        spent["severity \(held?.text("severity") ?? "unknown")", default: 0] += to - from
        let moved = episode.own.last {
          $0.kind == "status.changed" && $0.at <= from && $0.at >= begin
        }
        spent["status \(moved?.text("status") ?? "investigating")", default: 0] += to - from
      }
    }
    return spent
  }
}
