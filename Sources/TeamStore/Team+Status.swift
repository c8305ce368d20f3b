package import Engine
internal import EventLog
internal import Glibc

/// What an operator asks of a cluster.
package struct ClusterStatus: Sendable {
  package struct Member: Sendable {
    package var endpoint: String
    package var version = ""
    package var size: Int64?
    /// Most bytes that it takes before it refuses everything.
    package var quota: Int64?
    /// Seconds by which this machine's clock is ahead of the member's.
    package var skew: Int?
    package var id = ""
    package var leader = ""
    /// Why it does not answer.
    package var trouble: String?

    package var isLeader: Bool { !leader.isEmpty && leader == id }
    package var hasLeader: Bool { !leader.isEmpty && leader != "0" }
  }

  package var members: [Member] = []
  package var revision: Int64?
  package var incidents = 0
  /// Alarms of the cluster's own, such as NOSPACE.
  package var alarms: [String] = []
  /// Why a majority does not answer; nil where it does.
  package var trouble: String?

  /// What an operator should know though nothing has failed.
  package var remarks: [String] {
    findings.filter { trouble == nil || !$0.hasPrefix("no majority") }
  }

  /// What is wrong, each with what to do.
  package var findings: [String] {
    var findings: [String] = []
    for member in members {
      if let trouble = member.trouble {
        findings.append("\(trouble); start that member, or correct 'endpoints' in store.yaml")
      } else if !member.hasLeader {
        findings.append(
          "\(member.endpoint) knows no leader: it is cut off from the others; check the network between members"
        )
      }
    }
    let versions = Set(members.filter { $0.trouble == nil }.map(\.version))
    for version in versions
    where version.hasPrefix("2.") || version.hasPrefix("3.0")
      || version.hasPrefix("3.1") || version.hasPrefix("3.2") || version.hasPrefix("3.3")
    {
      findings.append("etcd \(version) is too old; update the members to 3.4 or newer")
    }
    if members.count == 1 {
      findings.append(
        "only one member is set: with it the team's store is gone; list three or five")
    }
    for member in members {
      if let size = member.size, let quota = member.quota, size > quota / 5 * 4 {
        findings.append(
          "\(member.endpoint) has used \(size * 100 / quota) % of its quota: compact and defragment it, "
            + "or raise --quota-backend-bytes")
      }
      if let skew = member.skew, abs(skew) >= Team.tolerance {
        findings.append(
          "the clock of this machine is \(abs(skew)) s \(skew > 0 ? "ahead of" : "behind") that of "
            + "\(member.endpoint); see to NTP on both")
      }
    }
    for alarm in alarms {
      findings.append(
        alarm == "NOSPACE"
          ? "the cluster is out of space and takes nothing: compact and defragment it, then 'etcdctl alarm disarm'"
          : "the cluster has the alarm \(alarm); see 'etcdctl alarm list'")
    }
    if let trouble { findings.append("no majority of the members answers: \(trouble)") }
    return findings
  }
}

extension Team {
  /// Asks every member for itself, and then all of them together.
  package func status(within limit: Duration, now: () -> Timestamp) -> ClusterStatus {
    var status = ClusterStatus()
    for endpoint in settings.endpoints {
      var own = settings
      own.endpoints = [endpoint]
      let client = EtcdClient(own, tokenPath: folder.tokenPath)
      status.members.append(member(client, endpoint, now: now))
    }
    do throws(TeamTrouble) {
      var heads = EtcdRange(keys.heads, end: StoreKeys.end(of: keys.heads))
      heads.limit = 100_000
      let answer = try read([EtcdRange(keys.store), heads], until: .now + limit)
      status.revision = answer.header.revision
      status.incidents = answer.found.last?.entries.count ?? 0
      status.alarms = alarms(until: .now + limit)
      if identity != nil, let found = answer.found.first { try check(found) }
    } catch {
      status.trouble = error.reason
    }
    return status
  }

  /// Seconds by which clocks may differ before anybody is told; what members say is cut to whole ones.
  package static let tolerance = 2

  /// Seconds by which this machine's clock is ahead of those of the members, by the one in the middle.
  func measureSkew(now: () -> Timestamp) -> Int? {
    var all: [Int] = []
    for endpoint in settings.endpoints {
      var own = settings
      own.endpoints = [endpoint]
      let client = EtcdClient(own, tokenPath: folder.tokenPath)
      if let skew = skew(client, now: now) { all.append(skew) }
    }
    return all.isEmpty ? nil : all.sorted()[all.count / 2]
  }

  private func skew(_ client: EtcdClient, now: () -> Timestamp) -> Int? {
    let begin = now()
    do throws(TeamTrouble) {
      guard let clock = try client.page("/version", within: .seconds(1)).clock else { return nil }
      let end = now()
      // Theirs is half a second older than it was on average, ours as old as half of the exchange.
      let ours = begin.milliseconds + (end.milliseconds - begin.milliseconds) / 2
      return Int((Double(ours - clock.milliseconds - 500) / 1000).rounded())
    } catch { return nil }
  }

  /// The quota that a member works by; nil where it does not tell.
  private func quota(_ client: EtcdClient) -> Int64? {
    let name = "etcd_server_quota_backend_bytes "
    let text: String
    do throws(TeamTrouble) { text = try client.page("/metrics", within: .seconds(1)).text } catch {
      return nil
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { Double($0.dropFirst(name.count)) }.map { Int64($0) }
  }

  private func member(
    _ client: EtcdClient, _ endpoint: String, now: () -> Timestamp
  ) -> ClusterStatus.Member {
    var member = ClusterStatus.Member(endpoint: endpoint)
    do throws(TeamTrouble) {
      let answer = try client.call(
        "/v3/maintenance/status", .object([JSON.Member]()), repeatable: true,
        until: .now + .seconds(1))
      member.version = answer["version"]?.string ?? "unknown"
      member.size = answer["dbSize"].whole ?? 0
      member.id = answer["header"]?["member_id"]?.string ?? ""
      member.leader = answer["leader"]?.string ?? ""
      member.quota = quota(client)
      member.skew = skew(client, now: now)
    } catch {
      member.trouble = error.reason
    }
    return member
  }

  /// What the members themselves complain of; nothing where that cannot be asked.
  private func alarms(until deadline: ContinuousClock.Instant) -> [String] {
    let client = EtcdClient(settings, tokenPath: folder.tokenPath)
    do throws(TeamTrouble) {
      let answer = try client.call(
        "/v3/maintenance/alarm", .object(["action": "GET"]), repeatable: true, until: deadline)
      return (answer["alarms"]?.array ?? []).compactMap { $0["alarm"]?.string }
    } catch { return [] }
  }

  /// What of all that is shared differs between the cluster and the copies here, in sentences.
  package func differences() throws(TeamTrouble) -> [String] {
    try freshen(until: .now + Self.patience * 2, now: { folder.seen?.at ?? .distantPast })
    var findings: [String] = []
    for id in try locally({ () throws(LogError) in try files.ids() })
    where !folder.isLocal(id) && !folder.isPending(id) {
      let shared: [[UInt8]]
      do throws(TeamTrouble) { shared = try allLines(of: id, until: .now + Self.patience) } catch {
        guard case .damaged(let reason) = error else { throw error }
        findings.append(reason)
        continue
      }
      let replica = try locally { () throws(LogError) in try ReplicaFile(id, of: files) }
      guard try locally({ () throws(LogError) in try replica.lock() }) else { continue }
      defer { replica.unlock() }
      let lines = try locally { () throws(LogError) in try replica.lines() }
      let common = zip(lines, shared)
      if let place = common.enumerated().first(where: { !$1.0.elementsEqual($1.1) })?.offset {
        findings.append(
          "entry \(place + 1) of \(id) is another here than in the team's store; remove "
            + "\(replica.path) and read again to take over the team's, after you have compared them"
        )
      } else if lines.count > shared.count {
        findings.append(
          "\(id) has \(lines.count) entries here and \(shared.count) in the team's store; record "
            + "something in it to have them put back")
      }
    }
    return findings
  }
}
