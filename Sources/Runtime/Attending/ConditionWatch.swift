import Engine
import EventLog

/// Notices damage in the logs of open incidents, as somebody who reads along with all of them would.
struct ConditionWatch {
  private let store: any Store
  private var readers: [String: any LogReading] = [:]
  /// When the first place of the present damage was found.
  private var found: [String: LogCondition.Damaged] = [:]
  /// When to look again at what may only be a line in the making; nil: there is none.
  private(set) var next: Timestamp?

  init(_ store: any Store) { self.store = store }

  /// How long a line that is being written may look damaged.
  private static let patience = Duration.seconds(2)

  /// What is wrong now, by incident.
  mutating func look(at ids: [String], _ now: Timestamp) -> [String: LogCondition] {
    next = nil
    readers = readers.filter { ids.contains($0.key) }
    found = found.filter { ids.contains($0.key) }
    var conditions: [String: LogCondition] = [:]
    for id in ids {
      guard let damage = damage(of: id, now) else {
        found[id] = nil
        continue
      }
      conditions[id] = LogCondition(damage: damage)
    }
    return conditions
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
