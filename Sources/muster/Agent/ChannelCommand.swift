import ArgumentParser
import Engine
import Integrations
import Procedures

struct ChannelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "channel", abstract: "The ways by which an agent reaches people.",
    discussion: "Example: muster channel test telegram --to 123456789",
    subcommands: [ChannelListCommand.self, ChannelTestCommand.self],
    defaultSubcommand: ChannelListCommand.self)

  /// The channels of the config.yaml of whoever asks.
  static func settings() throws(Failure) -> AgentConfiguration {
    guard let path = Settings.userPath, let bytes = Settings.bytes(path) else {
      throw Failure(
        .notNow, "\(Settings.userPath ?? "config.yaml") is not there; it would name the channels")
    }
    let settings = AgentConfiguration.read(bytes, path: path)
    for problem in settings.problems { Output.complain(problem.description) }
    return settings
  }
}

struct ChannelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The channels of your config.yaml.",
    discussion: "Example: muster channel list")

  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let settings = try ChannelCommand.settings()
    let channels = AgentChannels(settings.channels)
    if json {
      let all = settings.channels.map { channel in
        JSON.object([
          "name": .string(channel.name), "kind": .string(channel.kind.rawValue),
          "usable": .bool(channels.channels[channel.name] != nil),
        ])
      }
      return try Output.json(.array(all))
    }
    try Output.lines(settings.channels.map { "\($0.name)  \($0.kind.rawValue)" })
    for problem in channels.problems { Output.complain(problem) }
    if settings.channels.isEmpty { try Output.line("no channel: nobody is told") }
  }
}

struct ChannelTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Send one message by a channel, and tell each step.",
    discussion: "Example: muster channel test mail --to mira@example.com")

  @Argument(
    help: ArgumentHelp("The channel.", valueName: "name"), completion: ShellCompletions.channels)
  var name: String
  @Option(
    help: ArgumentHelp(
      "Where to: a chat, an address, a number; else where the channel's settings say.",
      valueName: "address"))
  var to: String?

  func run() throws {
    let settings = try ChannelCommand.settings()
    guard let configuration = settings.channels.first(where: { $0.name == name }) else {
      throw Failure.unknown("channel", name, known: settings.channels.map(\.name))
    }
    func step(_ text: String) { Output.remark("· \(text)") }
    step("\(name) is of kind \(configuration.kind.rawValue), line \(configuration.line)")
    let channel = try ChannelMaker.make(configuration)
    step("its secrets can be read")
    if configuration.kind != .command {
      guard let version = Exchange.libraryVersion else {
        throw Failure(.worldFailed, "libcurl is not on this machine; install the package libcurl4")
      }
      step("sends by \(version.split(separator: " ").prefix(2).joined(separator: ", "))")
    }
    try identify(channel, step)
    let now = WallClock.now
    var message = ChannelMessage(
      id: "msg_test_\(now.milliseconds)", time: now, title: "Test of the channel \(name)",
      text: "Muster can reach you here. Nothing has happened, and nothing is to be done.",
      incident: "test", kind: "test")
    message.address = to
    message.isUrgent = false
    switch channel.send(message, note: step) {
    case .delivered(let reference):
      try Output.line("delivered" + (reference.map { ", known there as \($0)" } ?? ""))
    case .failed(let failure):
      let again = failure.isFinal ? "trying again is of no use" : "it would be tried again"
      throw Failure(.worldFailed, "not delivered: \(failure.text); \(again)")
    }
  }

  /// Asks the other side who it takes us for, where it says.
  private func identify(_ channel: any Channel, _ step: (String) -> Void) throws(Failure) {
    let identity: Result<String, ChannelFailure>? =
      switch channel {
      case let telegram as TelegramChannel: telegram.identity()
      case let slack as SlackChannel: slack.identity()
      default: nil
      }
    switch identity {
    case .success(let name): step("the token belongs to \(name)")
    case .failure(let failure): throw Failure(.worldFailed, "the token: \(failure.text)")
    case nil: return
    }
  }
}
