import Documents
import Engine
import EventLog
import Testing

/// Every number over incidents in which anything may happen, computed once more from the bare lines of their logs.
@Suite struct RandomNumbersTests {
  static let seeds = Array(UInt64(1)...40)
  private static let names = ["standard", "fintech", "marketplace"]

  private static func random(_ seed: UInt64) throws -> (RandomIncident, PlainLog, Int) {
    let random = try RandomIncident(
      seed: seed, BuiltIns.read(names[Int(seed) % names.count]))
    return (random, try PlainLog(random.log.fileBytes), Int(random.now.milliseconds))
  }

  @Test func `what happens at random is enough to prove something`() throws {
    var seen: [String: Int] = [:]
    for seed in Self.seeds {
      let (random, plain, now) = try Self.random(seed)
      let report = PostmortemReport(of: random.source)
      for promise in plain.promises(now, random.incident.procedure) {
        seen["promise \(promise.result)", default: 0] += 1
      }
      for target in report.conduct.targets { seen["target \(target.result)", default: 0] += 1 }
      let json = report.json["metrics"]?.array ?? []
      for metric in json { seen["metric \(metric["state"]?.string ?? "")", default: 0] += 1 }
      seen["reopened", default: 0] += plain.episodes.count > 1 ? 1 : 0
      seen["gap", default: 0] += report.conduct.gaps.count
      seen["silence", default: 0] += report.conduct.silences.count
      seen["retracted", default: 0] += plain.lines.count - plain.live.count
      seen["corrected", default: 0] += plain.corrected.count
      seen["outcome \(plain.outcome ?? "open")", default: 0] += 1
    }
    let wanted = [
      "promise kept", "promise broken", "promise ended", "promise running", "target met",
      "target late", "target missed", "target running", "target cancelled", "metric measured",
      "metric not_recorded", "metric invalid", "reopened", "gap", "silence", "retracted",
      "corrected", "outcome open", "outcome resolved", "outcome false_alarm", "outcome merged",
    ]
    for name in wanted { #expect(seen[name, default: 0] > 0, "\(name) in \(seen)") }
  }

  @Test(arguments: seeds)
  func `metrics of every episode`(seed: UInt64) throws {
    let (random, plain, now) = try Self.random(seed)
    let report = PostmortemReport(of: random.source)
    let json = try JSON(parsing: report.json.text)
    let episodes = plain.episodes
    #expect(report.metrics.count == episodes.count)
    for metric in json["metrics"]?.array ?? [] where metric["defined_by"]?.string == "default" {
      let number = try #require(metric["episode"]?.integer)
      let id = try #require(metric["id"]?.string)
      let expected = PlainLog.metric(id, episodes[Int(number) - 1])
      let state = metric["state"]?.string
      guard let expected else {
        #expect(state == "not_recorded", "\(id) \(number)")
        continue
      }
      #expect(state == (expected < 0 ? "invalid" : "measured"), "\(id) \(number)")
      guard expected >= 0 else { continue }
      #expect(metric["seconds"]?.integer == Int64(expected / 1000), "\(id) \(number)")
    }
    #expect(now >= episodes.last?.clockStart ?? 0)
  }

  @Test(arguments: seeds)
  func `metrics that the procedure defines`(seed: UInt64) throws {
    let random = try RandomIncident(seed: seed, BuiltIns.read("fintech"))
    let plain = try PlainLog(random.log.fileBytes)
    let metrics = PostmortemReport(of: random.source).metrics
    // Alert to acknowledgement, acknowledgement to mitigation and to resolution.
    for (episode, found) in zip(plain.episodes, metrics) {
      let own = found.metrics.filter(\.isOfProcedure)
      #expect(own.count == 3)
      let known = episode.reopened ?? episode.detected
      let ends: [(Int?, Int?)] = [
        (known, episode.acknowledged), (episode.acknowledged, episode.mitigated),
        (episode.acknowledged, episode.resolved),
      ]
      for (metric, (from, to)) in zip(own, ends) {
        guard let from, let to, to >= from else {
          #expect(metric.duration == nil)
          continue
        }
        #expect(metric.duration == Duration.milliseconds(Int64(to - from)), "\(metric.formula)")
      }
    }
  }

  @Test(arguments: seeds)
  func `counts, promises, silence, waits and time spent`(seed: UInt64) throws {
    let (random, plain, now) = try Self.random(seed)
    let report = PostmortemReport(of: random.source)
    let json = try JSON(parsing: report.json.text)
    func count(_ kind: String) -> Int { plain.live(kind).count }
    func array(_ key: String) -> [JSON] { json[key]?.array ?? [] }
    #expect(array("timeline").count == plain.lines.count)
    #expect(report.lateCount == plain.lines.count { $0.recorded - $0.at >= 60_000 })
    #expect(array("findings").count == count("finding.added"))
    #expect(array("hypotheses").count == count("hypothesis.added"))
    #expect(array("decisions").count == count("decision.made"))
    #expect(array("actions").count == count("action.added"))
    let promises = plain.promises(now, random.incident.procedure)
    #expect(array("promises").map { $0["seq"]?.integer } == promises.map { Int64($0.sequence) })
    #expect(array("promises").map { $0["result"]?.string } == promises.map(\.result))
    let limit = (random.incident.procedure.silence?.seconds ?? 1200) * 1000
    #expect(
      array("silences").map { $0["seconds"]?.integer }
        == plain.silences(now, limit: limit).map { Int64($0 / 1000) })
    var spent: [String: Int64] = [:]
    for row in array("time_in") {
      let name = "\(row["kind"]?.string ?? "") \(row["name"]?.string?.lowercased() ?? "")"
      spent[name] = row["seconds"]?.integer
    }
    let expected = plain.spent(now)
    #expect(
      spent
        == Dictionary(
          uniqueKeysWithValues: expected.map { ($0.key.lowercased(), Int64($0.value / 1000)) }))
  }

  @Test(arguments: seeds)
  func `targets and waits by the procedure's own rules`(seed: UInt64) throws {
    let (random, plain, now) = try Self.random(seed)
    let conduct = PostmortemReport(of: random.source).conduct
    let procedure = random.incident.procedure
    let worst = try #require(procedure.severities.min { $0.rank < $1.rank })
    for episode in plain.episodes {
      let severity = procedure.severities.first { $0.id == episode.severity } ?? worst
      for target in severity.targets {
        guard case .seconds(let allowed, _) = target.within else { continue }
        let met: Int?
        switch target.kind {
        case .acknowledge, .respond: met = episode.acknowledged
        case .mitigate: met = episode.mitigated ?? episode.resolved
        case .resolve: met = episode.resolved
        case .communicate:
          met =
            episode.own.first { line in
              line.kind == "update.sent"
                && (target.audience == nil
                  || PlainLog.isOne(line.text("audience"), target.audience, procedure))
            }?.at
        case .triage: continue
        }
        let due = episode.clockStart + allowed * 1000
        let last = episode.lastInstant(now)
        // What was not over by then is owed no more once the incident is.
        let over = [episode.resolved, episode.closed].compactMap { $0 }.filter { $0 <= last }.min()
        let isOwed = over.map { due <= $0 } ?? true
        var expected = due <= last ? "missed" : "running"
        if let met, met <= last, isOwed || met <= over ?? met {
          expected = met < due ? "met" : "late"
        } else if !isOwed {
          expected = "cancelled"
        }
        let found = conduct.targets.first { outcome in
          outcome.episode == episode.number && outcome.kind.rawValue == target.kind.rawValue
            && outcome.due.milliseconds == Int64(due)
            && (target.audience.map { outcome.label.containsText($0) } ?? true)
        }
        #expect(found?.result.rawValue == expected, "\(target.text) in \(episode.number)")
      }
      let rules = procedure.cadence.filter { $0.severity == nil || $0.severity == severity.id }
      for rule in rules {
        let allowed = try #require(rule.maximum ?? rule.every) * 1000
        let wait = plain.waits(rule.audience, allowed: allowed, episode, now, procedure)
        let gap = conduct.gaps.first {
          $0.episode == episode.number && $0.audience == rule.audience
            && $0.rule.line == rule.line && $0.every == .seconds(allowed / 1000)
        }
        #expect(gap?.count == wait?.0)
        #expect(gap?.longest.span == wait.map { .milliseconds($0.1) })
      }
    }
  }

  /// `2 h 05 min` and the like, as people write spans.
  private static func words(_ milliseconds: Int) -> String {
    let seconds = milliseconds / 1000
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600, seconds / 60)
    let two = minutes % 60 < 10 ? "0\(minutes % 60)" : "\(minutes % 60)"
    if days > 0 { return hours % 24 == 0 ? "\(days) d" : "\(days) d \(hours % 24) h" }
    if hours > 0 { return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(two) min" }
    if minutes > 0 {
      return seconds % 60 == 0 ? "\(minutes) min" : "\(minutes) min \(seconds % 60) s"
    }
    return "\(seconds) s"
  }

  @Test(arguments: seeds)
  func `the figures that are printed are the figures that were computed`(seed: UInt64) throws {
    let (random, plain, now) = try Self.random(seed)
    let report = PostmortemReport(of: random.source)
    let markdown = report.markdown
    let html = report.html
    let isSeveral = plain.episodes.count > 1
    let titles = [
      ("time_to_detect", "Time to detect"), ("time_to_acknowledge", "Time to acknowledge"),
      ("time_to_mitigate", "Time to mitigate"), ("time_to_resolve", "Time to resolve"),
    ]
    for episode in plain.episodes {
      for (id, title) in titles {
        guard let span = PlainLog.metric(id, episode), span >= 0,
          id != "time_to_detect" || episode.reopened == nil
        else { continue }
        let name = title + (isSeveral ? " (episode \(episode.number))" : "")
        #expect(markdown.containsText("| \(name) | **\(Self.words(span))** |"), "\(name)")
        #expect(html.containsText(">\(name)</td>"))
      }
    }
    let taken = Set(
      plain.lines.filter { $0.kind == "entry.retracted" }.compactMap { $0.data["entry"]?.integer }
    ).count
    let late = plain.lines.count { $0.recorded - $0.at >= 60_000 }
    #expect(markdown.containsText("\(plain.lines.count) entries: \(late) written late, "))
    #expect(markdown.containsText(", \(taken) retracted"))
    let results = plain.promises(now, random.incident.procedure).map(\.result)
    let (kept, broken) = (results.count { $0 == "kept" }, results.count { $0 == "broken" })
    #expect(
      markdown.containsText("\(kept) of \(kept + broken) promised updates came in time")
        == (kept > 0))
    let head = random.log.events.last?.hash ?? ""
    #expect(markdown.containsText("Log head \(plain.lines.count):\(head)"))
  }

  @Test(arguments: seeds)
  func `the brief and the follow-ups`(seed: UInt64) throws {
    let (random, plain, now) = try Self.random(seed)
    let brief = try JSON(parsing: BriefReport(of: random.source).json.text)
    func count(_ key: String) -> Int? { brief[key]?.array?.count }
    #expect(count("decisions") == plain.live("decision.made").count)
    #expect(count("findings") == plain.live("finding.added").count)
    #expect(count("hypotheses") == plain.live("hypothesis.added").count)
    #expect(brief == BriefReport(of: random.source).json)
    let report = PostmortemReport(of: random.source).json
    #expect(try JSON(parsing: report.text) == PostmortemReport(of: random.source).json)
    #expect(
      brief["last_update"]?["seq"]?.integer
        == plain.live("update.sent").last.map { Int64($0.sequence) })
    let episode = try #require(plain.episodes.last)
    let times = brief["times"]
    #expect(times?["acknowledged"]?.string.flatMap(PlainLog.milliseconds) == episode.acknowledged)
    #expect(times?["mitigated"]?.string.flatMap(PlainLog.milliseconds) == episode.mitigated)
    #expect(times?["resolved"]?.string.flatMap(PlainLog.milliseconds) == episode.resolved)
    #expect(times?["started"]?.string.flatMap(PlainLog.milliseconds) == episode.started)
    #expect(brief["severity"]?.string == episode.severity ?? "unknown")
    let done = Set(plain.live("action.done").compactMap { $0.data["action"]?.integer })
    let rows = ActionRow.all(of: random.incident, at: random.now)
    #expect(rows.map(\.sequence) == plain.live("action.added").map(\.sequence))
    for (row, line) in zip(rows, plain.live("action.added")) {
      #expect(row.text == plain.corrected[line.sequence] ?? line.text("text"))
      #expect(row.isDone == done.contains(Int64(line.sequence)))
      let due = try #require(line.time("due"))
      #expect(row.isOverdue == (!row.isDone && now >= due))
    }
  }

  @Test(arguments: seeds)
  func `what another procedure would have asked for`(seed: UInt64) throws {
    let (random, plain, now) = try Self.random(seed)
    let own = random.incident.procedure
    let other = try BuiltIns.read(own.name == "Standard" ? "marketplace" : "standard")
    let rows = Comparison(of: random.incident, under: other, at: random.now).rows
    let episode = try #require(plain.episodes.last)
    func severity(_ procedure: Procedure) throws -> Severity {
      let ordered = procedure.severities.sorted { $0.rank < $1.rank }
      let place = own.severities.sorted { $0.rank < $1.rank }.firstIndex {
        $0.id == episode.severity
      }
      return ordered[min(place ?? 0, ordered.count - 1)]
    }
    func due(_ procedure: Procedure, _ kinds: Set<Severity.Target.Kind>) throws -> Int64? {
      let target = try severity(procedure).targets.first { kinds.contains($0.kind) }
      guard case .seconds(let seconds, _)? = target?.within else { return nil }
      return Int64(episode.clockStart + seconds * 1000)
    }
    let asked: [(Deadline.Kind, Set<Severity.Target.Kind>)] = [
      (.acknowledge, [.acknowledge, .respond]), (.mitigate, [.mitigate]), (.resolve, [.resolve]),
    ]
    for (kind, kinds) in asked {
      let row = rows.first { $0.kind == kind || (kind == .acknowledge && $0.kind == .respond) }
      if let mine = try due(own, kinds) { #expect(row?.own?.due?.milliseconds == mine) }
      guard let theirs = try due(other, kinds) else { continue }
      #expect(row?.other?.due?.milliseconds == theirs)
      guard let mine = try due(own, kinds) else { continue }
      #expect(row?.earlier == .milliseconds(mine - theirs))
    }
    #expect(now > 0)
  }
}
