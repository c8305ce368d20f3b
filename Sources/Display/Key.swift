/// What a person did at the keyboard, as the terminal told it.
package enum Key: Hashable, Sendable {
  /// A printable character, also the space.
  case character(Character)
  case enter, escape, tab, backtab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 to F24.
  case function(Int)
  /// A letter (lower case) or one of `@ [ \ ] ^ _` held with Ctrl.
  case ctrl(Character)
  /// A character typed with Alt, or directly after Escape.
  case alt(Character)
  /// Text that was pasted: never commands. Line ends are line feeds.
  case paste(String)
  /// The terminal has another size now.
  case resize(Size)
  case mouse(MouseEvent)
  case focus(Bool)
  /// A key without a meaning here, by the terminal's name for it.
  case unknown(String)
}

/// A press or a turn of the wheel at a cell.
package struct MouseEvent: Hashable, Sendable {
  package enum Action: Hashable, Sendable { case press, release, wheelUp, wheelDown }

  package var action: Action
  package var point: Point

  package init(action: Action, point: Point) {
    self.action = action
    self.point = point
  }
}

extension Key {
  /// The name in key maps and hints: `n`, `space`, `ctrl-r`, `alt-x`, `f5`, `page-up`; `nil` for
  /// what is not a key to be bound.
  package var name: String? {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .ctrl(let character): "ctrl-\(character)"
    case .alt(let character): "alt-\(character == " " ? "space" : String(character))"
    case .function(let number): "f\(number)"
    case .paste, .resize, .mouse, .focus, .unknown: nil
    default: Self.named.first { $0.key == self }?.name
    }
  }

  /// Reads a name as ``name`` writes it; `nil` for any other text.
  package init?(name: String) {
    if let known = Self.named.first(where: { $0.name == name }) {
      self = known.key
      return
    }
    if name == "space" {
      self = .character(" ")
    } else if name.count == 1, let character = name.first, Sanitizer.clean(name) == name {
      self = .character(character)
    } else if name.hasPrefix("ctrl-"), name.count == 6, let character = name.last {
      self = .ctrl(character)
    } else if name == "alt-space" {
      self = .alt(" ")
    } else if name.hasPrefix("alt-"), name.count == 5, let character = name.last {
      self = .alt(character)
    } else if name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  private static let named: [(name: String, key: Key)] = [
    ("enter", .enter), ("esc", .escape), ("tab", .tab), ("shift-tab", .backtab),
    ("backspace", .backspace), ("delete", .delete), ("insert", .insert), ("up", .up),
    ("down", .down), ("left", .left), ("right", .right), ("home", .home), ("end", .end),
    ("page-up", .pageUp), ("page-down", .pageDown),
  ]
}
