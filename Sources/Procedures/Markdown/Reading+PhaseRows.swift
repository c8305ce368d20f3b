import Engine

/// Headings that tell the course by what is done: "1. Confirm the incident", "Declaring an incident".
extension Reading {
  /// One of several headings numbered in order, of which most tell what to do.
  func isNumberedCourse(_ index: Int, _ title: SectionTitle) -> Bool {
    guard title.number != nil, !outline.sections[index].isBoldLine else { return false }
    let row = row(of: index).filter { outline.sections[$0].title?.number != nil }
    let numbers = row.map { outline.sections[$0].title?.number ?? "" }
    let first = Int(numbers.first ?? "") ?? 0
    guard row.count >= 3, first <= 1, numbers == row.indices.map({ String($0 + first) }) else {
      return false
    }
    let titles = row.compactMap { outline.sections[$0].title }
    let told = titles.filter { Self.beginsWithVerb($0.name) && $0.folded.words.count >= 2 }
    return told.count * 3 >= row.count * 2
      && told.filter { $0.folded.has(any: [.stage, .incident]) }.count >= 2
  }

  /// "Identifying the problem", beside others of its kind, or "Ending an incident", of which there is another.
  func isNamedByDoing(_ index: Int, _ title: SectionTitle) -> Bool {
    guard title.number == nil, !outline.sections[index].isBoldLine, Self.isDoing(title),
      !isDoingRow(outline.sections[index].children)
    else { return false }
    return isDoingRow(row(of: index))
      || isEdge(index) && outline.sections.indices.filter { isEdge($0) }.count >= 2
  }

  private func row(of index: Int) -> [Int] {
    let section = outline.sections[index]
    return outline.sections[section.parent ?? 0].children.filter {
      !outline.sections[$0].isBoldLine && outline.sections[$0].level == section.level
    }
  }

  /// Three and more, and half of all at least.
  private func isDoingRow(_ row: [Int]) -> Bool {
    let titles = row.filter { !outline.sections[$0].isBoldLine }.compactMap {
      outline.sections[$0].title
    }
    let doing = titles.filter { Self.isDoing($0) }
    return doing.count >= 3 && doing.count * 2 >= titles.count
      && doing.filter { $0.folded.has(any: [.stage, .incident]) }.count >= 2
  }

  /// The name of something done with the incident itself, with a list below: where the course begins, or ends.
  private func isEdge(_ index: Int) -> Bool {
    let section = outline.sections[index]
    guard let title = section.title, !section.isBoldLine, isInner(index), !isAside(index),
      title.folded.words.count <= 5, title.folded.has(.incident), Self.isDoing(title),
      !title.folded.has(any: [.template, .notPhase, .postmortem])
    else { return false }
    // "Choosing an incident manager" is about somebody.
    let people = title.folded.hits.filter { $0.concept == .role }
    let others = title.folded.hits.filter { $0.concept == .management }
    guard people.allSatisfy({ role in others.contains { $0.start == role.start } }) else {
      return false
    }
    return section.blocks.contains(where: \.isList)
  }

  /// Begins with the name of something done: "Declaring", "Déclarer".
  static func isDoing(_ title: SectionTitle) -> Bool {
    let folded = title.folded
    guard folded.words.count >= 2, folded.words.count <= 8, folded.end(of: .stop, at: 0) == nil
    else { return false }
    return folded.end(of: .gerund, at: 0) != nil
      || folded.end(of: .infinitive, at: 0) != nil
        && folded.end(of: .notInfinitive, at: 0) == nil
  }
}
