import Glibc

/// Words that the system hands over as bytes, in whatever encoding: arguments and the environment.
enum PlatformText {
  /// The text of bytes; those that are no UTF-8 are read as Latin-1, which old terminals and file systems use.
  static func read(_ bytes: UnsafePointer<CChar>) -> (text: String, isRepaired: Bool) {
    if let text = String(validatingCString: bytes) { return (text, false) }
    var scalars = String.UnicodeScalarView()
    var place = bytes
    while place.pointee != 0 {
      scalars.append(Unicode.Scalar(UInt8(bitPattern: place.pointee)))
      place += 1
    }
    return (String(scalars), true)
  }

  /// What was typed behind the program's name. Words in another encoding are read and told; the name of a file in one is
  /// refused, as no path here can hold it.
  static func arguments() throws(Failure) -> [String] {
    var words: [String] = []
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[place] else { break }
      let (text, isRepaired) = read(bytes)
      words.append(text)
      guard isRepaired else { continue }
      guard access(bytes, F_OK) != 0 else {
        throw Failure(
          .usage,
          "'\(text)': this file name is not valid UTF-8 and cannot be used; "
            + "rename the file, link to it, or pipe its text in with '-'")
      }
      Output.complain("'\(text)' is not valid UTF-8; read as Latin-1")
    }
    return words
  }

  /// Refuses a home whose name is no UTF-8: a folder of another name would take its place.
  static func requireUsableHome(flag: String?) throws(Failure) {
    guard flag == nil else { return }
    for name in ["MUSTER_HOME", "XDG_STATE_HOME", "HOME"] {
      guard let value = getenv(name), value.pointee != 0 else { continue }
      if name == "XDG_STATE_HOME", value.pointee != 47 { continue }
      let (text, isRepaired) = read(value)
      guard isRepaired else { return }
      throw Failure(
        .usage,
        "$\(name) ('\(text)') is not valid UTF-8 and cannot be used; "
          + "set $MUSTER_HOME to a folder with a valid name, or to a link to this one")
    }
  }
}
