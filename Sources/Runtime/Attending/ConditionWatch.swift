package import Engine
package import EventLog

/// Notices damage in the logs of open incidents, as somebody who reads along with all of them would, and what is not shared
/// with the team for a while.
package struct ConditionWatch {
  private let store: any Store
  private var readers: [String: any LogReading] = [:]
  /// When the first place of the present damage was found.
  private var found: [String: LogCondition.Damaged] = [:]
  /// When to look again at what may only be a line in the making; nil: there is none.
  package private(set) var next: Timestamp?

  package init(_ store: any Store) { self.store = store }

  /// How long a line that is being written may look damaged.
  private static let patience = Duration.seconds(2)

  /// How long entries may wait to be shared before anybody is told: most interruptions are over by then.
  private static let sharingPatience = Duration.seconds(60)

  /// What is wrong now, by incident.
  package mutating func look(at ids: [String], _ now: Timestamp) -> [String: LogCondition] {
    next = nil
    readers = readers.filter { ids.contains($0.key) }
    found = found.filter { ids.contains($0.key) }
    var conditions: [String: LogCondition] = [:]
    let unshared = store.unsharedSince
    for id in ids {
      let damage = damage(of: id, now)
      if damage == nil { found[id] = nil }
      let since = unshared[id].flatMap { isDue($0, now) ? $0 : nil }
      guard damage != nil || since != nil else { continue }
      conditions[id] = LogCondition(damage: damage, unsharedSince: since)
    }
    return conditions
  }

  /// Whether what waits since an instant has waited for long enough; notes when to look again where it has not.
  private mutating func isDue(_ since: Timestamp, _ now: Timestamp) -> Bool {
    let due = since + Self.sharingPatience
    guard due > now else { return true }
    next = min(next ?? .distantFuture, due)
    return false
  }

  private mutating func damage(of id: String, _ now: Timestamp) -> LogCondition.Damaged? {
    do throws(LogError) {
      let reader: any LogReading
      if let known = readers[id] { reader = known } else { reader = try store.reader(of: id) }
      readers[id] = reader
      if try reader.read(at: now, { _ in }) == .replaced { _ = try reader.read(at: now, { _ in }) }
      let settled = reader.settledDamage(at: now)
      if settled.count < reader.damage.count {
        next = min(next ?? .distantFuture, now + Self.patience)
      }
      guard let first = settled.first else { return nil }
      let known = found[id]
      let damage = LogCondition.Damaged(
        offset: first.offset, words: first.description(path: reader.place),
        count: reader.damageCount,
        since: known?.offset == first.offset ? known?.since ?? now : now)
      found[id] = damage
      return damage
    } catch {
      // What cannot be read at all is told by whoever attends to it.
      return nil
    }
  }
}
