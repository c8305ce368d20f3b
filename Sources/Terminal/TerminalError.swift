/// Why there can be no screen; each has a sentence for the user.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  case notATerminal
  case noTerminalType
  case unknownType(String)
  case tooSimple(String)
  case unusable(String)

  package var description: String {
    switch self {
    case .notATerminal:
      "standard input and output are not a terminal: use the plain verbs (show, log, brief) here"
    case .noTerminalType:
      "TERM is not set: set it (TERM=xterm-256color, say) or use the plain verbs (show, log, brief)"
    case .unknownType(let type):
      "this system does not know the terminal type \"\(type)\": try TERM=xterm-256color"
    case .tooSimple(let type):
      "a terminal of type \"\(type)\" cannot position text: use the plain verbs (show, log, brief)"
    case .unusable(let reason): "the terminal cannot be used: \(reason)"
    }
  }
}
