import Engine
import Glibc
import Testing

/// Words, files and homes as people have them.
@Suite struct PlatformTextTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let document = Array("# Outage\n\n## Severity\n\nSEV-1: site down\n".utf8)

  @Test func `what is typed in another encoding is read and told`() throws {
    let id = try program.declare()
    let noted = try program.shell("\"$MUSTER\" note caf$(printf '\\351') is slow")
    #expect(noted.status == 0)
    #expect(noted.errors.contains("read as Latin-1"))
    #expect(program.text(program.log(of: id)).contains("café is slow"))
    program.remove()
  }

  @Test(arguments: ["procedure check", "declare x --procedure", "import"])
  func `a file whose name is no UTF-8 is refused with a way on`(verb: String) throws {
    let file = "\(program.folder)/pr$(printf '\\351')c.md"
    _ = try program.shell("printf '# A\n' > \"\(file)\"")
    let refused = try program.shell("\"$MUSTER\" \(verb) \"\(file)\"")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("is not valid UTF-8 and cannot be used"))
    program.remove()
  }

  @Test(arguments: ["MUSTER_HOME", "XDG_STATE_HOME", "HOME"])
  func `a home whose name is no UTF-8 is refused and no other is made`(variable: String) throws {
    var program = program
    program.environment["MUSTER_HOME"] = nil
    let line =
      "\(variable)=\"\(program.folder)/h$(printf '\\351')\" \"$MUSTER\" declare carts fail"
    let refused = try program.shell(line)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("$\(variable) ("))
    #expect(try program.shell("ls \(program.folder)/h*").status != 0)
    program.remove()
  }

  @Test(arguments: [
    ["procedure", "check", "-"], ["procedure", "show", "-"], ["procedure", "export", "-"],
    ["declare", "carts", "fail", "--procedure", "-"], ["procedure", "text", "-"],
  ])
  func `a hyphen stands for standard input wherever a document is read`(words: [String]) throws {
    let result = try program.run(words, input: Self.document)
    #expect(result.status == 0)
    #expect(!result.errors.contains("PROCEDURE NOT READ"))
    program.remove()
  }

  @Test func `a scenario is read from standard input too`() throws {
    let scenario = "title: Carts fail\nseverity: SEV-1\nevents:\n  - {at: 1m, note: errors}\n"
    let started = try program.run("drill", "-", input: Array(scenario.utf8))
    #expect(started.status == 0, "\(started.errors)")
    #expect(started.output.contains("drill-carts-fail"))
    program.remove()
  }

  @Test func `a store keeps a file's name, so that standard input is refused there`() throws {
    let refused = try program.run("procedure", "use", "-", input: Self.document)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("standard input cannot be used here"))
    program.remove()
  }

  @Test func `a byte-order mark in a file of settings says nothing`() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    _ = try program.declare()
    try program.configure("actor: ann\n")
    let own = program.home + "/.config/muster/config.yaml"
    try program.write(mark + Array("actor: ann\n".utf8), to: own)
    let team = program.store + "/store.yaml"
    try program.write(mark + Array("procedure: standard\nzone: Asia/Jakarta\n".utf8), to: team)
    let noted = try program.run("note", "hi")
    #expect(noted.errors.isEmpty)
    #expect(try program.run("log").output.contains("ann"))
    #expect(try program.run("procedure", "use", "standard").status == 0)
    #expect(program.text(team).contains("zone: Asia/Jakarta"))
    #expect(!program.text(team).contains("\u{FEFF}"))

    let path = program.folder + "/p.yaml"
    try program.write(
      mark + Array("name: P\nseverities:\n  - {id: S1, name: Bad}\n".utf8), to: path)
    #expect(try program.run("procedure", "show", path).status == 0)
    program.remove()
  }

  @Test func `words are read where the system shows no processes, as in a rescue shell`() throws {
    let result = try program.shell(
      """
      unshare -rm true 2>/dev/null || exec "$MUSTER" --version
      unshare -rm sh -c 'mount -t tmpfs none /proc && exec "$MUSTER" --version'
      """)
    #expect(result.errors.isEmpty)
    #expect(result.output == (try program.run("--version").output))
    program.remove()
  }
}
