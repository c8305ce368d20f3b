package import Display
package import Themes

/// What a screen is shown on: keys come in, frames go out. A terminal is one; a test's is written in advance.
package protocol Surface: AnyObject {
  var size: Size { get }
  /// Whether nothing can be shown or read any more.
  var isGone: Bool { get }

  /// Waits for keys, for something that happens to the surface, and for the caller's descriptors; empty when the time
  /// has passed.
  func wait(for descriptors: [Int32], timeout: Duration) -> [SurfaceEvent]

  /// Shows a frame, in darker colours where `isDim`.
  func present(_ frame: Frame, isDim: Bool)
  /// Uses another theme from the next frame on.
  func use(_ theme: Theme)
  /// Sends the next frame as a whole.
  func repaint()

  func ring()
  /// Tells something to a person who is not looking here.
  func notify(_ text: String)
  func name(window title: String)

  /// Hands a text to the clipboard, and answers in one sentence what is known of it.
  func copy(_ text: String) -> String
  /// Shows a text without a screen, so that anything can be picked from it, until a key; answers why not.
  func showPlainly(_ text: String) -> String?
  /// Lets a text be edited in the person's editor.
  func edit(_ text: String) -> Edited
  /// Stops until it is continued.
  func suspend()
}

/// What came of editing a text.
package enum Edited: Hashable, Sendable {
  case text(String)
  /// The text is as it was, and why.
  case failed(String)
}

/// Why waiting ended.
package enum SurfaceEvent: Hashable, Sendable {
  case keys([Key])
  case resized(Size)
  /// One of the caller's own descriptors can be read.
  case descriptor(Int32)
  /// Somebody stopped the program and it goes on: everything has to be drawn again.
  case continued
  /// Somebody asks the program to stop as Ctrl-Z does.
  case stop
  /// Somebody asks the program to leave, or the surface is gone for good.
  case left
}
