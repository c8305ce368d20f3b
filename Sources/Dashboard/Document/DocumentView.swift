import Display

/// The document as it lies open: where the cursor stands, and what is looked for.
struct DocumentView: Sendable {
  /// A line of the document, and what stands there.
  struct Place: Hashable, Sendable {
    var line: Int
    /// Empty: nothing in particular.
    var what: String
  }

  /// The line that mattered when it was opened.
  let place: Place
  /// Nil until it has been laid out.
  private(set) var page: DocumentPage?
  /// The row that is picked.
  private(set) var cursor = 0
  /// The first row on screen.
  private(set) var offset = 0
  private(set) var query: String
  private(set) var matches: [Int] = []
  /// Where the cursor stood when the search began.
  private var searchBegan: Int?
  /// The piece of code that was copied last, so that the next one of its line follows.
  private var copied: (line: Int, index: Int)?

  init(at place: Place, query: String = "") {
    self.place = place
    self.query = query
  }

  /// The line that is picked.
  var line: Int {
    guard let page, page.rows.indices.contains(cursor) else { return place.line }
    return page.rows[cursor].line
  }

  /// Takes a page that was laid out, and stays at the line that was picked.
  mutating func take(_ new: DocumentPage, height: Int) {
    let isFirst = page == nil
    let line = line
    page = new
    cursor = new.row(ofLine: line)
    matches = new.rows(containing: query)
    if isFirst, !query.isEmpty, let first = matches.first { cursor = first }
    // What matters stands in the upper third, so that what follows it is in sight.
    offset = cursor - height / 3
    keepInSight(height)
  }

  // MARK: - Moving

  mutating func move(by distance: Int, height: Int) {
    let last = max(0, (page?.rows.count ?? 0) - 1)
    cursor = max(0, min(cursor + distance, last))
    keepInSight(height)
  }

  /// Moves the screen along with the cursor by a whole page.
  mutating func turn(by distance: Int, height: Int) {
    offset += distance
    move(by: distance, height: height)
  }

  mutating func keepInSight(_ height: Int) {
    let count = page?.rows.count ?? 0
    offset = max(0, min(offset, count - height))
    offset = min(offset, cursor)
    offset = max(offset, cursor - max(1, height) + 1)
  }

  // MARK: - Searching

  mutating func beginSearch() { searchBegan = cursor }

  /// Follows what is typed: the cursor goes to the nearest match at or after the place where the search began.
  mutating func search(_ words: String, height: Int) {
    query = words
    matches = page?.rows(containing: words) ?? []
    let from = searchBegan ?? cursor
    cursor = matches.first { $0 >= from } ?? matches.first ?? from
    keepInSight(height)
  }

  mutating func endSearch(restoring: Bool, height: Int) {
    if restoring, let searchBegan {
      cursor = searchBegan
      (query, matches) = ("", [])
    }
    searchBegan = nil
    keepInSight(height)
  }

  /// Goes to the next match, or the one before; wraps around at the ends. False: there is none.
  mutating func step(_ distance: Int, height: Int) -> Bool {
    guard let first = matches.first, let last = matches.last else { return false }
    cursor =
      distance > 0
      ? matches.first { $0 > cursor } ?? first : matches.last { $0 < cursor } ?? last
    keepInSight(height)
    return true
  }

  /// `2/7`: the place of the cursor among the matches.
  var matchCount: String {
    let place = matches.firstIndex(of: cursor).map { "\($0 + 1)/" } ?? ""
    return "\(place)\(matches.count)"
  }

  // MARK: - Copying

  /// What can be copied from the line that is picked: its command, one piece of code after the other, else its words.
  mutating func copy() -> (text: String, number: Int, count: Int)? {
    guard let page, page.lines.indices.contains(line - 1) else { return nil }
    let commands = page.commands[line] ?? []
    guard !commands.isEmpty else {
      let words = page.lines[line - 1].drop { $0 == " " }
      return words.isEmpty ? nil : (String(words), 1, 1)
    }
    let index = copied.map { $0.line == line ? ($0.index + 1) % commands.count : 0 } ?? 0
    copied = (line, index)
    return (commands[index], index + 1, commands.count)
  }
}
