import Engine

extension Reading {
  /// Reads the words for where an incident stands from the choices that templates offer.
  mutating func readStatuses() {
    for (offset, line) in lines.enumerated() where offset > 0 {
      let folded = Folded(String(line.prefix(40)))
      guard folded.has(any: [.status]), let colon = line.firstIndex(of: ":")
      else { continue }
      let choices = line[line.index(after: colon)...]
        .split { "/|,".contains($0) }
        .map { String($0).trimming { "[]{}<>* `".unicodeScalars.contains($0) } }
      guard choices.count >= 3, choices.allSatisfy({ (1...3).contains(Folded($0).words.count) }),
        choices.contains(where: { Self.role(of: $0) == .resolved })
      else { continue }
      procedure.statuses = choices.map {
        Status(id: $0.slug, name: $0, role: Self.role(of: $0), line: offset)
      }
      return
    }
  }

  static func role(of name: String) -> Status.Role {
    let folded = Folded(name)
    if folded.has(any: [.statusResolved]) {
      return .resolved
    }
    if folded.has(any: [.statusMitigated]) {
      return .mitigated
    }
    return .open
  }
}
