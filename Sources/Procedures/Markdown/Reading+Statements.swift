import Engine

extension Reading {
  /// The statements of labelled lines directly under a section and under its bold lines.
  func statements(under section: Int, severities: [String]) -> [Statement] {
    var found: [Statement] = []
    for index in [section]
      + outline.sections[section].children.filter({ outline.sections[$0].isBoldLine })
    {
      let title = index == section ? "" : outline.sections[index].name
      if Topic.topics(of: title) == [.description] { continue }
      for block in outline.sections[index].blocks {
        collect(block, title, severities, index, &found)
      }
    }
    return found
  }

  private func collect(
    _ block: Block, _ title: String, _ severities: [String], _ section: Int,
    _ found: inout [Statement]
  ) {
    switch block.kind {
    case .paragraph:
      for line in block.lines {
        found.append(statement(line, title, severities, section))
      }
    case .list:
      // Numbered steps are things to do; a checklist is one as well.
      guard !block.isNumbered else { return }
      for item in block.children where !item.isBox {
        guard let line = item.firstLine else { continue }
        let statement = statement(line, title, severities, section)
        found.append(statement)
        if Topic.topics(of: statement.label) == [.description] { continue }
        for child in item.children.dropFirst() where child.isList {
          collect(child, statement.label, severities, section, &found)
        }
      }
    case .table:
      collectColumns(block, severities, section, &found)
      for row in block.rows where row.cells.count == 2 {
        found.append(
          Statement(
            severities: severities, label: row.cells[0], text: row.cells[1], line: row.line,
            section: section))
      }
    default: break
    }
  }

  /// Under a severity's own heading a column of times to respond or to resolve is meant for it.
  private func collectColumns(
    _ table: Block, _ severities: [String], _ section: Int, _ found: inout [Statement]
  ) {
    guard let header = table.rows.first, header.cells.count >= 3, !severities.isEmpty,
      severityColumn(table) == nil, !isEscalationTable(table, in: section)
    else { return }
    for (column, head) in header.cells.enumerated() {
      let topics = Topic.topics(of: head)
      guard topics.count == 1, case .target(let kind) = topics[0], kind != .communicate else {
        continue
      }
      for row in table.rows.dropFirst() where row.cells.indices.contains(column) {
        guard SpanReader.spans(in: row.cells[column]).count == 1 else { continue }
        found.append(
          Statement(
            severities: severities, label: head, text: row.cells[column], line: row.line,
            section: section, isCell: true))
      }
    }
  }

  private func statement(
    _ line: TextLine, _ title: String, _ severities: [String], _ section: Int
  ) -> Statement {
    let label = line.label ?? ""
    return Statement(
      severities: severities, label: label.isEmpty ? title : label, text: line.body,
      line: line.number, section: section)
  }

  /// The statements of every table that has the severities in a column or across its top.
  func statements(of table: Block, in section: Int) -> [Statement] {
    guard let header = table.rows.first else { return [] }
    let across = header.cells.map { names.named(by: $0) }
    let acrossCount = across.filter { !$0.isEmpty }.count
    var found: [Statement] = []
    if acrossCount >= 2, acrossCount + 2 >= header.cells.count {
      for row in table.rows.dropFirst() {
        let label = row.cells.first ?? ""
        for (column, severities) in across.enumerated()
        where !severities.isEmpty && row.cells.indices.contains(column) {
          found.append(
            Statement(
              severities: severities, label: label, text: row.cells[column], line: row.line,
              section: section, isCell: true))
        }
      }
      return found
    }
    guard let column = severityColumn(table), !isDecision(table, column) else { return [] }
    for row in table.rows.dropFirst() where row.cells.indices.contains(column) {
      let severities = names.named(by: row.cells[column])
      guard !severities.isEmpty else { continue }
      for (index, cell) in row.cells.enumerated()
      where index != column && header.cells.indices.contains(index) {
        found.append(
          Statement(
            severities: severities, label: header.cells[index], text: cell, line: row.line,
            section: section, isCell: true))
      }
    }
    return found
  }

  /// A table that tells by other things which severity it is names some more than once and promises nothing.
  private func isDecision(_ table: Block, _ column: Int) -> Bool {
    guard column > 0 else { return false }
    let named = table.rows.dropFirst().compactMap { row in
      row.cells.indices.contains(column) ? names.named(by: row.cells[column]).first : nil
    }
    return Set(named).count < named.count
  }

  /// The column in which most rows name a severity.
  func severityColumn(_ table: Block) -> Int? {
    guard let header = table.rows.first, table.rows.count >= 2 else { return nil }
    let rows = table.rows.dropFirst()
    let named = header.cells.indices.prefix(4).filter { column in
      let named = rows.filter { row in
        row.cells.indices.contains(column) && row.cells[column].split(separator: " ").count <= 6
          && !names.named(by: row.cells[column]).isEmpty
      }.count
      return named >= 1 && named * 2 > rows.count
    }
    // "High" beside "P1" is what leads to it.
    return named.first { column in
      rows.contains {
        $0.cells.indices.contains(column) && !SeverityWord.numbered(in: $0.cells[column]).isEmpty
      }
    } ?? named.first
  }

  /// The statements of items that each begin with a severity ("P1: 15 minutes").
  func itemStatements(of list: Block, in section: Int) -> [Statement] {
    var found: [Statement] = []
    for item in list.children {
      guard let line = item.firstLine, let label = line.label else { continue }
      let severities = names.named(by: label)
      let words = Folded(label).words
      guard !severities.isEmpty, words.count <= 8, !Folded(words.first ?? "").has(.condition)
      else { continue }
      let title = outline.sections[section].name
      found.append(
        Statement(
          severities: severities, label: title, text: Self.whole(item, line), line: line.number,
          section: section))
      for child in item.children.dropFirst() where child.isList {
        collect(child, "", severities, section, &found)
      }
    }
    return found
  }

  /// The body of an item with the lines that continue it.
  private static func whole(_ item: Block, _ line: TextLine) -> String {
    guard let paragraph = item.children.first, case .paragraph = paragraph.kind,
      paragraph.lines.count > 1
    else { return line.body }
    return ([line.body] + paragraph.lines.dropFirst().map(\.text)).joined(separator: " ")
  }

  /// All lines of prose outside code blocks: paragraphs and items, each with its section and line.
  func proseLines() -> [(section: Int, text: String, line: Int)] {
    var found: [(Int, String, Int)] = []
    func add(_ block: Block, _ section: Int) {
      switch block.kind {
      case .paragraph:
        for line in block.lines { found.append((section, line.text, line.number)) }
      case .list, .item:
        for child in block.children { add(child, section) }
      case .table:
        for row in block.rows { for cell in row.cells { found.append((section, cell, row.line)) } }
      default: break
      }
    }
    for (index, section) in outline.sections.enumerated() {
      if let title = section.title { found.append((index, title.raw, section.line)) }
      for block in section.blocks { add(block, index) }
    }
    return found
  }
}
