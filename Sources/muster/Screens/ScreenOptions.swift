import ArgumentParser
import Display

/// What both screens take.
struct ScreenOptions: ParsableArguments {
  @OptionGroup var target: IncidentOptions

  @Option(help: ArgumentHelp("A theme: 'muster theme list' shows them.", valueName: "name"))
  var theme: String?
  @Flag(name: .long, help: "Plain symbols only.") var ascii = false
  @Option(
    name: .long,
    help: ArgumentHelp("Print one frame as text and leave.", valueName: "WxH"))
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
