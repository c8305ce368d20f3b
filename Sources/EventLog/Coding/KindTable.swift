internal import Engine
internal import Glibc

/// Finds the kind whose name stands in a stretch of bytes, without building a string.
struct KindTable: Sendable {
  static let shared = KindTable()

  private struct Entry {
    var start: Int32 = 0
    var count: Int32 = 0
    var kind = EventKind.unknown
  }

  private var names: [UInt8] = []
  private var slots = [Entry](repeating: Entry(), count: 256)

  private init() {
    for kind in EventKind.allCases where kind != .unknown {
      let name = Array(kind.rawValue.utf8)
      var slot = name.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { Self.slot($0, buffer.count) } ?? 0
      }
      while slots[slot].count > 0 { slot = (slot + 1) & 255 }
      slots[slot] = Entry(start: Int32(names.count), count: Int32(name.count), kind: kind)
      names.append(contentsOf: name)
    }
  }

  func kind(_ bytes: UnsafePointer<UInt8>, count: Int) -> EventKind {
    guard count > 0 else { return .unknown }
    var slot = Self.slot(bytes, count)
    return names.withUnsafeBufferPointer { names in
      while slots[slot].count > 0 {
        let entry = slots[slot]
        if Int(entry.count) == count, let base = names.baseAddress,
          memcmp(base + Int(entry.start), bytes, count) == 0
        {
          return entry.kind
        }
        slot = (slot + 1) & 255
      }
      return .unknown
    }
  }

  private static func slot(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var hash: UInt32 = 2_166_136_261
    for index in 0..<count { hash = (hash ^ UInt32(bytes[index])) &* 16_777_619 }
    return Int((hash ^ hash >> 15) & 255)
  }
}
