import CNcurses
package import Display
import Glibc

extension TerminalHandle {
  /// Waits for keys, signals and the caller's descriptors; empty when `timeout` passed (`nil`
  /// waits for ever).
  package mutating func wait(
    for descriptors: [Int32] = [], timeout: Duration? = nil
  ) -> [WakeUp] {
    var entries = [pollfd(fd: signals, events: Int16(POLLIN), revents: 0)]
    entries += descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // A closed terminal is always ready: asking it again would spin.
    entries.append(pollfd(fd: isGone ? -1 : input, events: Int16(POLLIN), revents: 0))
    let count = poll(
      &entries, nfds_t(entries.count), pendingSignals.isEmpty ? Self.milliseconds(timeout) : 0)
    // A signal that ended the call lies in the pipe; the next call finds it at once.
    guard count > 0 || !pendingSignals.isEmpty else { return [] }

    var wakeUps: [WakeUp] = []
    if entries[0].revents != 0 || !pendingSignals.isEmpty { wakeUps += takeSignals() }
    if count <= 0 { return wakeUps }
    for entry in entries[1..<entries.count - 1] where entry.revents != 0 {
      wakeUps.append(.descriptor(entry.fd))
    }
    let terminal = entries[entries.count - 1].revents
    if terminal & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
      isGone = true
      wakeUps.append(.gone)
    } else if terminal != 0 {
      wakeUps.append(.input)
    }
    return wakeUps
  }

  /// Rounded up, so that a loop does not wake just before its time again and again.
  static func milliseconds(_ timeout: Duration?) -> Int32 {
    guard let timeout else { return -1 }
    let (seconds, attoseconds) = timeout.components
    if seconds < 0 || attoseconds < 0 { return 0 }
    if seconds >= 86_400 { return 86_400_000 }
    return Int32(seconds) * 1000
      + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  private mutating func takeSignals() -> [WakeUp] {
    let numbers = pendingSignals + readSignals()
    pendingSignals = []
    var wakeUps: [WakeUp] = []
    for number in numbers {
      switch Int32(number) {
      case SIGWINCH:
        if updateSize() { wakeUps.append(.resized(size)) }
      case SIGTERM: wakeUps.append(.signal(.terminate))
      case SIGINT, SIGQUIT: wakeUps.append(.signal(.interrupt))
      case SIGHUP: wakeUps.append(.signal(.hangUp))
      case SIGTSTP: wakeUps.append(.signal(.stop))
      case SIGCONT where continuesExpected > 0: continuesExpected -= 1
      case SIGCONT:
        takeAgain()
        wakeUps.append(.continued)
      default: break
      }
    }
    return wakeUps
  }

  private func readSignals() -> [UInt8] {
    var numbers = [UInt8](repeating: 0, count: 64)
    let count = read(signals, &numbers, numbers.count)
    return Array(numbers.prefix(max(0, count)))
  }

  /// Forgets what was typed at another program as Ctrl-C, Ctrl-\\ and Ctrl-Z; keeps the rest.
  mutating func dropInterrupts() {
    let typed = [SIGINT, SIGQUIT, SIGTSTP].map { UInt8($0) }
    pendingSignals += readSignals().filter { !typed.contains($0) }
  }

  /// What the terminal has answered to ``askForBackground()``; nil where it has not, or not yet.
  package var background: BackgroundAnswer? { decoder.background }

  /// Asks the terminal for its background. The answer comes with the keys; most terminals give one, tmux too.
  package func askForBackground() {
    if isActive, isXtermLike { Self.send(BackgroundAnswer.question) }
  }

  /// The keys that have arrived in one burst, without waiting; many printable ones at once are a
  /// paste of a terminal that does not mark pastes.
  package mutating func readKeys() -> [Key] {
    var keys: [Key] = []
    var budget = 64 << 10
    while !isGone, budget > 0, isReadable(within: decoder.isWaiting ? decoder.patience : 0) {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(input, &bytes, bytes.count)
      if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
      if count <= 0 {
        isGone = true
        break
      }
      budget -= count
      decoder.feed(bytes[..<count])
      keys += decoder.keys()
    }
    if decoder.isWaiting { keys += decoder.keys(isFinal: true) }
    return keys
  }

  private mutating func isReadable(within patience: Int32) -> Bool {
    var entry = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, patience) > 0 else { return false }
    if entry.revents & Int16(POLLIN) != 0 { return true }
    isGone = true
    return false
  }
}
