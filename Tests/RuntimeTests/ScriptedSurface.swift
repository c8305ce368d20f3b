import Display
import Engine
import Glibc
import Runtime
import TestSupport
import Testing
import Themes

/// A surface whose person was written in advance: keys, and what is to be seen before the next ones.
final class ScriptedSurface: Surface {
  enum Step {
    case keys(String)
    case advance(Duration)
    /// Waits until the frame has a text.
    case see(String)
    /// Waits until the frame has it no more.
    case gone(String)
    /// Waits until something outside is so.
    case until(String, () -> Bool)
    /// The same while time goes on, half a second at a time.
    case pass(String, () -> Bool)
    case run(() throws -> Void)
    case resize(Size)
  }

  var size: Size
  var isGone = false
  private(set) var text = ""
  private(set) var frames = 0
  private(set) var rings = 0
  private(set) var notices: [String] = []
  private(set) var titles: [String] = []
  private(set) var copied: [String] = []
  private(set) var themes = 0
  private var script: [Step]
  private let time: HandTime
  private let limit = ContinuousClock.now + .seconds(60)

  init(_ time: HandTime, size: Size = Size(width: 120, height: 40), _ script: [Step]) {
    (self.time, self.size, self.script) = (time, size, script)
  }

  func wait(for descriptors: [Int32], timeout: Duration) -> [SurfaceEvent] {
    while let step = script.first {
      switch step {
      case .keys(let keys):
        script.removeFirst()
        return [.keys(keys.map(Self.key))]
      case .advance(let span):
        script.removeFirst()
        time.advance(by: span)
        return []
      case .resize(let size):
        script.removeFirst()
        self.size = size
        return [.resized(size)]
      case .run(let body):
        script.removeFirst()
        do { try body() } catch { Issue.record("\(error)") }
      case .see(let wanted):
        guard text.contains(wanted) else { return awaiting(descriptors, "“\(wanted)”") }
        script.removeFirst()
      case .gone(let unwanted):
        guard !text.contains(unwanted) else { return awaiting(descriptors, "no “\(unwanted)”") }
        script.removeFirst()
      case .until(let what, let isSo):
        guard isSo() else { return awaiting(descriptors, what) }
        script.removeFirst()
      case .pass(let what, let isSo):
        guard isSo() else {
          time.advance(by: .milliseconds(500))
          return awaiting(descriptors, what)
        }
        script.removeFirst()
      }
    }
    return [.left]
  }

  /// Lets the loop take in what comes; a script that waits in vain fails and ends.
  private func awaiting(_ descriptors: [Int32], _ what: String) -> [SurfaceEvent] {
    guard ContinuousClock.now < limit else {
      Issue.record("waited in vain for \(what) in\n\(text)")
      return [.left]
    }
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = poll(&entries, nfds_t(entries.count), 50)
    return entries.filter { $0.revents != 0 }.map { .descriptor($0.fd) }
  }

  private static func key(_ character: Character) -> Key {
    switch character {
    case "⏎": .enter
    case "⎋": .escape
    case "↓": .down
    default: .character(character)
    }
  }

  func present(_ frame: Frame, isDim: Bool) {
    text = frame.text
    frames += 1
  }

  func use(_ theme: Theme) { themes += 1 }
  func repaint() {}
  func ring() { rings += 1 }
  func notify(_ text: String) { notices.append(text) }
  func name(window title: String) { titles.append(title) }
  func copy(_ text: String) -> String {
    copied.append(text)
    return "copied"
  }
  func showPlainly(_ text: String) -> String? { nil }
  func edit(_ text: String) -> Edited { .text(text) }
  func suspend() {}
}
