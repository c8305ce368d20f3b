import ArgumentParser
import Engine
import Procedures

/// Where an update is to go beside standard output.
struct DestinationOptions: ParsableArguments {
  @Flag(help: "Copy the text into tmux's buffer or the terminal's clipboard.") var copy =
    false
  @Option(
    help: ArgumentHelp("Write the text to a new file.", valueName: "path"), completion: .file())
  var file: Typed?
  @Flag(help: "With --file: append to an existing file.") var append = false
  @Option(
    help: ArgumentHelp(
      "Deliver only by this command of your config.yaml; may be repeated.",
      valueName: "name"), completion: ShellCompletions.deliveries)
  var via: [Typed] = []
  @Flag(help: "Do not deliver by any command.") var noDelivery = false

  /// Whether nothing else is asked for than what the configuration says.
  var isUsual: Bool { !copy && file == nil && !append && via.isEmpty && !noDelivery }
}

/// The places an update goes to, checked before anything is recorded.
struct Destinations {
  /// Commands of the person's configuration, by name.
  let ways: [String]
  let copies: Bool
  let file: String?
  let appends: Bool

  /// Destinations as requested, else every command that serves the audience; an update about the past
  /// is sent only where requested explicitly.
  init(
    _ options: DestinationOptions, for incident: Incident, audience: String?, isPast: Bool,
    in store: StoreAccess
  ) throws(Failure) {
    (copies, file, appends) = (options.copy, options.file?.text, options.append)
    if incident.isDrill, copies || file != nil || !options.via.isEmpty {
      throw Failure(.notNow, "a drill delivers nothing; leave out --via, --file and --copy")
    }
    if appends, file == nil { throw Failure(.usage, "--append goes with --file PATH") }
    if options.noDelivery, !options.via.isEmpty {
      throw Failure(.usage, "--via and --no-delivery contradict each other")
    }
    let known = store.deliveryWays
    if options.noDelivery || incident.isDrill {
      ways = []
    } else if options.via.isEmpty {
      ways = DeliveryWay.usual(of: known, for: audience, isPast: isPast)
    } else {
      var chosen: [String] = []
      for name in options.via.map(\.text) where !chosen.contains(name) {
        guard known.contains(where: { $0.name == name }) else {
          throw Self.unknown(name, known, in: store)
        }
        chosen.append(name)
      }
      ways = chosen
    }
  }

  private static func unknown(
    _ name: String, _ known: [DeliveryWay], in store: StoreAccess
  ) -> Failure {
    guard store.settings.delivers else {
      return Failure(.notNow, "deliver: false in \(store.home)/store.yaml: nothing is sent")
    }
    let place = Settings.userPath ?? "config.yaml"
    guard !known.isEmpty else {
      return Failure(
        .usage, "\(place) configures no delivery; see 'muster help update'")
    }
    return Failure.unknown("delivery", name, known: known.map(\.name))
  }

  /// In words, for somebody who is to say yes.
  var words: String {
    var all = ways
    if copies { all.append("the clipboard") }
    if let file { all.append(appends ? "the end of \(file)" : "the new file \(file)") }
    return all.isEmpty ? "standard output only" : all.joined(separator: ", ")
  }
}
