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

  package var text: String {
    switch self {
    case .update(let number): "update:\(number)"
    case .step(let key, let episode, let round): "step:\(episode)/\(key)/\(round)"
    case .exhausted(let episode): "exhausted:\(episode)"
    case .handover(let number): "handover:\(number)"
    case .task(let number): "task:\(number)"
    case .countdown(let id, let due): "countdown:\(due.milliseconds)/\(id)"
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
    default: return nil
    }
  }
}
