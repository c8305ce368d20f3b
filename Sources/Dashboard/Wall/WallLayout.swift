import Display

/// Where the parts of the wall lie.
///
/// What broke, how late and whom to call take the largest letters that fit; what is left belongs to the other incidents,
/// then to the newest entries.
struct WallLayout: Hashable {
  /// Severity, status, what is wrong with the data, the time of day.
  var status: Rect
  var headline: Rect
  var headlineLetters = Lettering.plain
  var headlineLines: [String] = []
  /// The next duty with the bars above and below it.
  var band: Rect
  var hasBars: Bool
  var digits: Rect
  var digitLetters = Lettering.plain
  var unit: Rect
  var call: Rect
  var facts: Rect
  /// The counts of the other incidents, then a row for each.
  var others: Rect
  var entries: Rect
  var footer: Rect

  /// How much of the screen belongs to what must be read from far away.
  var shareOfGreatThings: Double {
    let cells = [headline, band].reduce(0) { $0 + $1.width * $1.height }
    return Double(cells) / Double(max(1, footer.maxX * footer.maxY))
  }

  init(_ size: Size, _ content: WallContent) {
    let width = size.width
    func row(_ y: Int, _ height: Int) -> Rect {
      Rect(x: 0, y: y, width: width, height: height)
    }
    let plan = Self.plan(size, content)
    hasBars = plan.bars > 0
    status = row(0, 1)
    let gaps = plan.gaps
    headline = row(1 + gaps, plan.headlineRows)
    (headlineLetters, headlineLines) = (plan.headline, plan.headlineLines)
    digitLetters = .blocks(scale: plan.scale)
    if plan.scale == 0 { digitLetters = .plain }
    band = row(headline.maxY + max(gaps, plan.headlineGap), plan.bandRows)
    let inner = band.inset(horizontal: 0, vertical: plan.bars)
    let columns = digitLetters.columns(content.digits) ?? TextWidth.columns(content.digits)
    digits = Rect(x: 2, y: inner.y, width: columns, height: digitLetters.rows)
    unit = Rect(
      x: digits.maxX + 2, y: inner.y, width: Self.unitWidth(plan.scale, content.unit),
      height: inner.height)
    call = Rect(
      x: unit.maxX + 3, y: inner.y, width: max(0, width - unit.maxX - 4), height: inner.height)
    facts = row(band.maxY + gaps, plan.facts)
    others = row(facts.maxY, plan.others)
    entries = row(others.maxY, plan.entries)
    footer = row(size.height - 1, 1)
  }

  /// In what lettering the unit stands beside digits of a scale.
  static func unitLetters(_ scale: Int) -> Lettering {
    scale >= 3 ? .blocks(scale: max(1, scale / 3)) : .plain
  }

  private static func unitWidth(_ scale: Int, _ unit: String) -> Int {
    let letters = unitLetters(scale)
    return unit.split(separator: " ").compactMap { letters.columns(String($0)) }.max() ?? 0
  }

  // MARK: - Sharing out the rows

  private struct Plan {
    var scale = 0
    var bars = 0
    var headline = Lettering.plain
    var headlineLines: [String] = []
    var headlineGap = 0
    var facts = 1
    var others = 0
    var entries = 0
    /// Blank rows between the parts, where there are rows to spare.
    var gaps = 0

    var headlineRows: Int { headline.height(lines: headlineLines.count) }
    var bandRows: Int {
      let letters = scale == 0 ? Lettering.plain : .blocks(scale: scale)
      return max(letters.rows, scale == 0 ? 2 : 3) + 2 * bars
    }
    var used: Int {
      2 + headlineRows + max(gaps, headlineGap) + gaps * 2 + bandRows + facts + others + entries
    }
  }

  private static func plan(_ size: Size, _ content: WallContent) -> Plan {
    var plan = Plan()
    plan.facts = size.height >= 16 ? 2 : 1
    plan.bars = content.isLoud && size.height >= 18 ? 1 : 0
    plan.others =
      content.others == 0 || size.height < 9 ? 0 : 1 + min(content.others, max(1, size.height / 9))
    // Entries get rows only once all other incidents are shown.
    let isCrowded = content.others + 1 > plan.others && content.others > 0
    plan.entries =
      isCrowded ? 0 : min(content.entries, size.height >= 14 ? max(1, size.height / 16) : 0)
    plan.headlineLines = [content.headline]
    let room = size.height - plan.used
    choose(&plan, size, content, room: room + plan.headlineRows + plan.bandRows)
    share(size.height - plan.used, content, size, &plan)
    return plan
  }

  /// The pair of sizes for headline and digits that fills most of the rows there are.
  private static func choose(_ plan: inout Plan, _ size: Size, _ content: WallContent, room: Int) {
    var best = (score: -1, plan: plan)
    for scale in Lettering.scales {
      var candidate = plan
      candidate.scale = scale
      let letters = Lettering.blocks(scale: scale)
      guard let columns = letters.columns(content.digits),
        columns + unitWidth(scale, content.unit) + 5 <= size.width / 2
      else { continue }
      candidate.headlineGap = size.height >= 16 ? 1 : 0
      let left = room - candidate.bandRows - candidate.headlineGap
      guard left >= 1,
        let headline = Lettering.largest(
          for: content.headline, width: size.width - 2, rows: left, below: scale * 2)
      else { continue }
      (candidate.headline, candidate.headlineLines) = headline
      // Both great things as tall as they can be together: neither may shrink to nothing for the other.
      let score = letters.rows * min(candidate.headlineRows, left)
      if score > best.score { best = (score, candidate) }
    }
    plan = best.plan
    if best.score < 0,
      let line = Lettering.largest(
        for: content.headline, width: size.width - 2, rows: 1, below: 0)
    {
      (plan.headline, plan.headlineLines) = line
    }
  }

  /// What is left goes to the other incidents, to the newest entries, and then between the parts.
  private static func share(
    _ rows: Int, _ content: WallContent, _ size: Size, _ plan: inout Plan
  ) {
    var rows = max(0, rows)
    if content.others > 0 {
      if plan.others == 0, rows >= 2 {
        plan.others = 2
        rows -= 2
      }
      let more = min(rows, max(0, content.others + 1 - plan.others))
      if plan.others > 0 {
        plan.others += more
        rows -= more
      }
    }
    let entries = min(12, content.entries) - plan.entries
    // Rows that nothing asks for set the parts apart; in a large room so do some of the others.
    plan.gaps = min(2, max(rows / 6, (rows - max(0, entries)) / 3))
    rows -= plan.gaps * 3
    plan.entries += min(max(0, rows), max(0, entries))
  }
}
