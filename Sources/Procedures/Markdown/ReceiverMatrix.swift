/// A table that tells for each severity after what time each receiver is called.
///
/// Receivers stand in the heads and severities in the rows, or the other way round; the cells are times.
struct ReceiverMatrix {
  struct Call {
    var severities: [String]
    var to: String
    var cell: String
    var line: Int
  }

  private(set) var calls: [Call] = []

  init?(_ table: Block, _ names: SeverityNames, isEscalation: Bool) {
    guard let header = table.rows.first, header.cells.count >= 3, table.rows.count >= 2 else {
      return nil
    }
    let rows = Array(table.rows.dropFirst())
    let across = header.cells.map { names.named(by: $0) }
    let isAcross = across.dropFirst().filter { !$0.isEmpty }.count >= 2
    let heads = isAcross ? rows.compactMap(\.cells.first) : Array(header.cells.dropFirst())
    guard heads.count >= 2,
      isEscalation || heads.filter({ Ladder.level($0) != nil }).count >= 2
    else { return nil }
    let receivers = heads.filter { Self.isReceiver($0) }.count
    guard receivers * 2 >= heads.count else { return nil }
    var cells = 0
    var timed = 0
    for row in rows {
      guard let first = row.cells.first else { continue }
      let own = isAcross ? [] : names.named(by: first)
      if !isAcross, own.isEmpty { return nil }
      for (column, cell) in row.cells.enumerated().dropFirst()
      where header.cells.indices.contains(column) {
        let severities = isAcross ? across[column] : own
        let to = isAcross ? first : header.cells[column]
        guard !severities.isEmpty, Self.isReceiver(to), !Folded(cell).isEmpty else { continue }
        cells += 1
        guard !Folded(cell).begins(with: .none), SpanReader.spans(in: cell).count == 1 else {
          continue
        }
        timed += 1
        calls.append(Call(severities: severities, to: to, cell: cell, line: row.line))
      }
    }
    guard timed >= 2, timed * 2 >= cells else { return nil }
  }

  private static func isReceiver(_ head: String) -> Bool {
    let folded = Folded(head)
    guard !folded.isEmpty, folded.words.count <= 8, SpanReader.spans(in: head).isEmpty else {
      return false
    }
    if folded.has(any: [.acknowledge, .triage, .mitigate, .resolve, .frequency, .postmortem]) {
      return false
    }
    return folded.has(.role) || Ladder.level(head) != nil
  }
}

extension Reading {
  /// Takes the table as a path for each severity; false where it is none.
  mutating func readReceiverMatrix(_ table: Block, in section: Int) -> Bool {
    guard let matrix = receiverMatrix(table, in: section) else { return false }
    var paths: [(severity: String, rungs: [Rung])] = []
    for call in matrix.calls {
      let level = Ladder.level(call.to)
      let rest = level?.rest ?? ""
      var rung = Rung(
        name: Folded(rest).isEmpty ? call.to.withoutMarks : rest, clause: call.cell, line: call.line
      )
      rung.level = level?.level
      for severity in call.severities {
        if let at = paths.firstIndex(where: { $0.severity == severity }) {
          paths[at].rungs.append(rung)
        } else {
          paths.append((severity, [rung]))
        }
      }
    }
    for path in paths { addPath(path.rungs, in: section, severities: [path.severity]) }
    return true
  }

  func receiverMatrix(_ table: Block, in section: Int) -> ReceiverMatrix? {
    let isHeaded = table.rows.first?.cells.contains { Folded($0).has(.escalate) } ?? false
    return ReceiverMatrix(table, names, isEscalation: isHeaded || path(section, has: [.escalate]))
  }
}
