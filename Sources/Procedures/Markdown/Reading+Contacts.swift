import Engine

extension Reading {
  mutating func readContacts(_ table: Block, _ section: Int) {
    guard let header = table.rows.first, header.cells.count >= 2 else { return }
    let heads = header.cells.map { Folded($0) }
    let contact = heads.firstIndex { $0.has(any: Self.contactHeads) }
    guard
      path(section, has: [.contacts])
        || contact != nil && heads.contains(where: { $0.has(any: Self.whoHeads) }),
      severityColumn(table) == nil, !isEscalationTable(table, in: section)
    else { return }
    guard
      !heads.contains(where: {
        $0.has(any: [.notContact])
      }) || contact == 1 && path(section, has: [.contacts]) || isOfAddresses(table, contact)
    else { return }
    guard !title(section, has: [.template, .frequency]) else { return }
    let who = heads.firstIndex { $0.has(any: Self.whoHeads) } ?? 0
    let name = heads.indices.first {
      $0 != who && $0 != contact
        && heads[$0].has(any: [.nameHead])
    }
    let second = heads.indices.first {
      $0 != who && $0 != contact && $0 != name && heads[$0].has(.secondaryHead)
    }
    for row in table.rows.dropFirst() where row.cells.indices.contains(who) {
      let role = row.cells[who].withoutMarks
      guard !Folded(role).isEmpty else { continue }
      func cell(_ column: Int?) -> String? {
        guard let column, column != who, row.cells.indices.contains(column) else { return nil }
        let text = row.cells[column].withoutMarks
        return Folded(text).isEmpty || Folded(text).has(.none)
          ? nil : text
      }
      procedure.contacts.append(
        Contact(
          role: role, name: cell(name),
          contact: cell(contact) ?? cell(heads.indices.last { $0 != who && $0 != name }),
          line: row.line))
      take(row.line)
      // Who is meant when the first cannot be reached.
      if let second, let backup = cell(second), !Directory.isPlaceholder(backup) {
        procedure.contacts.append(
          Contact(
            role: "\(role) (\(header.cells[second].withoutMarks))", name: nil, contact: backup,
            line: row.line))
      }
    }
  }

  /// Most cells of the column are addresses, whatever the other columns say.
  private func isOfAddresses(_ table: Block, _ column: Int?) -> Bool {
    guard let column else { return false }
    let cells = table.rows.dropFirst().compactMap {
      $0.cells.indices.contains(column) ? $0.cells[column] : nil
    }
    return cells.filter { Self.isAddress($0.withoutMarks) }.count * 2 > cells.count
  }

  private static let contactHeads: [Concept] = [.contactHead]
  private static let whoHeads: [Concept] = [.whoHead]

  mutating func readContactList(_ list: Block, _ section: Int) {
    guard
      title(section, has: [.contacts])
        || path(section, has: [.contacts]) && outline.sections[section].level >= 3,
      !path(section, has: [.escalate])
    else { return }
    for item in list.children {
      guard let line = item.firstLine, let label = line.label, !line.body.isEmpty,
        Folded(label).words.count <= 9
      else { continue }
      procedure.contacts.append(
        Contact(
          role: label.withoutMarks, name: nil, contact: line.body.withoutMarks, line: line.number))
      take(line.number)
    }
  }
}
