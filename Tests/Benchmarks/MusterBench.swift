import Engine
import Glibc

/// The program behind `Tests/Benchmarks/run`: one verb to measure everything, and those that it starts itself as.
@main
struct MusterBench {
  static func main() {
    do {
      if try !run(Array(CommandLine.arguments.dropFirst())) { exit(1) }
    } catch {
      var text = "muster-bench: \(error)\n"
      _ = text.withUTF8 { write(2, $0.baseAddress, $0.count) }
      exit(2)
    }
  }

  /// Answers whether everything reaches what it must.
  private static func run(_ arguments: [String]) throws(BenchmarkError) -> Bool {
    switch (arguments.first, arguments.count) {
    case ("generate", 3): try LogGenerator.writeReference(Int(arguments[2]) ?? 0, to: arguments[1])
    case ("replay", 2): try ReplayVerb.run(arguments[1])
    case ("day", 2): try DayVerb.run(arguments[1])
    case ("writer", 3): try WriterVerb.run(arguments[1], Int(arguments[2]) ?? 0)
    case ("inflow", 4):
      try WriterVerb.runSteadily(
        arguments[1], Double(arguments[2]) ?? 1, Int(arguments[3]) ?? 0)
    case ("suite", _): return try suite(Array(arguments.dropFirst()))
    default:
      throw .usage(
        """
        usage: muster-bench suite --muster FILE --peers FOLDER --work FOLDER [--quick] [PART ...]
               muster-bench generate FILE COUNT
               muster-bench replay FILE
        parts: \(Suite.parts.joined(separator: " "))
        """)
    }
    return true
  }

  private static func suite(_ arguments: [String]) throws(BenchmarkError) -> Bool {
    var suite = Suite()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--quick": suite.isQuick = true
      case "--muster": suite.muster = rest.popFirst() ?? ""
      case "--peers": suite.peers = rest.popFirst() ?? ""
      case "--work": suite.work = rest.popFirst() ?? ""
      case _ where Suite.parts.contains(argument): suite.only.insert(argument)
      default: throw .usage("no part '\(argument)'; parts: \(Suite.parts.joined(separator: " "))")
      }
    }
    return try suite.run()
  }
}
