/// Which of a procedure's templates is meant for what is to be said.
package enum TemplateChoice {
  /// What a template is for, as its title tells.
  package enum Purpose: String, CaseIterable, Sendable {
    /// The first word inside the team.
    case initial
    /// Every later word inside the team.
    case update
    case resolution
    /// For people outside, on a status page or by mail.
    case outside
    case handover
    case postmortem

    package init(of template: Template) {
      let words = TemplatePlace.key(template.id + " " + template.title)
      func has(_ parts: String...) -> Bool { parts.contains { words.containsText($0) } }
      // A text that is only called "Template" says by its first heading what it is for.
      let opening = TemplatePlace.key(template.body.prefix { $0 != "\n" })
      let isReview = ["post mortem", "postmortem"].contains {
        template.body.hasPrefix("#") && opening.containsText($0)
      }
      self =
        if isReview || has("post mortem", "postmortem", "retrospective", "post incident") {
          .postmortem
        } else if has(
          "status page", "statuspage", "customer", "email", "e mail", "user commun",
          "public", "external", "twitter", "social")
          || words.hasPrefix("status ") && !has("update")
        {
          .outside
        } else if has("hand over", "handover", "handoff") {
          .handover
        } else if has("resol", "all clear") {
          .resolution
        } else if has("initial", "first", "alert", "immediate", "declar", "create", "announce") {
          .initial
        } else {
          .update
        }
    }
  }

  /// The best template for an update, of the procedure's own, else of the built-in ones.
  ///
  /// No audience means the team; `isFirst`, that nothing was sent before.
  package static func template(
    in procedure: Procedure, audience: String?, status: Status, isFirst: Bool,
    severity: String? = nil
  ) -> Template {
    let own = procedure.templates.filter {
      $0.severities.isEmpty || severity == nil || $0.severities.contains(severity ?? "")
    }
    return best(of: own, audience: audience, status: status, isFirst: isFirst)
      ?? best(of: builtIn, audience: audience, status: status, isFirst: isFirst)
      ?? builtIn[0]
  }

  /// The template that a person names: its id, title, or the beginning of either.
  package static func template(named name: String, in procedure: Procedure) -> Template? {
    let wanted = TemplatePlace.key(name)
    let all = procedure.templates + builtIn
    return all.first { TemplatePlace.key($0.id) == wanted || TemplatePlace.key($0.title) == wanted }
      ?? all.first {
        TemplatePlace.key($0.id).hasPrefix(wanted) || TemplatePlace.key($0.title).hasPrefix(wanted)
      }
  }

  /// The procedure's own template for a post-mortem.
  package static func postmortem(in procedure: Procedure) -> Template? {
    procedure.templates.first {
      Purpose(of: $0) == .postmortem && $0.body.contains("\n")
    }
  }

  /// Whether an audience is people outside the company.
  package static func isOutside(_ audience: String?) -> Bool {
    let words = TemplatePlace.key(audience ?? "")
    return ["customer", "user", "public", "status page", "statuspage", "client", "partner"]
      .contains { words.containsText($0) }
  }

  private static func best(
    of templates: [Template], audience: String?, status: Status, isFirst: Bool
  ) -> Template? {
    let wanted: Purpose
    if isOutside(audience) {
      wanted = .outside
    } else if status.role == .resolved {
      wanted = .resolution
    } else {
      wanted = isFirst ? .initial : .update
    }
    var candidates = templates.filter { Purpose(of: $0) == wanted }
    // A team with one message for all occasions uses it from the first word to the last.
    if candidates.isEmpty, wanted == .initial || wanted == .resolution {
      candidates = templates.filter { Purpose(of: $0) == .update }
    }
    if candidates.isEmpty, wanted == .update {
      candidates = templates.filter { Purpose(of: $0) == .initial }
    }
    let scored = candidates.enumerated().map { index, template in
      (score(template, audience, status), -index, template)
    }
    guard var best = scored.max(by: { ($0.0, $0.1) < ($1.0, $1.1) })?.2 else { return nil }
    best.body = part(of: best.body, for: status)
    return best
  }

  /// Of a body that says in turn what to write in each status, the part for one of them; else the whole.
  static func part(of body: String, for status: Status) -> String {
    var parts: [[Substring]] = [[]]
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if parts.last?.isEmpty == false { parts.append([]) }
      } else {
        parts[parts.count - 1].append(line)
      }
    }
    parts.removeAll(where: \.isEmpty)
    let usual = ["investigating", "identified", "monitoring", "resolved"]
    let openings = parts.map { TemplatePlace.key($0[0].prefix(40)) }
    let isByStatus =
      parts.count > 1
      && openings.allSatisfy { opening in
        usual.contains { opening.hasPrefix($0) }
      }
    guard isByStatus else { return body }
    let role: [Status.Role: String] = [
      .open: "investigating", .mitigated: "monitoring", .resolved: "resolved",
    ]
    let wanted = [TemplatePlace.key(status.name), role[status.role] ?? ""]
    let match = wanted.lazy.compactMap { word in openings.firstIndex { $0.hasPrefix(word) } }.first
    return match.map { parts[$0].joined(separator: "\n") } ?? body
  }

  /// How well a template's words fit the status and the audience.
  private static func score(_ template: Template, _ audience: String?, _ status: Status) -> Int {
    let title = TemplatePlace.key(template.id + " " + template.title)
    let opening = TemplatePlace.key(template.body.prefix(60))
    let name = TemplatePlace.key(status.name)
    var score = 0
    if title.containsText(name) { score += 8 }
    if opening.containsText(name) { score += 4 }
    let others = ["investigating", "identified", "monitoring", "resolved", "resolution"]
    for other in others where !name.containsText(other.prefix(7).description) {
      if title.containsText(other) { score -= 4 }
      if opening.hasPrefix(other) { score -= 2 }
    }
    for word in TemplatePlace.key(audience ?? "").split(separator: " ") {
      let stem = word.hasSuffix("s") ? word.dropLast() : word
      if title.containsText(String(stem)) { score += 3 }
    }
    return score
  }
}
