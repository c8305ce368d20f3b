import ArgumentParser
import Display

/// What both screens take.
struct ScreenOptions: ParsableArguments {
  @OptionGroup var target: IncidentOptions

  @Option(
    help: ArgumentHelp(
      "A theme of 'muster theme list', or auto: light or dark, by the terminal's background.",
      valueName: "name"))
  var theme: String?
  @Flag(name: .long, help: "Use plain ASCII symbols only.") var ascii = false
  @Option(
    name: .long,
    help: ArgumentHelp("Print one frame as text and exit.", valueName: "WxH"))
  var dump: TypedSize?
}

/// A screen's size as typed: `160x45`.
struct TypedSize: ExpressibleByArgument {
  let size: Size

  init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      (1...1000).contains(width), (1...1000).contains(height)
    else { return nil }
    size = Size(width: width, height: height)
  }
}

/// A stretch of the day as typed: `22:00-06:00`.
struct TypedHours: ExpressibleByArgument {
  /// Minutes after midnight.
  private let from: Int
  private let to: Int

  init?(argument: String) {
    let ends = argument.split(separator: "-").map { end -> Int? in
      let parts = end.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
        (0..<24).contains(hour), (0..<60).contains(minute)
      else { return nil }
      return hour * 60 + minute
    }
    guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
    (self.from, self.to) = (from, to)
  }

  /// Whether a minute of the day lies in it, also across midnight.
  func contains(minute: Int) -> Bool {
    from <= to ? (from..<to).contains(minute) : minute >= from || minute < to
  }
}
