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
    /// Calls somebody in; it tells nobody how things stand.
    case escalation
    case postmortem

    package init(of template: Template) {
      let words = TemplatePlace.key(template.id + " " + template.title)
      func has(_ parts: String...) -> Bool { parts.contains { words.containsText($0) } }
      // A text that is only called "Template" says by its first heading what it is for.
      let opening = TemplatePlace.key(template.body.prefix { $0 != "\n" })
      let isReview =
        TemplateReader.isDocument(template.body)
        || ["post mortem", "postmortem"].contains {
          template.body.hasPrefix("#") && opening.containsText($0)
        }
      self =
        if isReview || has("post mortem", "postmortem", "retrospective", "post incident") {
          .postmortem
        } else if has(
          "status page", "statuspage", "statusseite", "customer", "email", "e mail", "user commun",
          "public", "external", "twitter", "social", "kunden", "client", "utilisateur", "usuario",
          "usuário", "utenti", "gebruiker", "klant", "klient", "użytkownik", "клиент",
          "пользовател",
          "müşteri", "kullanıcı", "顧客", "お客様", "ユーザー", "客户", "用户", "고객", "사용자", "pelanggan",
          "khách hàng", "ลูกค้า")
          || words.hasPrefix("status ") && !has("update")
        {
          .outside
        } else if has("hand over", "handover", "handoff", "übergabe") {
          .handover
        } else if TemplateLexicon.escalation.contains(where: {
          words.containsText($0) || opening.containsText($0)
        }) {
          .escalation
        } else if TemplateLexicon.has(TemplateLexicon.stages[.resolved] ?? [], in: words) {
          .resolution
        } else if TemplateLexicon.has(TemplateLexicon.initial, in: words) {
          .initial
        } else {
          .update
        }
    }
  }

  /// The best template for an update, of the procedure's own, else of the built-in ones: one that is written for that
  /// moment of an incident, then for that audience and severity, then for a first or a later word.
  ///
  /// No audience means the team; `isFirst`, that nothing was sent before; `about` are the words in which the incident was
  /// described.
  package static func template(
    in procedure: Procedure, audience: String?, status: Status, isFirst: Bool,
    severity: String? = nil, about: String = ""
  ) -> Template {
    let own = procedure.templates.filter {
      $0.severities.isEmpty || severity == nil || $0.severities.contains(severity ?? "")
    }
    let wanted = Wanted(
      procedure: procedure, audience: audience, status: status, isFirst: isFirst, about: about)
    return wanted.best(of: own) ?? wanted.best(of: builtIn) ?? builtIn[0]
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

  /// What a template is sought for.
  private struct Wanted {
    let procedure: Procedure
    let audience: String?
    let status: Status
    let purposes: [Purpose]
    private let stage: TemplateStage
    private let about: String

    init(procedure: Procedure, audience: String?, status: Status, isFirst: Bool, about: String) {
      self.about = TemplatePlace.key(about)
      self.procedure = procedure
      self.audience = audience
      self.status = status
      stage = TemplateStage(of: status)
      // A team with one message for all occasions uses it from the first word to the last.
      purposes =
        if Audience(audience).isOutside {
          [.outside]
        } else if status.role == .resolved {
          [.resolution, .update]
        } else {
          isFirst ? [.initial, .update] : [.update, .initial]
        }
    }

    func best(of templates: [Template]) -> Template? {
      let fitting = templates.map { part(of: $0, for: status, in: procedure) }.filter {
        isOfThisKind($0) && TemplateStage.possible(for: $0, in: procedure).contains(stage)
      }
      for purpose in purposes {
        let candidates = fitting.filter { Purpose(of: $0) == purpose }
        let scored = candidates.enumerated().map { index, template in
          (score(template), -index, template)
        }
        if let best = scored.max(by: { ($0.0, $0.1) < ($1.0, $1.1) }) { return best.2 }
      }
      return nil
    }

    /// Whether a text that is about one kind of incident is about this one: nobody's session was invalidated by an export
    /// that fails.
    private func isOfThisKind(_ template: Template) -> Bool {
      // A label such as `Security lead:` asks for somebody; a title and a sentence say what it is about.
      let prose = template.body.split(separator: "\n").filter { line in
        line.hasPrefix("Subject") || !line.prefix(40).contains { ":：".contains($0) }
      }
      let words = TemplatePlace.key(([template.title[...]] + prose).joined(separator: " "))
      return TemplateLexicon.kinds.allSatisfy { kind in
        !TemplateLexicon.has(kind, in: words) || TemplateLexicon.has(kind, in: about)
      }
    }

    /// How well a template's words fit the status and the audience.
    private func score(_ template: Template) -> Int {
      let title = TemplatePlace.key(template.id + " " + template.title)
      let opening = TemplatePlace.key(template.body.prefix(60))
      let name = TemplatePlace.key(status.name)
      var score = template.severities.isEmpty ? 0 : 1
      if title.containsText(name) { score += 8 }
      if opening.containsText(name) { score += 4 }
      for word in TemplatePlace.key(audience ?? "").split(separator: " ") {
        let stem = word.hasSuffix("s") ? word.dropLast() : word
        if title.containsText(String(stem)) { score += 3 }
      }
      return score
    }
  }

  /// Of a template that says in turn what to write in each status, the part for one of them; else the whole.
  package static func part(
    of template: Template, for status: Status, in procedure: Procedure
  ) -> Template {
    let blocks = paragraphs(of: template.body)
    let lines = template.body.split(separator: "\n").filter { $0.contains { !$0.isWhitespace } }
    let stage = TemplateStage(of: status)
    for parts in [blocks, lines.map { [$0] }] where parts.count > 1 {
      let stages = parts.map { TemplateStage(opening: $0[0], statuses: procedure.statuses) }
      guard stages.allSatisfy({ $0 != nil }), Set(stages).count > 1 else { continue }
      let name = TemplatePlace.key(status.name)
      let own = parts.indices.first { TemplatePlace.key(parts[$0][0].prefix(60)).hasPrefix(name) }
      guard let index = own ?? stages.firstIndex(of: stage) else { continue }
      var part = template
      part.body = unquoted(parts[index].joined(separator: "\n"))
      return part
    }
    return template
  }

  /// `Resolved: "The issue is over."`: what stands between the quotation marks is said, the label only tells when.
  private static func unquoted(_ line: String) -> String {
    guard !line.contains("\n"), let colon = line.firstIndex(where: { ":：".contains($0) }),
      let first = line[line.index(after: colon)...].firstIndex(where: { !" *_".contains($0) }),
      "\"“„«「".contains(line[first]),
      let last = line.lastIndex(where: { "\"”“»」".contains($0) }), first < last,
      line[line.index(after: last)...].allSatisfy({ " .*_".contains($0) })
    else { return line }
    return String(line[line.index(after: first)..<last])
  }

  private static func paragraphs(of body: String) -> [[Substring]] {
    var parts: [[Substring]] = [[]]
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if parts.last?.isEmpty == false { parts.append([]) }
      } else {
        parts[parts.count - 1].append(line)
      }
    }
    return parts.filter { !$0.isEmpty }
  }
}
