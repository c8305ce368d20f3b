import Engine
import EventLog
import Glibc
import Testing

struct `A follower` {
  private let scratch = Scratch()

  private func isReadable(_ file: Int32, within milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, milliseconds) == 1
  }

  @Test(arguments: [true, false])
  func `sees appends, replacement, removal and return`(_ usesNotices: Bool) throws {
    let bytes = sampleLog(notes: 1).fileBytes
    let path = scratch.path + "/a.jsonl"
    let follower = LogFollower(path: path, usesNotices: usesNotices)
    #expect((follower.descriptor != nil) == usesNotices)
    func expectChange(_ what: String, _ change: () -> Void) {
      #expect(!follower.changed(), "before: \(what)")
      change()
      if let descriptor = follower.descriptor {
        #expect(isReadable(descriptor, within: 5000), "notice: \(what)")
      }
      #expect(follower.changed(), "\(what)")
      #expect(!follower.changed(), "after: \(what)")
    }
    expectChange("made") { _ = scratch.write(bytes, to: "a.jsonl") }
    expectChange("appended") {
      _ = LogWriter(path: path).append(note("x"), author: mira, now: { start })
    }
    expectChange("replaced") {
      _ = scratch.write(bytes, to: "b.jsonl")
      rename(scratch.path + "/b.jsonl", path)
    }
    expectChange("removed") { unlink(path) }
    expectChange("back") { _ = scratch.write(bytes, to: "a.jsonl") }
  }

  @Test func `is not woken by what is written to other files of the directory`() throws {
    let other = scratch.write(sampleLog(notes: 1).fileBytes, to: "b.jsonl")
    let path = scratch.write(sampleLog(notes: 1).fileBytes, to: "a.jsonl")
    let follower = LogFollower(path: path)
    #expect(!follower.changed())
    _ = LogWriter(path: other).append(note("x"), author: mira, now: { start })
    #expect(!isReadable(try #require(follower.descriptor), within: 50))
    _ = LogWriter(path: path).append(note("x"), author: mira, now: { start })
    #expect(isReadable(try #require(follower.descriptor), within: 5000))
    #expect(follower.changed())
    let all = LogFollower(path: scratch.path + "/")
    _ = LogWriter(path: other).append(note("x"), author: mira, now: { start })
    #expect(isReadable(try #require(all.descriptor), within: 5000))
  }

  @Test func `goes on when the whole directory was replaced`() throws {
    mkdir(scratch.path + "/incidents", 0o755)
    let bytes = sampleLog(notes: 1).fileBytes
    let path = scratch.write(bytes, to: "incidents/a.jsonl")
    let follower = LogFollower(path: path)
    rename(scratch.path + "/incidents", scratch.path + "/away")
    #expect(follower.changed())
    mkdir(scratch.path + "/incidents", 0o755)
    _ = scratch.write(bytes, to: "incidents/a.jsonl")
    #expect(follower.changed())
    _ = LogWriter(path: path).append(note("x"), author: mira, now: { start })
    #expect(isReadable(try #require(follower.descriptor), within: 5000))
    #expect(follower.changed())
  }
}
