import Engine
import Integrations
import Procedures

/// Makes channels from what an agent's settings say of them, with their secrets.
enum ChannelMaker {
  /// - Throws: why it cannot be used, in a sentence without a secret.
  static func make(_ settings: ChannelConfiguration) throws(Failure) -> any Channel {
    do throws(SecretFile.Problem) {
      return try channel(settings)
    } catch {
      throw Failure(.usage, "the channel '\(settings.name)': \(error.description)")
    }
  }

  private static func channel(
    _ settings: ChannelConfiguration
  ) throws(SecretFile.Problem) -> any Channel {
    let texts = settings.texts
    func secret(_ key: String) throws(SecretFile.Problem) -> String? {
      guard let path = texts[key] else { return nil }
      return try SecretFile.read(path)
    }
    let limit = Duration.seconds(settings.timeout)
    let web = WebSettings(caFile: texts["ca_file"], proxy: texts["proxy"], limit: limit)
    let (url, from) = (texts["url"], texts["from"] ?? "")
    let token = try secret("token_file") ?? ""
    switch settings.kind {
    case .command: return CommandChannel(command: settings.lists["command"] ?? [], timeout: limit)
    case .webhook: return try webhook(settings, web)
    case .slack:
      return SlackChannel(token: token, channel: texts["channel"], url: url, web: web)
    case .telegram: return TelegramChannel(token: token, url: url, web: web)
    case .email:
      let security = texts["security"].flatMap(EmailChannel.Settings.Security.init) ?? .starttls
      return EmailChannel(
        .init(
          server: texts["server"] ?? "", security: security, user: texts["user"],
          password: try secret("password_file"), from: from, to: settings.lists["to"] ?? [],
          caFile: texts["ca_file"], limit: limit))
    case .pagerduty:
      return PagerDutyChannel(key: try secret("key_file") ?? "", url: url, web: web)
    case .ntfy:
      return NtfyChannel(
        url: url ?? "", topic: texts["topic"], token: token.isEmpty ? nil : token, web: web)
    case .twilio:
      return TwilioChannel(
        account: texts["account"] ?? "", token: token, from: from, calls: texts["by"] != "sms",
        url: url, web: web)
    }
  }

  private static func webhook(
    _ settings: ChannelConfiguration, _ web: WebSettings
  ) throws(SecretFile.Problem) -> any Channel {
    var url = settings.texts["url"] ?? ""
    if let path = settings.texts["url_file"] {
      url = try SecretFile.read(path)
      guard WebAddress.isUsable(url) else {
        throw SecretFile.Problem(
          description: "\(path) holds no usable address; \(WebAddress.remedy)")
      }
    }
    var signature: WebhookSignature?
    if let path = settings.texts["secret_file"] {
      signature = WebhookSignature(try SecretFile.read(path))
      if signature == nil {
        throw SecretFile.Problem(description: "\(path) holds no secret that begins with whsec_")
      }
    }
    let template: WebhookChannel.Template =
      switch settings.texts["template"] {
      case "discord": .discord
      case "teams": .teams
      case "mattermost": .mattermost
      default: settings.texts["body"].map(WebhookChannel.Template.own) ?? .event
      }
    return WebhookChannel(url: url, secret: signature, template: template, web: web)
  }
}

extension ChannelConfiguration {
  /// Whether somebody may answer on it.
  var takesAnswers: Bool { kind == .telegram && !senders.isEmpty }

  /// Where somebody is on this channel.
  func address(of person: Person, _ way: Person.Reach) -> String? {
    if let address = way.address { return address }
    return switch kind {
    case .twilio: person.number
    case .email: person.email
    case .pagerduty, .webhook, .command: person.name
    case .slack, .telegram, .ntfy: nil
    }
  }
}

/// The channels of an agent, as they are at this moment.
struct AgentChannels: Sendable {
  private(set) var channels: [String: any Channel] = [:]
  private(set) var settings: [String: ChannelConfiguration] = [:]
  /// Why some of them cannot be used, in the order of their names.
  var problems: [String] { settings.keys.sorted().compactMap { unusable[$0] } }
  /// The same by their names.
  private(set) var unusable: [String: String] = [:]

  init(_ configurations: [ChannelConfiguration]) {
    for one in configurations {
      settings[one.name] = one
      do throws(Failure) { channels[one.name] = try ChannelMaker.make(one) } catch {
        unusable[one.name] = error.message
      }
    }
  }
}
