import Engine
import Glibc
import Testing

/// A document of the store in whose place something else stands is not taken for a procedure that says nothing.
struct `A procedure document that has become something else` {
  private let program: Program

  init() throws { program = try Program() }

  private static let document = """
    # Incidents

    ## Severity levels

    SEV-1: the site is down. Acknowledge within 5 minutes.

    ## Checklist

    - [ ] Tell the lead

    """

  private static let replacements = [
    "", "\n\n",
    "<!DOCTYPE html>\n<html><body><h1>404 Not Found</h1>\n\n- [ ] Go back\n</body></html>\n",
    "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n",
    "Moved to https://wiki.example.com/incidents\n",
    "I\0n\0c\0i\0d\0e\0n\0t\0s\0\n\0",
    document.replacing(
      "- [ ] Tell the lead", with: "<<<<<<< HEAD\n- [ ] A\n=======\n- [ ] B\n>>>>>>> other"),
  ]

  private var path: String { program.folder + "/INCIDENTS.md" }

  @Test(arguments: replacements.indices)
  func `is told on every surface, and its last good reading is used`(_ index: Int) throws {
    try program.write(Array(Self.document.utf8), to: path)
    #expect(try program.run("procedure", "use", path).status == 0)
    try program.write(Array(Self.replacements[index].utf8), to: path)
    for title in ["first", "second"] {
      let declared = try program.run("declare", title, "--severity", "SEV-1")
      #expect(declared.status == 0)
      #expect(declared.errors.contains("PROCEDURE NOT READ: \(path)"), "\(declared.errors)")
      #expect(declared.errors.contains("using its last good reading"), "\(declared.errors)")
    }
    let show = try program.run("show", "-i", "second").output
    #expect(show.contains("PROCEDURE NOT READ"))
    #expect(show.contains("Tell the lead"))
    #expect(try program.run("list").output.contains("PROCEDURE NOT READ"))
    #expect(try program.run("status-line").output.contains("PROCEDURE NOT READ"))
    #expect(try program.run("wall", "--dump", "160x40").output.contains("PROCEDURE NOT READ"))
    program.remove()
  }

  @Test(arguments: replacements.indices)
  func `is replaced by the built-in procedure where it was never read`(_ index: Int) throws {
    try program.write(Array(Self.replacements[index].utf8), to: path)
    #expect(try program.run("procedure", "use", path).status == 1)
    let declared = try program.run("declare", "first", "--procedure", path)
    #expect(declared.status == 0)
    #expect(declared.errors.contains("using 'standard'"), "\(declared.errors)")
    #expect(declared.output.contains("procedure Standard"), "\(declared.output)")
    program.remove()
  }

  @Test func `is still itself where it shows what a merge looks like`() throws {
    let shown = Self.document + "\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n```\n"
    try program.write(Array(shown.utf8), to: path)
    let declared = try program.run("declare", "first", "--procedure", path)
    #expect(!declared.errors.contains("PROCEDURE NOT READ"), "\(declared.errors)")
    program.remove()
  }
}
