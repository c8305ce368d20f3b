/// The moments of an incident that a text can be written for.
package enum TemplateStage: String, CaseIterable, Sendable {
  case investigating, identified, monitoring, resolved

  /// The moment that a status stands for: by its role, and while it is open by its name.
  package init(of status: Status) {
    switch status.role {
    case .resolved: self = .resolved
    case .mitigated: self = .monitoring
    case .open:
      let name = TemplatePlace.key(status.name + " " + status.id)
      let later = (TemplateLexicon.stages[.identified] ?? []) + ["mitigating", "fixing", "repair"]
      self = TemplateLexicon.has(later, in: name) ? .identified : .investigating
    }
  }

  /// The stage that a line begins with: `[MONITORING]`, `✅ Resolved`, `Identified: …`.
  init?(opening line: some StringProtocol, statuses: [Status]) {
    let key = TemplatePlace.key(line.prefix(60))
    if let own = statuses.first(where: { key == TemplatePlace.key($0.name) }) {
      self.init(of: own)
      return
    }
    let known = Self.allCases.first { stage in
      (TemplateLexicon.stages[stage] ?? []).contains { key.hasPrefix($0) }
    }
    guard let known else { return nil }
    self = known
  }

  /// The stages that a template's own words leave possible; what stands in its places says nothing.
  package static func possible(for template: Template, in procedure: Procedure) -> Set<Self> {
    let scanner = TemplateScanner(procedure: procedure)
    var words = ""
    var asksForStatus = false
    for part in scanner.parts(of: template.body) {
      switch part {
      case .text(let text): words += text
      case .place(let place):
        words += "…"
        if place.form == .statuses || Self.asksForStatus(place) { asksForStatus = true }
      }
    }
    let title = TemplatePlace.key(template.title + " " + template.id)
    if let stage = stated(by: title) { return [stage] }
    let lines = words.split(separator: "\n").filter { $0.contains { $0.isLetter } }
    let isFirstWord =
      TemplateLexicon.has(TemplateLexicon.initial, in: title)
      || lines.first.map { TemplatePlace.key($0).containsText("alert") } == true
    if isFirstWord { return [.investigating] }
    // A subject of a mail stands before everything that the mail says.
    if let first = lines.first, !asksForStatus,
      let stage = Self(opening: first, statuses: procedure.statuses)
    {
      return [stage]
    }
    var possible = Set(Self.allCases)
    for line in lines {
      for sentence in line.split(whereSeparator: { ".!?。！？".contains($0) }) {
        possible.formIntersection(Self.allowed(by: TemplatePlace.key(sentence)))
      }
      let isLabel = line.filter { $0 != "*" && $0 != " " && $0 != "…" }.last.map {
        ":：".contains($0)
      }
      if isLabel == true, !asksForStatus,
        TemplateLexicon.has(TemplateLexicon.afterwards, in: TemplatePlace.key(line))
      {
        possible.formIntersection([.resolved])
      }
    }
    // What leaves open how things stand is written for while it lasts; that it is over has to be said.
    if possible != [.resolved], !asksForStatus || announcesNext(lines) {
      possible.remove(.resolved)
    }
    return possible
  }

  private static func asksForStatus(_ place: TemplatePlace) -> Bool {
    [place.key, place.label].contains { TemplateLexicon.has(TemplateLexicon.status, in: $0) }
  }

  private static func announcesNext(_ lines: [Substring]) -> Bool {
    lines.contains { TemplateLexicon.has(TemplateLexicon.nextUpdate, in: TemplatePlace.key($0)) }
  }

  /// A title that names one stage and no other: `Status page: Resolved`, `Resolution Template`.
  private static func stated(by title: String) -> Self? {
    let named = allCases.filter { TemplateLexicon.has(TemplateLexicon.stages[$0] ?? [], in: title) }
    return named.count == 1 ? named.first : nil
  }

  private static func allowed(by sentence: String) -> Set<Self> {
    func has(_ stage: Self) -> Bool {
      TemplateLexicon.has(TemplateLexicon.stages[stage] ?? [], in: sentence)
    }
    let isNotYet = TemplateLexicon.has(TemplateLexicon.notYet, in: sentence)
    if sentence.split(separator: " ").count > 1 || sentence.count > 4 {
      if !isNotYet, has(.resolved), !sentence.hasSuffix("resolution") { return [.resolved] }
      if has(.monitoring), !isNotYet { return [.monitoring] }
      if has(.identified), sentence.containsText("has been identified") { return [.identified] }
      if has(.investigating) { return [.investigating] }
      if TemplateLexicon.has(TemplateLexicon.present, in: sentence) {
        return [.investigating, .identified, .monitoring]
      }
    }
    return Set(allCases)
  }
}
