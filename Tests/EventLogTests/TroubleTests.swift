import Engine
import EventLog
import Glibc
import Testing

struct `Trouble that one process met` {
  private let scratch = Scratch()
  private let id = "2025-11-21-checkout"

  private func recorder(_ change: (inout FileCalls) -> Void = { _ in }) -> Recorder {
    var calls = FileCalls.system
    change(&calls)
    let store = FileStore(home: scratch.path + "/home", calls: calls)
    return Recorder(store: store, spool: Spool(for: store, paths: [scratch.path + "/spool"]))
  }

  private func declared() throws -> Recorder {
    let recorder = recorder()
    _ = try recorder.declare(title: "Checkout", author: mira, now: { start }) { id in
      EventDraft(.incidentDeclared, EventData(["format": 1, "id": .string(id)]))
    }
    return recorder
  }

  /// As somebody sees it who cannot look into the spool of another user.
  private var seenByOthers: StoreTrouble {
    Recorder(store: FileStore(home: scratch.path + "/home"), spool: nil).trouble
  }

  @Test func `a sync that failed is known to all who look at the store`() throws {
    _ = try declared()
    #expect(seenByOthers.isEmpty)
    let failing = recorder { $0.synchronize = { _ in EIO } }
    _ = try failing.record(note("one"), in: id, author: mira, now: { start })
    #expect(seenByOthers.unsynced == [id: start])
    _ = try recorder().record(note("two"), in: id, author: mira, now: { start + .seconds(9) })
    #expect(seenByOthers.unsynced == [id: start])
    #expect(recorder().trouble.unsynced == [id: start])
    // A fresh copy shows what the disk has.
    let path = scratch.path + "/home/incidents/\(id).jsonl"
    _ = scratch.write(fileBytes(path), to: "copy")
    rename(scratch.path + "/copy", path)
    #expect(seenByOthers.unsynced.isEmpty)
  }

  @Test func `kept words are known to all, and no more when they are recorded`() throws {
    _ = try declared()
    let failing = recorder { $0.write = { _, _ in -Int(ENOSPC) } }
    _ = try failing.record(note("one"), in: id, author: mira, now: { start })
    _ = try failing.record(note("two"), in: id, author: mira, now: { start + .seconds(1) })
    #expect(seenByOthers.kept.map(\.incident) == [id, id])
    #expect(seenByOthers.kept.map(\.since) == [start, start + .seconds(1)])
    #expect(seenByOthers.keptCount(of: id) == 2)
    #expect(recorder().trouble.keptCount(of: id) == 2, "one's own are not counted twice")
    let later = recorder()
    #expect(later.offerAgain(now: { _ in start + .minutes(1) }).offered.count == 2)
    #expect(seenByOthers.isEmpty)
    #expect(later.trouble.isEmpty)
  }

  @Test func `a sign that its process could not take away goes with the next offer`() throws {
    _ = try declared()
    let failing = recorder { $0.write = { _, _ in -Int(ENOSPC) } }
    _ = try failing.record(note("one"), in: id, author: mira, now: { start })
    for name in Scratch.names(in: scratch.path + "/spool") {
      unlink(scratch.path + "/spool/" + name)
    }
    #expect(seenByOthers.keptCount(of: id) == 1)
    _ = recorder().offerAgain(now: { _ in start })
    #expect(seenByOthers.isEmpty)
  }

  @Test func `settings that could not be read are known until they can be`() throws {
    let store = try declared().store
    store.board?.noteSettings(areRead: false)
    #expect(seenByOthers.withoutSettings == [geteuid()])
    store.board?.noteSettings(areRead: true)
    #expect(seenByOthers.isEmpty)
  }

  @Test(arguments: [
    "", "kept", "kept.1.2.3.4", "unsynced.a.b.1.2.2025-11-21-x", "settings.me", ".",
  ])
  func `a name that is no sign is passed over`(_ name: String) throws {
    _ = try declared()
    mkdir(scratch.path + "/home/trouble", 0o755)
    if name != ".", !name.isEmpty { _ = scratch.write([], to: "home/trouble/" + name) }
    #expect(seenByOthers.isEmpty)
  }
}

@Suite(.serialized)
struct `A store that a group shares` {
  private let scratch = Scratch()

  private func mode(_ name: String) -> mode_t {
    var status = stat()
    return lstat(scratch.path + "/home/" + name, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func `keeps its mode for everything beside the logs, whatever the mask`() throws {
    let store = FileStore(home: scratch.path + "/home")
    try store.replace("store.yaml", with: Array("zone: UTC\n".utf8))
    try store.replace("procedures/a.json", with: Array("{}".utf8))
    #expect(mode("store.yaml") == 0o640)
    chmod(scratch.write([], to: "home/console-view"), 0o600)
    try store.makeGroup(getegid())
    #expect(mode("console-view") == 0o600, "a person's own file that lies beside is nobody else's")
    #expect(mode("store.yaml") == 0o660, "what was there before is shared as well")
    #expect(mode("procedures") == 0o2770)
    #expect(mode("procedures/a.json") == 0o660)
    let mask = umask(0o077)
    defer { umask(mask) }
    try store.replace("store.yaml", with: Array("zone: Europe/Berlin\n".utf8))
    try store.replace("procedures/b.json", with: Array("{}".utf8))
    try store.replace("reviews/c.yaml", with: Array("{}".utf8))
    #expect(mode("store.yaml") == 0o660)
    #expect(mode("procedures/b.json") == 0o660)
    #expect(mode("reviews") == 0o2770)
    #expect(mode("reviews/c.yaml") == 0o660)
    #expect(fileBytes(scratch.path + "/home/store.yaml") == Array("zone: Europe/Berlin\n".utf8))
    #expect(Scratch.names(in: scratch.path + "/home").allSatisfy { !$0.hasSuffix(".new") })
    store.board?.noteSettings(areRead: false)
    #expect(mode("trouble") == 0o2770)
    #expect(mode("trouble/settings.\(geteuid())") == 0o660)
  }

  @Test func `a file that cannot be written stays as it was`() throws {
    try FileStore(home: scratch.path + "/home").replace(
      "store.yaml", with: Array("zone: UTC\n".utf8))
    var calls = FileCalls.system
    calls.write = { _, _ in -Int(ENOSPC) }
    let store = FileStore(home: scratch.path + "/home", calls: calls)
    #expect(throws: LogError.self) { try store.replace("store.yaml", with: Array("x\n".utf8)) }
    #expect(fileBytes(scratch.path + "/home/store.yaml") == Array("zone: UTC\n".utf8))
    #expect(Scratch.names(in: scratch.path + "/home") == ["store.yaml"])
  }
}

struct `The room behind the end` {
  private let scratch = Scratch(onDisk: true)

  @Test func `is given back, and the log is what it was`() throws {
    let path = scratch.write(sampleLog(notes: 1).fileBytes, to: "a.jsonl")
    let writer = LogWriter(path: path)
    _ = writer.append(note("on"), author: mira, now: { start })
    func allocated() -> Int {
      var status = stat()
      return lstat(path, &status) == 0 ? Int(status.st_blocks) * 512 : 0
    }
    guard writer.reserveError == 0 else { return }
    #expect(allocated() >= LogWriter.reserve / 2)
    let bytes = fileBytes(path)
    try writer.giveBackReserve()
    #expect(allocated() < 1 << 16)
    #expect(fileBytes(path) == bytes)
    guard case .recorded = writer.append(note("after all"), author: mira, now: { start }) else {
      Issue.record("not recorded")
      return
    }
    #expect(try Reading(path).reader.damageCount == 0)
  }
}
