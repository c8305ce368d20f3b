import Display
import Engine

/// Words that are typed on when a prompt has ended are no commands.
///
/// A letter that follows the end closely is held until it is clear that no other follows: one alone is a command, several
/// are words, of which nothing is done. The colon of a command that is typed ahead needs no waiting.
extension Model {
  /// Within which letters follow each other in a word.
  static let pause = Duration.milliseconds(400)

  /// A key that came closely behind the end of a prompt.
  struct Held: Hashable, Sendable {
    var key: Key
    var at: Timestamp
  }

  /// Takes a key that may still belong to what was typed; nil: it does not.
  mutating func pressAfterPrompt(_ key: Key) -> [Effect]? {
    guard playback == nil, let ended = promptEnded else { return nil }
    let isClose = present >= ended && present - ended < Self.pause
    let isLetter: Bool =
      if case .character(let letter) = key { letter != ":" } else { key == .enter }
    guard prompt == nil, overlay == nil, isLetter, isClose else {
      promptEnded = nil
      return releaseHeld() + act(on: key)
    }
    promptEnded = present
    if held == nil, !isWord {
      held = Held(key: key, at: present)
      return []
    }
    (held, isWord) = (nil, true)
    tell("keys typed after the prompt closed were ignored", .warning)
    return []
  }

  /// Does what a held key asks for when no other has followed it.
  mutating func releaseHeld() -> [Effect] {
    isWord = false
    guard let held else { return [] }
    self.held = nil
    return act(on: held.key)
  }

  /// The same when time passes.
  mutating func releaseHeldKey() -> [Effect] {
    guard let held, present - held.at >= Self.pause else { return [] }
    promptEnded = nil
    return releaseHeld()
  }
}
