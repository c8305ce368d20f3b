/// What a delivery is about: an update, or something that somebody is to be told.
///
/// Its text is what delivery events name as their subject, and part of their identity: the same for every process.
package enum DeliverySubject: Hashable, Sendable {
  /// The sequence of the update's entry.
  case update(Int)
  /// A step of the path that fell due, with the episode and the round in which it did.
  case step(String, episode: Int, round: Int)
  /// The path of an episode has come to its end with nobody reached.
  case exhausted(episode: Int)
  /// The sequence of the entry that offers the command to somebody.
  case handover(Int)
  /// The sequence of the entry that gives the task.
  case task(Int)
  /// A countdown that comes to its end, by its id, and when.
  case countdown(String, due: Timestamp)
  /// A log is damaged, from that byte on.
  case damage(offset: Int)
  /// What is recorded here has not been shared with the team since then.
  case unshared(since: Timestamp)
  /// A call of an episode was answered, or its incident is over: for channels that keep an alert open until then.
  case settled(Settled, episode: Int)
  /// The channel that an incident has to itself, with the brief in it.
  case room
  /// That somebody is asked into that channel.
  case guest(String)

  package enum Settled: String, Hashable, Sendable { case acknowledged, resolved }

  package var text: String {
    switch self {
    case .update(let number): "update:\(number)"
    case .step(let key, let episode, let round): "step:\(episode)/\(key)/\(round)"
    case .exhausted(let episode): "exhausted:\(episode)"
    case .handover(let number): "handover:\(number)"
    case .task(let number): "task:\(number)"
    case .countdown(let id, let due): "countdown:\(due.milliseconds)/\(id)"
    case .damage(let offset): "damage:\(offset)"
    case .unshared(let since): "unshared:\(since.milliseconds)"
    case .settled(let how, let episode): "settled:\(episode)/\(how.rawValue)"
    case .room: "room:own"
    case .guest(let person): "guest:\(person)"
    }
  }

  /// Nil for a subject that this version does not know.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let rest = text[text.index(after: colon)...]
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    switch text[..<colon] {
    case "update":
      guard let number = Int(rest) else { return nil }
      self = .update(number)
    case "handover":
      guard let number = Int(rest) else { return nil }
      self = .handover(number)
    case "task":
      guard let number = Int(rest) else { return nil }
      self = .task(number)
    case "exhausted":
      guard let episode = Int(rest) else { return nil }
      self = .exhausted(episode: episode)
    case "step":
      guard parts.count == 3, let episode = Int(parts[0]), let round = Int(parts[2]) else {
        return nil
      }
      self = .step(String(parts[1]), episode: episode, round: round)
    case "countdown":
      guard parts.count >= 2, let due = Int64(parts[0]) else { return nil }
      self = .countdown(
        parts.dropFirst().joined(separator: "/"), due: Timestamp(milliseconds: due))
    default:
      guard let subject = Self.ofChannels(text[..<colon], rest, parts) else { return nil }
      self = subject
    }
  }

  /// Subjects of logs and channels.
  private static func ofChannels(
    _ kind: Substring, _ rest: Substring, _ parts: [Substring]
  ) -> Self? {
    switch kind {
    case "damage": return Int(rest).map { .damage(offset: $0) }
    case "unshared": return Int64(rest).map { .unshared(since: Timestamp(milliseconds: $0)) }
    case "settled":
      guard parts.count == 2, let episode = Int(parts[0]),
        let how = Settled(rawValue: String(parts[1]))
      else { return nil }
      return .settled(how, episode: episode)
    case "room": return rest == "own" ? .room : nil
    case "guest": return rest.isEmpty ? nil : .guest(String(rest))
    default: return nil
    }
  }
}
