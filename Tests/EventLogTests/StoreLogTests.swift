import Engine
import EventLog
import Glibc
import Testing

struct StoreLogTests {
  private let scratch = Scratch()
  private var store: FileStore { FileStore(home: scratch.path + "/store") }

  private func append(_ log: StoreLog, _ texts: [String]) -> AppendedTogether {
    log.append(texts.map(note), author: mira, now: { start })
  }

  /// Reads on and appends, as whoever decides on what is there.
  private func record(_ log: StoreLog, _ texts: [String]) throws -> [RecordedEvent] {
    for _ in 0..<3 {
      _ = try log.readOn(at: start) { _ in }
      if case .recorded(let events) = append(log, texts) { return events }
    }
    Issue.record("not recorded")
    return []
  }

  @Test func `the log of a store begins by itself, and is no incident`() throws {
    let log = StoreLog(of: store)
    #expect(!store.hasLog)
    let events = try record(log, ["one", "two"])
    #expect(events.map(\.sequence) == [2, 3])
    #expect(store.hasLog)
    #expect(try store.ids().isEmpty)
    #expect(try store.openIDs(at: start).isEmpty)
    let found = try Verification(path: store.logPath, at: start)
    #expect(found.isSound)
    #expect(found.events == 3)
    var status = stat()
    #expect(stat(store.logPath, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(Scratch.names(in: store.home).filter { $0.contains(".new") }.isEmpty)
  }

  @Test func `what is decided on an older state is not written at all`() throws {
    let (one, other) = (StoreLog(of: store), StoreLog(of: store))
    _ = try record(one, ["first"])
    _ = try other.readOn(at: start) { _ in }
    _ = try record(one, ["second"])
    guard case .conflict(3) = append(other, ["a", "b"]) else {
      return #expect(Bool(false), "it was not refused")
    }
    let events = try record(other, ["a", "b"])
    #expect(events.map(\.sequence) == [4, 5])
    #expect(try Verification(path: store.logPath, at: start).isSound)
  }

  @Test func `a torn tail is mended by the next ones`() throws {
    let log = StoreLog(of: store)
    _ = try record(log, ["first"])
    let file = open(store.logPath, O_WRONLY | O_APPEND | O_CLOEXEC)
    #expect(write(file, "{\"seq\":3,\"id\"", 13) == 13)
    close(file)
    let events = try record(StoreLog(of: store), ["second", "third"])
    #expect(events.map(\.sequence) == [4, 5])
    let found = try Verification(path: store.logPath, at: start)
    #expect(found.isSound)
  }

  @Test func `several writers lose nothing and tear nothing`() async throws {
    let store = store
    _ = try record(StoreLog(of: store), ["begun"])
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let log = StoreLog(of: store)
          for round in 0..<20 {
            while true {
              do { _ = try log.readOn(at: start) { _ in } } catch { continue }
              let drafts = (0..<5).map { note("\(writer)/\(round)/\($0)") }
              if case .recorded = log.append(drafts, author: mira, now: { start }) { break }
            }
          }
        }
      }
    }
    let found = try Verification(path: store.logPath, at: start)
    #expect(found.isSound)
    #expect(found.events == 2 + 4 * 20 * 5)
  }
}
