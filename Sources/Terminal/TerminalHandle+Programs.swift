import CNcurses
import Glibc

extension TerminalHandle {
  /// Runs another program, such as an editor, on the terminal and takes it again afterwards.
  ///
  /// Answers the exit status, or `nil` when it could not be run or was killed.
  package mutating func run(_ command: [String]) -> Int32? {
    guard !command.isEmpty else { return nil }
    leave()
    let status = withArguments(command) { cn_run($0, input) }
    enter()
    return status < 0 ? nil : status
  }
}

/// A command in the form C wants: an array of strings with a null at its end.
func withArguments<Result>(
  _ command: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
  let words = command.map { strdup($0) }
  defer { for word in words { free(word) } }
  let arguments: [UnsafePointer<CChar>?] = words.map { UnsafePointer($0) } + [nil]
  return arguments.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("the null is always there") }
    return body(base)
  }
}
