package import Display

/// A signal that is for the program to act on.
package enum TerminalSignal: Hashable, Sendable {
  /// SIGTERM: leave in order.
  case terminate
  /// SIGINT or SIGQUIT from outside; Ctrl-C is a key.
  case interrupt
  /// SIGHUP: the terminal is going away.
  case hangUp
  /// SIGTSTP from outside; Ctrl-Z is a key.
  case stop
}

/// Why waiting ended.
package enum WakeUp: Hashable, Sendable {
  /// Keys can be read.
  case input
  /// One of the caller's own descriptors can be read, or has ended.
  case descriptor(Int32)
  case signal(TerminalSignal)
  /// The terminal has this size now; everything has to be drawn again.
  case resized(Size)
  /// The process was stopped by somebody and goes on; everything has to be drawn again.
  case continued
  /// The terminal is gone for good.
  case gone
}
