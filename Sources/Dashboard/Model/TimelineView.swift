package import Engine

/// Which entries are shown, from where, and which one is picked. Newest first.
package struct TimelineView: Sendable {
  /// The entries that pass the filter, in the order in which they happened; an alert that repeats is one.
  package var rows: [TimelineRow] = []
  package var filter = TimelineFilter()
  /// Whether the newest entry is kept in sight.
  package var follows = true
  /// The entry in the first row while not following.
  package var anchor: Stamp?
  package var selected: Stamp?
  /// Entries that came while not following, or while this person was away.
  package var unseen = 0
  /// Sequences above this one have not been looked at.
  package var seenUpTo = 0

  // A search in progress or kept.
  package var query = ""
  /// Sequences that match, newest first.
  package var matches: [Int] = []
  /// What was shown before the search began, to return to.
  package var beforeSearch: (follows: Bool, anchor: Stamp?, selected: Stamp?)?

  package init() {}

  /// Place from the newest (0) of the first entry at or before a stamp.
  package func place(of stamp: Stamp) -> Int {
    let index = rows.partitioningIndex { $0.stamp > stamp }
    return max(0, rows.count - index)
  }

  /// The place of the first row on screen.
  package var offset: Int {
    guard !follows, let anchor else { return 0 }
    return min(place(of: anchor), max(0, rows.count - 1))
  }

  /// The row at a place from the newest; nil outside.
  package func row(at place: Int) -> TimelineRow? {
    place >= 0 && place < rows.count ? rows[rows.count - 1 - place] : nil
  }
}

/// Which entries to show: by kind, by person and by words.
package struct TimelineFilter: Hashable, Sendable {
  /// Letters of kinds; empty: all.
  package var letters: Set<Character> = []
  package var person: String?
  /// Words that stand in the entry, in whatever case.
  package var words: [String] = []

  package init() {}

  package var isEmpty: Bool { letters.isEmpty && person == nil && words.isEmpty }

  /// Reads `N D by:mira replica`: single capital letters are kinds, everything else is words.
  package init(_ text: String) {
    for word in text.split(separator: " ") {
      if word.lowercased().hasPrefix("by:") {
        let name = word.dropFirst(3)
        person = name.isEmpty ? nil : String(name)
      } else if word.allSatisfy({ "NFHDSEAUCRT".contains($0) }) {
        letters.formUnion(word)
      } else if word.count == 1, "NFHDSEAUCRT".contains(word.uppercased()) {
        letters.formUnion(word.uppercased())
      } else {
        words.append(word.lowercased())
      }
    }
  }

  package var text: String {
    let kinds = letters.sorted().map(String.init).joined(separator: " ")
    return ([kinds, person.map { "by:\($0)" } ?? ""] + words).filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
