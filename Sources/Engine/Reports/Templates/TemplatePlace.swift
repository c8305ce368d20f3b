/// A place of a template that somebody or something has to fill in.
package struct TemplatePlace: Hashable, Sendable {
  /// As the template writes it: `[Description]`, `X minutes`, `P0/P1/P2`, `____`.
  package var written: String
  /// What is asked for, in lower case without punctuation: `description`.
  package var key: String
  /// What stands before it on its line, else the line above that ends in a colon: `next update`.
  package var label: String
  /// What stands behind it on its line: `first alert`.
  package var trailing: String
  /// The heading above it.
  package var heading: String
  package var form: Form
  /// 1-based.
  package var line: Int
  /// 1-based, in characters.
  package var column: Int
  /// What the author had in mind: an example to look at, never to be sent.
  package var hint: String?

  package enum Form: Hashable, Sendable {
    /// Words in brackets or braces.
    case named
    case date
    case clock
    case dateAndClock
    /// A run of underscores.
    case blank
    case severities
    case statuses
    /// `@name1, @name2`.
    case people
    /// `X`, `$X`, `~XX`.
    case number
    /// `X minutes`, `X hours Y minutes`.
    case span
    /// A line that tells what to write there, without any sign of a place.
    case prompt
    /// A question; the answer goes behind it.
    case question
  }

  package init(
    written: String, key: String, label: String, trailing: String, heading: String, form: Form,
    line: Int, column: Int
  ) {
    self.written = written
    self.key = key
    self.label = label
    self.trailing = trailing
    self.heading = heading
    self.form = form
    self.line = line
    self.column = column
  }

  /// What a person is asked for where nothing could be derived.
  package var name: String {
    let named = [key, label, trailing, heading].first { !$0.isEmpty } ?? written
    return named.isEmpty ? written : named
  }

  /// Lower case, letters, digits and single blanks only.
  package static func key(_ text: some StringProtocol) -> String {
    var key = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber {
        key.append(character)
      } else if character == "'" || character == "’" {
        continue
      } else if !key.isEmpty, key.last != " " {
        key.append(" ")
      }
    }
    return key.last == " " ? String(key.dropLast()) : key
  }
}
