import Display

extension KeyDecoder {
  /// Keys after ESC O: the keypad in application mode, arrows, F1 to F4.
  static func applicationKey(_ final: UInt8) -> Key {
    switch final {
    case UInt8(ascii: "M"): .enter
    case 0x6A...0x79: .character(Character(Unicode.Scalar(final - 0x40)))
    default: letterKey(Character(Unicode.Scalar(final))) ?? .unknown("ESC O \(final)")
    }
  }

  private static func letterKey(_ letter: Character) -> Key? {
    switch letter {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    case "P": .function(1)
    case "Q": .function(2)
    case "R": .function(3)
    case "S": .function(4)
    default: nil
    }
  }

  /// The key of a control sequence; `nil` for what is not a key at all, such as a position report.
  static func sequenceKey(_ parameters: String, _ final: Character) -> Key? {
    if parameters.first == "<" { return sgrMouse(parameters.dropFirst(), final) }
    let numbers = parameters.split(separator: ";").map { Int($0) }
    switch final {
    case "Z": return .backtab
    case "I" where parameters.isEmpty: return .focus(true)
    case "O" where parameters.isEmpty: return .focus(false)
    case "~": return numberedKey(numbers.first.flatMap { $0 } ?? 0)
    case "R" where numbers.count == 2 && numbers[0] != 1: return nil
    case "A", "B", "C", "D", "H", "F", "P", "Q", "R", "S": return letterKey(final)
    default: return nil
    }
  }

  private static func numberedKey(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    // The numbering leaves gaps where a VT220 had none.
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...26: .function(number - 12)
    case 28, 29: .function(number - 13)
    case 31...34: .function(number - 14)
    // The end of a paste that never began.
    case 201: nil
    default: .unknown("CSI \(number) ~")
    }
  }

  private static func sgrMouse(_ parameters: Substring, _ final: Character) -> Key? {
    let numbers = parameters.split(separator: ";").compactMap { Int($0) }
    guard numbers.count == 3, final == "M" || final == "m" else { return nil }
    return mouse(numbers[0], x: numbers[1], y: numbers[2], released: final == "m").map(Key.mouse)
  }

  /// A report by its button number, the place counted from 1; `nil` for motion and side buttons.
  static func mouse(_ button: Int, x: Int, y: Int, released: Bool) -> MouseEvent? {
    guard button & 32 == 0, x >= 1, y >= 1 else { return nil }
    let action: MouseEvent.Action? =
      switch button & 0xC3 {
      case 0: released ? .release : .press
      case 3: .release
      case 64: .wheelUp
      case 65: .wheelDown
      default: nil
      }
    return action.map { MouseEvent(action: $0, point: Point(x: x - 1, y: y - 1)) }
  }
}
