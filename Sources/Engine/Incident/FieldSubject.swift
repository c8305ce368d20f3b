/// What a field of the checklist asks for, where other parts of the incident ask for it too.
package enum FieldSubject: CaseIterable, Sendable {
  case commander, users, impact, services, rootCause

  /// By the words of the field, and for `Who:` by those of the item that it is a part of.
  init?(_ field: String, under parent: String?) {
    let key = TemplatePlace.key(field)
    func has(_ words: [String], _ key: String) -> Bool { words.contains { key.containsText($0) } }
    let isWho = SubjectLexicon.who.contains(key)
    if has(SubjectLexicon.commanders, isWho ? TemplatePlace.key(parent ?? "") : key) {
      self = .commander
    } else if has(SubjectLexicon.causes, key) {
      self = .rootCause
    } else if has(SubjectLexicon.counts, key), has(SubjectLexicon.people, key) {
      self = .users
    } else if has(SubjectLexicon.impacts, key) {
      self = .impact
    } else if has(SubjectLexicon.services, key) {
      self = .services
    } else {
      return nil
    }
  }
}

extension Incident {
  /// The last value of a field that asks for something; nil where none was filled in.
  package func filledIn(_ subject: FieldSubject) -> String? {
    guard !fields.isEmpty else { return nil }
    let checklist = checklist
    var best: (stamp: Stamp, value: String)?
    for (index, state) in checklist.enumerated() {
      guard let filled = fields[state.item.id]?.last,
        Self.subject(ofItemAt: index, in: checklist) == subject,
        best.map({ $0.stamp < filled.stamp }) ?? true
      else { continue }
      best = (filled.stamp, filled.value)
    }
    return best?.value
  }

  /// What an item of the checklist asks for.
  package static func subject(ofItemAt index: Int, in checklist: [ItemState]) -> FieldSubject? {
    let item = checklist[index].item
    let parent = checklist[..<index].last { $0.item.depth < item.depth }
    return FieldSubject(item.text, under: parent?.item.text)
  }
}
