package import Engine
internal import EventLog
internal import Glibc
package import TeamStore

/// Reads all copies of what machines share and the cluster itself, and tells whatever is not as it must be.
package struct TeamChecker {
  private let settings: TeamSettings
  private let prefix: String

  package init(endpoints: [String], prefix: String = "/muster") {
    self.init(TeamSettings(endpoints: endpoints), prefix: prefix)
  }

  package init(_ settings: TeamSettings, prefix: String = "/muster") {
    (self.settings, self.prefix) = (settings, prefix)
  }

  /// What was found in all.
  package struct Findings {
    package var entries = 0
    package var incidents = 0
    package var problems: [String] = []
  }

  /// Every one of `events` is to be there once.
  package func check(homes: [String], events: [EventID]) -> Findings {
    var findings = Findings()
    let logs: [String: [[UInt8]]]
    do throws(TeamTrouble) { logs = try shared(&findings) } catch {
      findings.problems.append("the cluster cannot be read: \(error.reason)")
      return findings
    }
    var seen: [EventID: Int] = [:]
    for (id, lines) in logs {
      findings.incidents += 1
      findings.entries += lines.count
      for line in lines {
        guard let event = EventCoding.event(in: line[...]) else {
          findings.problems.append("\(id): a line is no event")
          continue
        }
        seen[event.id, default: 0] += 1
      }
      let bytes = Array(lines.map { $0 + [10] }.joined())
      for home in homes { check(home, id, bytes, lines.count, &findings) }
    }
    for (event, count) in seen where count > 1 {
      findings.problems.append("\(event.description) is there \(count) times")
    }
    for event in events where seen[event] == nil {
      findings.problems.append("\(event.description) is not there")
    }
    return findings
  }

  private func check(
    _ home: String, _ id: String, _ bytes: [UInt8], _ count: Int, _ findings: inout Findings
  ) {
    let path = "\(home)/incidents/\(id).jsonl"
    if Self.bytes(path) != bytes { findings.problems.append("\(path) differs from the cluster") }
    let reader = LogReader(path: path)
    do throws(LogError) { _ = try reader.read(at: .distantFuture) { _ in } } catch {
      findings.problems.append(error.description)
      return
    }
    if reader.damageCount > 0 || reader.tornTail != nil || reader.eventCount != count {
      findings.problems.append("\(path): \(reader.damageCount) places are damaged")
    }
  }

  /// All entries of the cluster by incident.
  private func shared(_ findings: inout Findings) throws(TeamTrouble) -> [String: [[UInt8]]] {
    let client = EtcdClient(settings, tokenPath: "/tmp/.team-checker.\(getpid())")
    let keys = StoreKeys(prefix: prefix)
    var logs: [String: [[UInt8]]] = [:]
    var next = keys.incidents
    while true {
      let range = EtcdRange(next, end: StoreKeys.end(of: keys.incidents), limit: 1000)
      let answer = try client.read([range], until: .now + .seconds(20))
      for kv in answer.found.first?.entries ?? [] {
        let parts = kv.key.dropFirst(keys.incidents.count).split(separator: "/")
        guard parts.count == 2, let number = Int(parts[1], radix: 16) else {
          findings.problems.append("a foreign key: \(kv.key)")
          continue
        }
        let id = String(parts[0])
        if kv.version != 1 { findings.problems.append("\(kv.key) has version \(kv.version)") }
        if number != logs[id, default: []].count + 1 {
          findings.problems.append("\(id) has a gap before \(number)")
        }
        logs[id, default: []].append(kv.value)
        next = kv.key + "\0"
      }
      if answer.found.first?.hasMore != true { return logs }
    }
  }

  private static func bytes(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(file, &block, block.count), count > 0 {
      bytes.append(contentsOf: block[..<count])
    }
    return bytes
  }
}
