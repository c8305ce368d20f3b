import Display

/// By what way a notification goes out beside the bell.
package enum NotificationWay: String, CaseIterable, Sendable {
  case none
  /// OSC 9, as iTerm2, WezTerm, kitty and others take it.
  case osc9
  /// The same, handed by tmux to its own terminal; tmux does so only with `allow-passthrough on`.
  case osc9ThroughTmux = "osc9-tmux"
}

extension TerminalHandle {
  /// Why nothing will be seen of notifications sent by a way; nil: they are sent, and whether the
  /// terminal shows them cannot be known.
  package func obstacle(to way: NotificationWay) -> String? {
    guard way != .none else { return nil }
    guard isXtermLike else { return "this terminal does not support notifications" }
    guard way == .osc9, Self.isInMultiplexer else { return nil }
    return "tmux does not pass OSC 9 on; set notify: osc9-tmux"
  }

  /// Sends a text as a notification, without a promise.
  package func notify(_ text: String, by way: NotificationWay) {
    guard way != .none, isActive, obstacle(to: way) == nil else { return }
    let throughTmux = way == .osc9ThroughTmux && Self.isInMultiplexer
    Self.send(Self.notification(text, throughTmux: throughTmux))
  }

  /// The bytes of a notification, harmless whatever the text.
  package static func notification(_ text: String, throughTmux: Bool) -> String {
    let text = TextWidth.truncate(Sanitizer.clean(text), to: 120)
    let sequence = "\u{1B}]9;muster: \(text)\u{07}"
    return throughTmux ? "\u{1B}Ptmux;\u{1B}\(sequence)\u{1B}\\" : sequence
  }

  private static var isInMultiplexer: Bool {
    let term = environment("TERM") ?? ""
    return environment("TMUX")?.isEmpty == false || term.hasPrefix("tmux")
      || term.hasPrefix("screen")
  }
}
