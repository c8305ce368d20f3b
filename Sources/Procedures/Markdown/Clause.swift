/// A part of a sentence, with its offsets in the text's scalars.
struct Clause {
  var text: String
  var start: Int
  var end: Int

  static func clauses(of text: String) -> [Clause] {
    let scalars = Array(text.unicodeScalars)
    var clauses: [Clause] = []
    var start = 0
    func close(_ end: Int) {
      if end > start {
        clauses.append(
          Clause(
            text: String(String.UnicodeScalarView(scalars[start..<end])), start: start, end: end))
      }
      start = end
    }
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let isBreak =
        scalar == ";" || scalar == "；" || scalar == "，" || scalar == "。" || scalar == "|"
        || (scalar == "," && next == " ") || (scalar == "." && next == " ")
        || (scalar == "/" && next == " ")
        || (scalar == " " && next == " ")
        || (scalar == "<" && (next == "b" || next == "B"))
      if isBreak { close(index + 1) }
    }
    close(scalars.count)
    return clauses
  }
}
