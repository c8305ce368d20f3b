/// The few symbols screens are made of, each one column wide, in UTF-8 and in ASCII.
///
/// The UTF-8 ones are neither emoji nor wide anywhere but in terminals configured for East Asian
/// ambiguous width, which is one reason why the ASCII set exists.
package struct Glyphs: Hashable, Sendable {
  /// The pieces of a box: corners, edges, and where a rule meets an edge.
  package struct Box: Hashable, Sendable {
    package var horizontal, vertical: Unicode.Scalar
    package var topLeft, topRight, bottomLeft, bottomRight: Unicode.Scalar
    package var teeLeft, teeRight, teeTop, teeBottom, cross: Unicode.Scalar
  }

  package var isASCII: Bool
  package var single: Box
  package var double: Box
  package var ellipsis: Character
  package var bullet: Character
  package var separator: Character
  package var arrow: Character
  package var full: Character
  package var rest: Character
  package var heartbeat: [Character]
  package var up: Character
  package var down: Character
  package var fresh: Character
  package var old: Character
  package var unread: Character
  package var breach: Character
  /// Shapes for severity 1 to 5, then for an unknown one.
  package var severities: [Character]
  /// Levels of a small bar, from the lowest.
  package var levels: [Character]

  // Check boxes are the same in both: three columns of ASCII that nobody has to learn.
  package let checkPending = "[ ]"
  package let checkActive = "[>]"
  package let checkDone = "[x]"
  package let checkSkipped = "[-]"

  /// The shape of a severity by rank, the gravest being 1; `nil` is unknown.
  package func severity(_ rank: Int?) -> Character {
    guard let rank, rank >= 1 else { return severities[5] }
    return severities[min(rank, 5) - 1]
  }

  /// A bar of `width` columns of which `part` in `whole` is filled; something done shows, and
  /// something left shows.
  package func progress(_ part: Int, of whole: Int, width: Int) -> (fill: String, rest: String) {
    guard width > 0 else { return ("", "") }
    guard whole > 0 else { return ("", String(repeating: rest, count: width)) }
    var filled = min(max(0, part), whole) * width / whole
    if part > 0 && filled == 0 { filled = 1 }
    if part < whole && filled == width { filled = width - 1 }
    return (
      String(repeating: full, count: filled), String(repeating: rest, count: width - filled)
    )
  }

  package static let utf8 = Glyphs(
    isASCII: false,
    single: Box(
      horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
      bottomRight: "┘", teeLeft: "├", teeRight: "┤", teeTop: "┬", teeBottom: "┴", cross: "┼"),
    double: Box(
      horizontal: "═", vertical: "║", topLeft: "╔", topRight: "╗", bottomLeft: "╚",
      bottomRight: "╝", teeLeft: "╠", teeRight: "╣", teeTop: "╤", teeBottom: "╧", cross: "╪"),
    ellipsis: "…", bullet: "·", separator: "·", arrow: "›", full: "█", rest: "░",
    heartbeat: ["●", "○"], up: "▲", down: "▼", fresh: "●", old: "○", unread: "+", breach: "!",
    severities: ["■", "◆", "▲", "●", "○", "□"],
    levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"])

  package static let ascii = Glyphs(
    isASCII: true,
    single: Box(
      horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
      bottomRight: "+", teeLeft: "+", teeRight: "+", teeTop: "+", teeBottom: "+", cross: "+"),
    double: Box(
      horizontal: "=", vertical: "#", topLeft: "#", topRight: "#", bottomLeft: "#",
      bottomRight: "#", teeLeft: "#", teeRight: "#", teeTop: "#", teeBottom: "#", cross: "#"),
    ellipsis: "~", bullet: "-", separator: "-", arrow: ">", full: "#", rest: ".",
    heartbeat: ["o", "."], up: "^", down: "v", fresh: "*", old: "o", unread: "+", breach: "!",
    severities: ["#", "!", "^", "*", "-", "?"],
    levels: [".", ".", ":", ":", "=", "=", "#", "#"])

  /// What stands for a symbol where only ASCII can be shown; `nil` where there is nothing like it.
  package static func fallback(for scalar: Unicode.Scalar) -> Unicode.Scalar? { fallbacks[scalar] }

  private static let fallbacks: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [
      "·": "-", "…": "~", "›": ">", "‹": "<", "❯": ">", "█": "#", "▓": "#", "▒": ":", "░": ".",
      "■": "#", "◆": "!", "▲": "^", "▼": "v", "●": "*", "○": "o", "□": "?", "▸": ">", "✓": "x",
      "✗": "x", "–": "-", "—": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"", "→": ">", "←": "<",
      "↑": "^", "↓": "v", "↵": "/", "×": "x", "\u{A0}": " ", "▀": "\"", "≥": ">", "≤": "<",
      "≈": "~", "−": "-", "•": "-", "▌": "|", "▐": "|", "▕": "|", "▶": ">",
    ]
    for (from, to) in zip("▁▂▃▄▅▆▇".unicodeScalars, "..::==#".unicodeScalars) { table[from] = to }
    for (from, to) in [(utf8.single, ascii.single), (utf8.double, ascii.double)] {
      table[from.horizontal] = to.horizontal
      table[from.vertical] = to.vertical
      for scalar in [
        from.topLeft, from.topRight, from.bottomLeft, from.bottomRight, from.teeLeft, from.teeRight,
        from.teeTop, from.teeBottom, from.cross,
      ] { table[scalar] = to.topLeft }
    }
    return table
  }()
}
