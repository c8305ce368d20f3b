package import Engine

/// A report as headings, paragraphs and tables, before it becomes Markdown, HTML or plain lines.
///
/// Its text is not yet harmless: every renderer makes it so for where it goes.
package struct ReportDocument: Sendable {
  package var title: String
  /// Shown above everything: that this is a drill, that the log is damaged.
  package var warnings: [String] = []
  /// Short facts under the title: a name and a value.
  package var facts: [Fact] = []
  package var sections: [Section] = []
  /// Small print at the end.
  package var footer: [String] = []

  package init(title: String) {
    self.title = title
  }

  package struct Fact: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package struct Section: Sendable {
    package var title: String
    /// 2 for a section, 3 for a part of one.
    package var level = 2
    package var blocks: [Block]

    package init(_ title: String, level: Int = 2, _ blocks: [Block]) {
      self.title = title
      self.level = level
      self.blocks = blocks
    }

    package var isEmpty: Bool { blocks.isEmpty }
  }

  package enum Block: Sendable {
    case paragraph(Phrase)
    case bullets([Phrase])
    case checks([(isDone: Bool, Phrase)])
    case table(header: [String], rows: [[Phrase]])
    case chart(TimelineChart)
    /// How many of some spans lie where.
    case distribution(title: String, Distribution)
  }

  /// Words with some of them set off.
  package struct Phrase: Hashable, Sendable, ExpressibleByStringLiteral {
    package var runs: [Run]

    package struct Run: Hashable, Sendable {
      package var text: String
      package var style: Style
    }

    package enum Style: Hashable, Sendable {
      case plain, strong, quiet
      /// Something that a person still has to write.
      case open
    }

    package init(_ text: String, _ style: Style = .plain) {
      runs = text.isEmpty ? [] : [Run(text: text, style: style)]
    }

    package init(stringLiteral value: String) {
      self.init(value)
    }

    package static func + (one: Self, other: Self) -> Self {
      var sum = one
      sum.runs += other.runs
      return sum
    }

    /// The words alone.
    package var text: String { runs.map(\.text).joined() }
  }
}

extension ReportDocument.Phrase {
  package static func strong(_ text: String) -> Self { Self(text, .strong) }
  package static func quiet(_ text: String) -> Self { Self(text, .quiet) }
  package static func open(_ text: String) -> Self { Self(text, .open) }
}
