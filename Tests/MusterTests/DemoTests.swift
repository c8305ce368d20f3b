import Engine
import Testing

@Suite struct DemoTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test func `the demo plays a whole incident through the real log`() throws {
    let store = program.folder + "/demo"
    let result = try program.run("demo", "--speed", "4000", "--home", store)

    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(result.lines.first == "demo store: \(store)")
    for words in [
      "Declared: Checkout returns 502", "[late: written", "Rolled back api to 41f2.",
      "Escalation due: call Engineering Lead", "Reached Engineering Lead (ada)",
      "Decided: Roll api back", "Status: Resolved",
    ] { #expect(result.output.contains(words), "\(words)") }
    #expect(program.text(store + "/demo.errors").isEmpty)
    #expect(try program.run("--home", store, "verify").status == 0)
    let show = try program.run("--home", store, "show", "--json")
    #expect(show.json?["status"]?.string == "resolved")
    #expect(show.json?["roles"]?["Incident Commander"]?.string == "ada")
    program.remove()
  }
}
