package import Display

/// Which key asks for what, where: the pane first, then everywhere.
package struct Keymap: Sendable {
  private var bindings: [Request.Context: [Key: Request]] = [:]
  private var names: [Request: [String]] = [:]

  /// The keys of the table.
  package static let standard = remapped([:]).keymap

  private init() {}

  /// The keys of the table with some requests on keys of one's own; `none` unbinds.
  ///
  /// Answers beside the key map what could not be done: unknown names, two requests on one key.
  package init(
    remapping changes: [String: [String]], conflicts: inout [String]
  ) {
    let result = Self.remapped(changes)
    self = result.keymap
    conflicts = result.conflicts
  }

  private static func remapped(_ changes: [String: [String]]) -> (keymap: Self, conflicts: [String])
  {
    var map = Keymap()
    var conflicts: [String] = []
    for name in changes.keys.sorted() where Request(rawValue: name) == nil {
      conflicts.append("keys: unknown command “\(name)”")
    }
    for request in Request.allCases {
      let entry = request.entry
      let keys = changes[request.rawValue] ?? entry.keys
      for name in keys where name != "none" {
        guard let key = Key(name: name) else {
          conflicts.append("keys: \(request.rawValue): unknown key “\(name)”")
          continue
        }
        for context in entry.contexts {
          if let other = map.bindings[context]?[key] {
            conflicts.append(
              "keys: \(name) is set for both \(other.rawValue) and \(request.rawValue)")
            continue
          }
          map.bindings[context, default: [:]][key] = request
        }
        map.names[request, default: []].append(name)
      }
    }
    return (map, conflicts)
  }

  /// What the key of a name asks for, looked up in the same way.
  func request(named name: String, in contexts: [Request.Context]) -> Request? {
    for context in contexts {
      if let found = bindings[context]?.first(where: { $0.key.name == name }) { return found.value }
    }
    return nil
  }

  /// What a key asks for, looked up in the given contexts one after the other.
  package func request(for key: Key, in contexts: [Request.Context]) -> Request? {
    for context in contexts {
      if let request = bindings[context]?[key] { return request }
    }
    return nil
  }

  /// The names of a request's keys, the first one for hints.
  package func keys(of request: Request) -> [String] { names[request] ?? [] }

  /// A key as hints write it.
  package static func shown(_ name: String) -> String {
    switch name {
    case "page-up": "PgUp"
    case "page-down": "PgDn"
    case "enter": "Enter"
    case "esc": "Esc"
    case "tab": "Tab"
    case "shift-tab": "S-Tab"
    case "space": "Space"
    case "up": "↑"
    case "down": "↓"
    case "left": "←"
    case "right": "→"
    case "home": "Home"
    case "end": "End"
    default: name.hasPrefix("ctrl-") ? "^" + name.dropFirst(5).uppercased() : name
    }
  }
}
