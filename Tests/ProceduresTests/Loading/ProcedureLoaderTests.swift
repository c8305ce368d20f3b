import Engine
import Glibc
import Procedures
import Testing
import YAML

/// A folder that goes away with the test.
final class Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/muster-procedures-XXXXXX".utf8CString)
    path = try #require(
      template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
      })
  }

  func write(_ text: String, to name: String) throws {
    let file = try #require(fopen("\(path)/\(name)", "w"))
    defer { fclose(file) }
    let written = text.withCString { fputs($0, file) }
    #expect(written >= 0)
  }

  deinit {
    Self.empty(path)
    remove(path)
  }

  private static func empty(_ path: String) {
    guard let stream = opendir(path) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      if entry.pointee.d_type == UInt8(DT_DIR) { empty("\(path)/\(name)") }
      remove("\(path)/\(name)")
    }
  }
}

@Suite struct `The encoding of a file` {
  @Test(
    arguments: [
      (Array("caf\u{E9} ok".utf8), "café ok", nil),
      (
        Array("a\nBer".utf8) + [0xFC] + Array("hrt ".utf8) + [0xE4, 0x68, 0x6E], "a\nBerührt ähn", 2
      ),
      ([0x93] + Array("x".utf8) + [0x94], "“x”", 1),
      ([0xFF, 0xFE, 0x41, 0x00, 0x0A, 0x00, 0x2F, 0x66], "A\n是", nil),
      ([0xFE, 0xFF, 0x00, 0x41], "A", nil),
    ] as [([UInt8], String, Int?)])
  func `is told from its bytes`(_ bytes: [UInt8], _ text: String, _ line: Int?) throws {
    let decoded = try TextEncoding.decode(bytes)
    #expect(decoded.text == text)
    #expect(decoded.firstForeignLine == line)
  }

  @Test(arguments: [
    // 障害が発生 in Shift-JIS, 发生故障 in GBK, проблема in Windows-1251.
    [0x8F, 0xE1, 0x8A, 0x51, 0x82, 0xAA, 0x94, 0xAD, 0x90, 0xB6],
    [0xB7, 0xA2, 0xC9, 0xFA, 0xB9, 0xCA, 0xD5, 0xCF],
    [0x0A, 0xEF, 0xF0, 0xEE, 0xE1, 0xEB, 0xE5, 0xEC, 0xE0],
    // サーバ in Shift-JIS: few bytes beyond ASCII, one of which no other encoding has.
    [0x83, 0x54, 0x81, 0x5B, 0x83, 0x6F],
  ])
  func `that cannot be told is refused, with what to do`(_ bytes: [UInt8]) {
    let problem = #expect(throws: TextEncoding.Unreadable.self) { try TextEncoding.decode(bytes) }
    #expect(problem?.line == (bytes[0] == 10 ? 2 : 1))
    let refused = #expect(throws: ProcedureError.self) {
      try ProcedureLoader.read(bytes, path: "team.md")
    }
    #expect(refused?.remedy.contains("iconv") == true)
  }
}

@Suite struct `Reading files` {
  @Test func `a document is known by the hash of its bytes`() throws {
    let folder = try Folder()
    try folder.write("severities: []\n", to: "team.yaml")
    let procedure = try ProcedureLoader.load("\(folder.path)/team.yaml").procedure
    #expect(procedure.name == "team")
    #expect(procedure.source.path == "\(folder.path)/team.yaml")
    #expect(
      procedure.source.sha256
        == "2a0d8b60202de6b29ab4ef194f1d0ec0304e549dfb48823435e3e5f9b7cc62bd")
    #expect(
      ProcedureLoader.sha256([])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `what is no readable file is told`() throws {
    let folder = try Folder()
    try folder.write(String(repeating: "#", count: 131_073), to: "large.yaml")
    #expect(mkfifo("\(folder.path)/pipe.yaml", 0o600) == 0)
    let expected = [
      "none.yaml": "there is no such file; check the name",
      "large.yaml/x.yaml": "there is no such file; check the name",
      "pipe.yaml": "it is not a file; check the name",
      ".": "it is not a file; check the name",
      "large.yaml": "it is larger than the limit of 131072 bytes; make it shorter",
    ]
    for (name, words) in expected {
      do {
        _ = try ProcedureLoader.load("\(folder.path)/\(name)")
        Issue.record("\(name) must not be read")
      } catch {
        #expect(error.description == "\(folder.path)/\(name): \(words)")
      }
    }
  }

  @Test func `what is no YAML is told with its place`() throws {
    do {
      _ = try ProcedureLoader.read(Array("a: 1\na: 2\n".utf8), path: "x.yaml")
      Issue.record("must not be read")
    } catch {
      #expect(
        error.description
          == "x.yaml:2:1: the key 'a' appears twice (first on line 1); remove one")
      #expect(error.excerpt?.text == "a: 2")
    }
  }

  @Test func `only what lies beside a document or below is read for it`() throws {
    let folder = try Folder()
    for name in ["docs", "docs/more"] { #expect(mkdir("\(folder.path)/\(name)", 0o700) == 0) }
    try folder.write("here", to: "docs/b.md")
    try folder.write("below", to: "docs/more/c.md")
    try folder.write("above", to: "a.md")
    #expect(symlink("../a.md", "\(folder.path)/docs/link.md") == 0)
    #expect(symlink("..", "\(folder.path)/docs/up") == 0)
    let document = "\(folder.path)/docs/main.md"
    func read(_ name: String) throws(FileProblem) -> String {
      let bytes = try BoundedFile.read(name, beside: document, limit: 100)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(try read("b.md") == "here")
    #expect(try read("./b.md#severities") == "here")
    #expect(try read("more/c.md") == "below")
    #expect(throws: FileProblem.notThere) { try read("d.md") }
    let outside = [
      "../a.md", "more/../../a.md", "/etc/passwd", "link.md", "", ".", "#here",
      "https://example.com/x.md", "C:\\x", "b\n.md",
    ]
    for name in outside {
      #expect(throws: FileProblem.outside) { try read(name) }
    }
    #expect(throws: FileProblem.self) { try read("up/a.md") }
    #expect(throws: FileProblem.notAFile) { try read("more") }
  }
}
