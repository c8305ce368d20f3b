import Display
import Engine
import Wording

extension Model {
  /// Most days: nothing is open.
  func drawNothingOpen(in frame: inout Frame, _ layout: ConsoleLayout) {
    let lines =
      linesOfNothing + [onCallText.map { ($0.text, $0.role) } ?? ("", .text)]
      + troubleMarks.map { ($0.text, $0.role) }
    let top = max(0, (size.height - lines.count) / 2)
    let width = lines.map { TextWidth.columns($0.text) }.max() ?? 0
    let x = max(0, (size.width - width) / 2)
    for (row, line) in lines.enumerated() where top + row < size.height - 1 {
      frame.write(line.text, at: Point(x: x, y: top + row), role: line.role)
    }
    frame.write(
      " " + clock.header(now).joined(separator: " \(glyphs.separator) "), at: .zero,
      role: .header)
    let age = age
    frame.write(age.text, endingAt: size.width - 1, y: 0, role: age.role)
    drawHints(in: &frame, layout)
  }

  /// Why no incident is shown: none is open, or none that can be read.
  var nothingShown: String {
    incidents.contains { $0.unread != nil } ? "AN INCIDENT CANNOT BE READ" : "NO OPEN INCIDENT"
  }

  private var linesOfNothing: [(text: String, role: StyleRole)] {
    if opening != nil || !hasBegun { return [("Reading the log …", .textDim)] }
    if isNewStore { return size.height < 22 ? Self.shortWelcome : Self.welcome }
    return [
      (nothingShown, .textStrong), ("", .text),
      ("Declare one:          :declare Checkout returns 502", .text),
      ("From a shell:         muster declare \"Checkout returns 502\"", .textDim),
      ("To see how it works:  muster demo", .textDim), ("", .text),
    ]
  }

  /// The first minute: what this is and how to begin.
  private static let welcome: [(text: String, role: StyleRole)] =
    [
      ("MUSTER  incident command in the terminal", .textStrong), ("", .text),
      ("Your team has written down how it handles outages. In an outage Muster runs", .text),
      ("that document: it counts down what is due, quotes the rule beside each", .text),
      ("countdown, and keeps the log. One file for each incident; no server, no login.", .text),
      ("", .text),
    ] + shortWelcome + [
      ("", .text),
      ("No incident was declared here yet. Without a document of yours, the built-in", .textDim),
      ("procedure 'standard' applies.", .textDim), ("", .text),
    ]

  private static let shortWelcome: [(text: String, role: StyleRole)] = [
    ("Watch one:           muster demo", .text),
    ("Train on one:        muster drill bad-deployment", .text),
    ("Your own document:   muster procedure check INCIDENTS.md    what was understood", .text),
    ("                     muster procedure review INCIDENTS.md   confirm it once", .text),
    ("                     muster procedure use INCIDENTS.md      use it", .text),
    ("Declare the first:   :declare Checkout returns 502", .text),
    ("From a shell:        muster declare \"Checkout returns 502\"", .textDim),
  ]
}
