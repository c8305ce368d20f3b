/// A question to whoever sits at the terminal; only a clear yes is one.
enum TerminalQuestion {
  /// Asks on standard error; an empty line, and whatever is no yes, means no.
  static func ask(_ question: String) -> Bool {
    _ = Output.writeAll(Array("\(Output.harmlessLine(question)) [y/N] ".utf8), to: 2)
    let answer = readLine(strippingNewline: true)?.lowercased() ?? ""
    return answer == "y" || answer == "yes"
  }
}
