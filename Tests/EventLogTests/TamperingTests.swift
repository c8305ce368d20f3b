import Engine
import EventLog
import Glibc
import Testing

/// What somebody does to a log behind our back.
private struct Tampering {
  var name: String
  var bytes: [UInt8]
  /// Only the end is gone: nothing in the log itself can tell.
  var onlyCutsTheEnd = false
}

struct `A log that was tampered with` {
  private let scratch = Scratch()
  private let id = "2025-11-21-checkout"

  // MARK: - Real logs

  /// A log as real writers leave it, with interrupted writes that later ones accounted for.
  private func realLog(_ name: String, id: String) throws -> (path: String, bytes: [UInt8]) {
    let path = scratch.path + "/\(id).jsonl"
    _ = scratch.write([], to: "\(id).jsonl")
    let writer = LogWriter(path: path)
    func append(_ draft: EventDraft) throws {
      guard case .recorded = writer.append(draft, author: mira, now: { start }) else {
        throw LogError.notFound(path: path)
      }
    }
    try append(
      EventDraft(
        .incidentDeclared,
        EventData(["format": 1, "id": .string(id), "title": .string("\(name): carts fail")])))
    try append(note("\(name) one"))
    try append(note("\(name) — zwei"))
    tear(path, Array(#"{"seq":4,"id":"019aa3ec-dafb-7"#.utf8))
    try append(note("\(name) three"))
    try append(note("\(name) four"))
    tear(path, [0, 0, 0])
    try append(note("\(name) five"))
    return (path, fileBytes(path))
  }

  private func tear(_ path: String, _ bytes: [UInt8]) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    precondition(write(file, bytes, bytes.count) == bytes.count)
    close(file)
  }

  private func lines(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: 10, omittingEmptySubsequences: false).dropLast().map { Array($0) + [10] }
  }

  // MARK: - Every kind of tampering

  private func tamperings(_ own: [[UInt8]], _ other: [[UInt8]]) -> [Tampering] {
    let all = own.indices
    func with(_ name: String, _ change: (inout [[UInt8]]) -> Void) -> Tampering {
      var changed = own
      change(&changed)
      return Tampering(name: name, bytes: changed.flatMap { $0 })
    }
    var list: [Tampering] = []
    for index in all {
      for place in stride(from: 0, to: own[index].count - 1, by: 7) {
        list.append(
          with("byte \(place) of line \(index + 1)") { $0[index][place] ^= 1 })
      }
      list.append(
        with("line \(index + 1) without its seal") { lines in
          guard lines[index].count > 80 else { return lines[index].removeLast(2) }
          lines[index] = Array(lines[index].dropLast(76)) + Array("}\n".utf8)
        })
      var deleted = with("line \(index + 1) taken out") { $0.remove(at: index) }
      deleted.onlyCutsTheEnd = index == all.last
      list.append(deleted)
      list.append(with("line \(index + 1) twice") { $0.insert($0[index], at: index) })
      list.append(with("line \(index + 1) again at the end") { $0.append($0[index]) })
      list.append(with("line \(index + 1) made empty") { $0[index] = [10] })
      var joined = with("line \(index + 1) joined to the next") {
        $0[index][$0[index].count - 1] = 32
      }
      joined.onlyCutsTheEnd = index == all.last
      list.append(joined)
      for later in all where later > index {
        list.append(with("lines \(index + 1) and \(later + 1) swapped") { $0.swapAt(index, later) })
        list.append(
          with("line \(index + 1) moved behind \(later + 1)") {
            $0.insert($0.remove(at: index), at: later)
          })
      }
      list.append(
        with("words before line \(index + 1)") { $0.insert(Array("zzz\n".utf8), at: index) })
      list.append(
        with("an event without a seal before line \(index + 1)") {
          $0.insert(Array($0[1].dropLast(76)) + Array("}\n".utf8), at: index)
        })
      list.append(
        with("a stopped write before line \(index + 1)") {
          $0.insert(Array(#"{"seq":\#(index + 1),"id":""#.utf8) + [10], at: index)
        })
      for line in other.indices {
        list.append(
          with("line \(line + 1) of another log put before \(index + 1)") {
            $0.insert(other[line], at: index)
          })
        list.append(
          with("line \(index + 1) replaced by \(line + 1) of another log") {
            $0[index] = other[line]
          })
      }
    }
    list.append(Tampering(name: "the whole log of another incident", bytes: other.flatMap { $0 }))
    list.append(Tampering(name: "emptied", bytes: []))
    return list
  }

  /// Appends a correctly sealed repair that claims to account for a place.
  private func launder(_ damage: EventLog.Damage, in path: String) {
    let data = EventData([
      "offset": .integer(Int64(damage.offset)), "length": .integer(Int64(damage.count)),
      "sha256": .string(damage.sha256),
    ])
    _ = LogWriter(path: path).append(
      EventDraft(.logRepaired, data), author: mira, now: { start + .hours(1) })
  }

  @Test func `every kind of tampering is found, also where a sealed repair claims to excuse it`()
    throws
  {
    let other = try realLog("other", id: "2025-11-21-mail")
    let (path, bytes) = try realLog("own", id: id)
    let sound = try Verification(path: path, at: start)
    #expect(sound.isSound)
    let since = sound.head
    var tried = 0
    for tampering in tamperings(lines(of: bytes), lines(of: other.bytes))
    where tampering.bytes != bytes {
      tried += 1
      _ = scratch.write(tampering.bytes, to: "\(id).jsonl")
      let found = try Verification(path: path, at: start)
      #expect(found.isSound == tampering.onlyCutsTheEnd, "\(tampering.name)")
      let known = try Verification(path: path, since: since, at: start)
      #expect(!known.isSound, "\(tampering.name), with a head known from elsewhere")
      guard !tampering.onlyCutsTheEnd else { continue }
      for damage in found.damage.prefix(2) {
        // Words without a seal behind everything else are what a stopped writer leaves, and change nothing.
        let isLast = damage.offset + damage.count + 1 == tampering.bytes.count
        if isLast, damage.what == .unreadable { continue }
        _ = scratch.write(tampering.bytes, to: "\(id).jsonl")
        launder(damage, in: path)
        #expect(try !Verification(path: path, at: start).isSound, "\(tampering.name), laundered")
        #expect(
          try !Verification(path: path, since: since, at: start).isSound,
          "\(tampering.name), laundered, with a head known from elsewhere")
      }
    }
    #expect(tried > 500)
  }

  @Test func `a changed line is no better for a repair directly behind it`() throws {
    let (path, bytes) = try realLog("own", id: id)
    var changed = lines(of: bytes)
    let last = changed.count - 1
    changed[last][changed[last].count - 120] ^= 1
    _ = scratch.write(changed.flatMap { $0 }, to: "\(id).jsonl")
    launder(try #require(Verification(path: path, at: start).damage.first), in: path)
    #expect(try !Verification(path: path, at: start).isSound)
  }

  @Test func `damage accepted after a head given with --since is reported`()
    throws
  {
    let (path, bytes) = try realLog("own", id: id)
    let since = try Verification(path: path, at: start).head
    var changed = bytes
    changed[bytes.count / 2] ^= 1
    _ = scratch.write(changed, to: "\(id).jsonl")
    let damage = try Verification(path: path, at: start).damage
    _ = LogWriter(path: path).append(
      .damageAccepted(damage, reason: "a bad disk"), author: mira, now: { start })
    let now = try Verification(path: path, at: start)
    #expect(now.isSound)
    #expect(now.acceptedDamage.count == damage.count)
    #expect(try !Verification(path: path, since: since, at: start).isSound)
    #expect(try Verification(path: path, since: now.head, at: start).isSound)
  }

  @Test func `a copy under a name that is no id is nobody else's log`() throws {
    let (_, bytes) = try realLog("own", id: id)
    #expect(try Verification(path: scratch.write(bytes, to: "copy.jsonl"), at: start).isSound)
    let moved = try Verification(
      path: scratch.write(bytes, to: "2025-11-22-other.jsonl"), at: start)
    #expect(moved.damage.map(\.what) == [.otherIncident(id)])
  }
}
