package import Display
import Engine

/// Where the parts of the console lie at a size.
///
/// Panes have a title row of their own and one line between neighbours, no boxes. As a window gets smaller, panes give up
/// rows, then pane 1 folds into the header, then one pane is shown at a time, then a few lines; the header keeps the next
/// duty at every size. A pane that has rows to spare lends them to one that would cut its own.
package struct ConsoleLayout {
  enum Shape { case tooSmall, lines, single, stacked, split, wide, columns }

  struct Placed {
    var pane: Pane
    /// The title row and what is under it.
    var rect: Rect
    var title: Rect { rect.row(0) }
    /// Where the pane draws.
    var area: Rect {
      rect.split(top: 1).rest.inset(horizontal: rect.width >= 30 ? 1 : 0, vertical: 0)
    }
  }

  let shape: Shape
  var header = Rect(x: 0, y: 0, width: 0, height: 0)
  var hint = Rect(x: 0, y: 0, width: 0, height: 0)
  /// How a replay stands; empty where none is shown, or where there is no room beside the hints.
  var transport = Rect(x: 0, y: 0, width: 0, height: 0)
  var panes: [Placed] = []
  /// The vertical lines between panes that stand side by side, one column each.
  var dividers: [Rect] = []

  package func rect(of pane: Pane) -> Rect? { panes.first { $0.pane == pane }?.rect }

  /// The rows that the content of each pane takes, its title not counted: in one row each, and with nothing cut.
  private var wanted = Demand()
  private var full = Demand()

  init(_ model: Model) {
    let bare = Self(
      model.size, focus: model.focus, isZoomed: model.isZoomed, isReplay: model.playback != nil)
    guard bare.panes.count > 1 else {
      self = bare
      return
    }
    let widths = Dictionary(uniqueKeysWithValues: bare.panes.map { ($0.pane, $0.area.width) })
    self.init(
      model.size, focus: model.focus, isZoomed: false, isReplay: model.playback != nil,
      wanted: model.wantedRows, full: model.fullRows(widths))
  }

  /// Where header and hints lie, whatever the panes hold.
  init(edges model: Model) {
    self.init(
      model.size, focus: model.focus, isZoomed: true, isReplay: model.playback != nil)
  }

  package init(
    _ size: Size, focus: Pane, isZoomed: Bool, isReplay: Bool = false, wanted: [Pane: Int] = [:],
    full: [Pane: Int] = [:]
  ) {
    self.wanted = Demand(rows: wanted)
    self.full = Demand(rows: wanted.merging(full) { max($0, $1) })
    shape = Self.shape(of: size)
    guard shape != .tooSmall, shape != .lines else { return }
    // A narrow window needs a row of its own for the number to call.
    let parts = Rect(size).split(top: size.height < 10 && size.width >= 64 ? 2 : 3)
    header = parts.top
    var (body, hintRow) = parts.rest.split(bottom: 1)
    if isReplay, size.height < 12 {
      (transport, hintRow) = (hintRow, Rect(x: 0, y: 0, width: 0, height: 0))
    } else if isReplay {
      (body, transport) = body.split(bottom: 1)
    }
    hint = hintRow
    if isZoomed || shape == .single {
      panes = [Placed(pane: focus, rect: body)]
      return
    }
    switch shape {
    case .stacked: stack(body, focus)
    case .split: split(body, focus)
    case .wide: wide(body)
    default: columns(body, focus)
    }
  }

  private static func shape(of size: Size) -> Shape {
    let (width, height) = (size.width, size.height)
    if width < 20 || height < 3 { return .tooSmall }
    if width < 32 || height < 7 { return .lines }
    if width >= 160, height < 20 { return height >= 9 ? .columns : .single }
    if width >= 200, height >= 40 { return .columns }
    if width >= 110, height >= 36 { return .wide }
    if width >= 84, height >= 14 { return .split }
    return height >= 18 ? .stacked : .single
  }

  /// Panes one above the other, in so many rows each.
  private mutating func place(_ panes: [(Pane, Int)], in column: Rect) {
    var rest = column
    for (pane, rows) in panes {
      let parts = rest.split(top: rows)
      self.panes.append(Placed(pane: pane, rect: parts.top))
      rest = parts.rest
    }
  }

  /// Rows of one column: first for what each part holds, then for what its rows have to cut.
  private func lend(_ shares: [Int], _ needs: (Demand) -> [Int]) -> [Int] {
    Self.lend(Self.lend(shares, needs(wanted)), needs(full))
  }

  /// Rows of one column: each part has its share, and what it does not need goes to those before it that lack some.
  ///
  /// - Parameters:
  ///   - shares: What each part has while none lacks anything, its title counted.
  ///   - needs: What each would take. Nothing moves while nobody lacks anything.
  /// - Returns: The rows of each part.
  private static func lend(_ shares: [Int], _ needs: [Int]) -> [Int] {
    var rows = shares
    for lacking in rows.indices {
      for lender in rows.indices.reversed() where lender != lacking {
        let spare = rows[lender] - max(needs[lender], min(shares[lender], leastRows))
        let lent = min(spare, needs[lacking] - rows[lacking])
        guard lent > 0 else { continue }
        rows[lender] -= lent
        rows[lacking] += lent
      }
    }
    return rows
  }

  /// A pane keeps so many rows, its title counted, however little it holds.
  private static let leastRows = 5

  /// What panes would take.
  private struct Demand {
    var rows: [Pane: Int] = [:]

    /// The rows that one of the panes takes that are shown in a place in turn, its title counted.
    func need(_ panes: Pane...) -> Int {
      panes.map { 1 + (rows[$0] ?? 0) }.max() ?? 1
    }
  }

  /// Due, checklist and timeline one above the other, and the incident too where there are many rows; else it takes the
  /// checklist's place while it has the focus.
  private mutating func stack(_ body: Rect, _ focus: Pane) {
    let due = max(5, body.height * 3 / 10)
    let timeline = max(5, body.height * 35 / 100)
    let rest = body.height - due - timeline
    if body.height >= 40 {
      let incident = min(10, rest / 2)
      let rows = lend([due, incident, rest - incident, timeline]) {
        [$0.need(.escalation), $0.need(.incident), $0.need(.checklist), $0.need(.timeline)]
      }
      place(
        [
          (.escalation, rows[0]), (.incident, rows[1]), (.checklist, rows[2]),
          (.timeline, rows[3]),
        ], in: body)
    } else {
      let rows = lend([due, rest, timeline]) {
        [$0.need(.escalation), $0.need(.checklist, .incident), $0.need(.timeline)]
      }
      place(
        [
          (.escalation, rows[0]), (focus == .incident ? .incident : .checklist, rows[1]),
          (.timeline, rows[2]),
        ], in: body)
    }
  }

  /// The body in an upper part of several panes and the timeline below it.
  private func above(
    _ body: Rect, least: Int, need upper: (Demand) -> Int
  ) -> (upper: Rect, lower: Rect) {
    let timeline = max(least, body.height * 2 / 5)
    let rows = lend([body.height - timeline, timeline]) { [upper($0), $0.need(.timeline)] }
    let parts = body.split(top: rows[0])
    return (parts.top, parts.rest)
  }

  /// Due beside the checklist, the timeline across the bottom.
  private mutating func split(_ body: Rect, _ focus: Pane) {
    let (upper, lower) = above(body, least: 4) { $0.need(.escalation, .checklist, .incident) }
    let parts = sideBySide(upper, [11, 9])
    place([(.escalation, upper.height)], in: parts[0])
    place([(focus == .incident ? .incident : .checklist, upper.height)], in: parts[1])
    place([(.timeline, lower.height)], in: lower)
  }

  /// Due on the left; incident over checklist on the right; the timeline across the bottom.
  private mutating func wide(_ body: Rect) {
    let (upper, lower) = above(body, least: 6) {
      max($0.need(.escalation), $0.need(.incident) + $0.need(.checklist))
    }
    let parts = sideBySide(upper, [11, 9])
    let incident = min(9, max(5, upper.height * 2 / 5))
    let rows = lend([incident, upper.height - incident]) {
      [$0.need(.incident), $0.need(.checklist)]
    }
    place([(.escalation, upper.height)], in: parts[0])
    place([(.incident, rows[0]), (.checklist, rows[1])], in: parts[1])
    place([(.timeline, lower.height)], in: lower)
  }

  /// Three panes side by side, over the timeline where there are rows for both.
  private mutating func columns(_ body: Rect, _ focus: Pane) {
    guard body.height >= 20 else {
      let parts = sideBySide(body, [7, 5, 8])
      let second: Pane = focus == .incident ? .incident : .checklist
      for (pane, rect) in zip([.escalation, second, .timeline], parts) {
        place([(pane, rect.height)], in: rect)
      }
      return
    }
    let (upper, lower) = above(body, least: 6) { $0.need(.escalation, .checklist, .incident) }
    let parts = sideBySide(upper, [9, 6, 6])
    for (pane, rect) in zip([Pane.escalation, .checklist, .incident], parts) {
      place([(pane, rect.height)], in: rect)
    }
    place([(.timeline, lower.height)], in: lower)
  }

  /// Columns of the given shares with a line between them.
  private mutating func sideBySide(_ area: Rect, _ shares: [Int]) -> [Rect] {
    let whole = shares.reduce(0, +)
    let room = area.width - shares.count + 1
    var x = area.x
    var columns: [Rect] = []
    for (index, share) in shares.enumerated() {
      let isLast = index == shares.count - 1
      let width = isLast ? area.maxX - x : room * share / whole
      columns.append(Rect(x: x, y: area.y, width: width, height: area.height))
      x += width
      if !isLast {
        dividers.append(Rect(x: x, y: area.y, width: 1, height: area.height))
        x += 1
      }
    }
    return columns
  }
}

extension Model {
  /// The rows that the content of each pane takes, near enough for sharing rows out.
  var wantedRows: [Pane: Int] {
    guard let incident, !isZoomed else { return [:] }
    let items = incident.procedure.checklist
    let phases = zip(items, items.dropFirst()).count { $0.phase != $1.phase }
    return [
      .escalation: deadlines.count + 1, .incident: 10,
      .checklist: items.count + incident.addedItems.entries.count + phases + 1,
      .timeline: timeline.rows.count,
    ]
  }

  /// The same with everything told that a row of the given width has to cut.
  func fullRows(_ widths: [Pane: Int]) -> [Pane: Int] {
    guard incident != nil else { return [:] }
    var rows: [Pane: Int] = [:]
    if let width = widths[.escalation] {
      rows[.escalation] = rowsOfDue(width: width) + rowsOfOthers
    }
    if let width = widths[.incident] { rows[.incident] = incidentLines(width: width).count }
    if let width = widths[.checklist] { rows[.checklist] = rowsOfChecklist(width: width) }
    if let width = widths[.timeline] { rows[.timeline] = rowsOfTimeline(width: width) }
    return rows
  }
}
