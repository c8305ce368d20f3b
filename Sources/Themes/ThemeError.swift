import Display

/// Why a theme could not be read; the one in use stays.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Problem: Hashable, Sendable {
    case syntax(String)
    case unknownTheme(String, known: [String])
    case inheritsItself
    case notAMapping(String)
    case notAStyle
    case groundMissing
    case tooMuch(String)
    case unknownColor(String)
    case unreadable(String)
  }

  package var problem: Problem
  package var file: String
  /// 1-based; 0 where the file as a whole is meant.
  package var line: Int

  package var description: String {
    (line > 0 ? "\(file):\(line)" : file) + ": " + Sanitizer.clean(what)
  }

  private var what: String {
    switch problem {
    case .syntax(let words): words
    case .unknownTheme(let name, let known):
      "there is no theme \"\(name)\"; known: \(known.joined(separator: ", "))"
    case .inheritsItself:
      "the theme inherits itself, directly or through others; remove one \"inherits\""
    case .notAMapping(let key): "\"\(key)\" must be a mapping of names to values"
    case .notAStyle:
      "not a style; write COLOUR on COLOUR ATTRIBUTES, or {style: …, 16: …, mono: …}"
    case .groundMissing:
      "a colour is missing after \"on\" (a # needs quotes around the whole value)"
    case .tooMuch(let word):
      "\"\(word)\" is not an attribute: bold, dim, underline, reverse, italic or plain"
    case .unknownColor(let name):
      "\"\(name)\" is not a colour: neither in the palette nor one of the 16 names, nor 0-255, "
        + "nor #rrggbb"
    case .unreadable(let reason): "cannot be read: \(reason)"
    }
  }
}

/// Something in a theme that was passed over.
package struct ThemeRemark: Hashable, Sendable, CustomStringConvertible {
  package var file: String
  package var line: Int
  package var name: String

  package var description: String {
    "\(file):\(line): \"\(Sanitizer.clean(name))\" is unknown here and ignored"
  }
}
