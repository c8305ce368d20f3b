import Engine
import Glibc
import Testing

/// A zone that cannot be loaded is told on every surface, and nothing passes for it in silence.
@Suite struct ZoneTests {
  private var program: Program

  init() throws {
    program = try Program()
    _ = try program.run("declare", "all carts fail", "--severity", "SEV-1")
  }

  private static let readers = [
    ["show"], ["log"], ["list"], ["brief"], ["oncall"], ["status-line"], ["report"], ["stats"],
    ["actions"], ["show", "--json"],
  ]

  @Test(arguments: ["TZ", "config.yaml", "store.yaml", "TZDIR"])
  func `wherever the zone was asked for, every surface says that it is not loaded`(
    place: String
  ) throws {
    var program = program
    switch place {
    case "TZ": program.environment["TZ"] = "Europe/Berln"
    case "config.yaml": try program.configure("zone: Europe/Berln\n")
    case "store.yaml":
      try program.write(Array("zone: Europe/Berln\n".utf8), to: program.store + "/store.yaml")
    default:
      program.environment["TZ"] = "Europe/Berlin"
      program.environment["TZDIR"] = "/nonexistent"
    }
    // A log shows the person's zone and counts no working hours.
    for words in Self.readers where place != "store.yaml" || words != ["log"] {
      let result = try program.run(words)
      #expect(result.status == 0)
      #expect(result.errors.contains("ZONE NOT LOADED: 'Europe/Ber"), "\(words)")
    }
    if place != "store.yaml" {
      let typed = try program.run("note", "09:10", "said", "hi")
      #expect(typed.status == 2)
      #expect(typed.errors.contains("could not be loaded; write the time with UTC"))
      #expect(try program.run("show").output.contains("UTC!"))
      #expect(try program.run("note", "-1m", "said", "hi").status == 0)
    }
    program.remove()
  }

  @Test func `every time that a log prints carries its zone, and JSON tells times in UTC`() throws {
    var program = program
    program.environment["TZ"] = "Asia/Jakarta"
    _ = try program.run("note", "-12m", "rolled", "back")
    _ = try program.run("when", "mitigated", "-5m")
    let clock = /\d\d:\d\d:\d\d/
    for line in try program.run("log").lines {
      #expect(line.matches(of: clock).count == line.matches(of: /\d\d:\d\d:\d\d\+07:00/).count)
      #expect(line.firstMatch(of: clock) != nil)
    }
    for verb in ["report", "brief"] {
      let json = try program.run(verb, "--json").output
      #expect(!json.contains("WIB"), "\(verb)")
    }
    program.environment["TZ"] = "UTC"
    let plain = try program.run("log").lines
    #expect(plain.allSatisfy { $0.contains(/\d\d:\d\d:\d\dZ\b/) })
    program.remove()
  }

  @Test func `without any zone the clocks are those of UTC, and nothing is missing`() throws {
    var program = program
    program.environment["TZ"] = nil
    program.environment["TZDIR"] = "/nonexistent"
    program.environment["TZ"] = "UTC"
    #expect(try program.run("show").errors.isEmpty)
    program.remove()
  }

  private static func procedure(_ zone: String) -> [UInt8] {
    let text = """
      name: Days
      calendar: {zone: \(zone), days: mon-fri, hours: 09:00-17:00}
      severities:
        - {id: S1, name: Bad, targets: {acknowledge: 1 business hour}}

      """
    return Array(text.utf8)
  }

  @Test func `the hours of a procedure count in its own zone`() throws {
    func due(_ zone: String) throws -> Timestamp? {
      let path = program.folder + "/days.yaml"
      try program.write(Self.procedure(zone), to: path)
      let id = try program.declare("days", "--severity", "S1", "--procedure", path)
      let deadlines = try program.run("show", "-i", id, "--json").json?["deadlines"]?.array
      return deadlines?.first?["due"]?.string.flatMap { Timestamp(rfc3339: $0) }
    }
    let (utc, jakarta) = (try due("UTC"), try due("Asia/Jakarta"))
    // The same hour of some working day, seven hours earlier.
    let distance = try #require(utc) - #require(jakarta)
    #expect((distance.wholeSeconds + 86_400 * 7) % 86_400 == 7 * 3600)
    program.remove()
  }

  @Test func `a procedure whose zone is unknown is an error of its check and loud when it runs`()
    throws
  {
    let path = program.folder + "/days.yaml"
    try program.write(Self.procedure("Asia/Jakrta"), to: path)
    let checked = try program.run("procedure", "check", path)
    #expect(checked.status == 1)
    #expect(checked.output.contains("Unknown time zone 'Asia/Jakrta'"))
    let declared = try program.run("declare", "days", "--severity", "S1", "--procedure", path)
    #expect(declared.status == 0)
    #expect(declared.errors.contains("ZONE NOT LOADED: 'Asia/Jakrta' (the procedure's hours)"))
    program.remove()
  }
}
