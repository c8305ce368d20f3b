import Engine
import EventLog
import Testing

/// The documented way to check a log without this program.
struct `The recipe with standard tools` {
  private let scratch = Scratch()

  /// The script as it stands in the documentation.
  private func recipe() throws -> String {
    let here = #filePath
    let root = here.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = String(
      decoding: fileBytes("/\(root)/Sources/EventLog/EventLog.docc/Format.md"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(lines.firstIndex(of: "```sh"))
    let last = try #require(lines[first...].firstIndex(of: "```"))
    return lines[(first + 1)..<last].joined(separator: "\n") + "\n"
  }

  private func check(_ bytes: [UInt8]) throws -> (status: Int32, lines: [Int]) {
    let script = scratch.write(try recipe().utf8, to: "check.sh")
    let path = scratch.write(bytes, to: "a.jsonl")
    let child = Child(scratch, program: "/bin/sh", [script, path])
    let status = child.wait()
    let lines = child.text.split(separator: "\n").compactMap { line -> Int? in
      #expect(line.hasPrefix(path + ":"), "\(line)")
      return Int(line.dropFirst(path.count + 1).prefix { $0 != ":" })
    }
    return (status, lines)
  }

  @Test func `agrees on a sound log`() throws {
    let bytes = sampleLog(notes: 12, text: "back\\slash 'quote' %s $(x) `y` — ü").fileBytes
    let (status, lines) = try check(bytes)
    #expect(status == 0)
    #expect(lines.isEmpty)
    #expect(try Verification(path: scratch.path + "/a.jsonl", at: start).isSound)
  }

  @Test func `agrees on which lines are damaged`() throws {
    let bytes = sampleLog(notes: 4).fileBytes
    var found = 0
    for place in stride(from: 3, to: bytes.count - 1, by: 29) {
      var flipped = bytes
      flipped[place] ^= 2
      let (status, lines) = try check(flipped)
      let verification = try Verification(path: scratch.path + "/a.jsonl", at: start)
      #expect(lines == verification.damage.map(\.line), "byte \(place)")
      #expect(status == 1)
      #expect(!verification.isSound)
      found += lines.count
    }
    #expect(found > 30)
  }
}
