import YAML

/// Gathers keys, leaving out what is not there.
struct MapBuilder {
  private var entries: [YAMLValue.Entry] = []

  mutating func add(_ key: String, _ value: YAMLValue) { entries.append(.init(key, value)) }

  mutating func add(_ key: String, _ text: String?) {
    if let text { entries.append(.init(key, .text(text))) }
  }

  mutating func add(_ key: String, _ list: [YAMLValue]) {
    if !list.isEmpty { entries.append(.init(key, .list(list))) }
  }

  var value: YAMLValue { .map(entries) }

  func value(line: Int) -> YAMLValue { .map(entries + [.init("line", .integer(line))]) }
}
