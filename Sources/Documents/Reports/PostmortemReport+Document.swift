import Engine
import Wording

extension PostmortemReport {
  package var markdown: String { document.markdown }
  package var html: String { document.html }

  /// The report in the procedure's own form where it has one, else in the usual one.
  package var document: ReportDocument {
    var document = ReportDocument(title: "\(situation.isDrill ? "DRILL: " : "")\(heading)")
    document.warnings = warnings
    document.facts = documentFacts
    document.sections = template.map { templateSections($0) } ?? ownSections
    document.footer = [
      "As of \(InstantText.full(situation.now, in: zone))."
        + (situation.head.map { " Log head \($0.sequence):\($0.hash)." } ?? "")
    ]
    return document
  }

  private var heading: String { "Post-mortem: \(situation.title)" }

  private var warnings: [String] {
    var warnings = situation.damage.filter { !$0.isAccepted }.map { "Damaged log: \($0.words)" }
    if situation.isOpen, situation.status.role != .resolved {
      warnings.append("The incident is not resolved: this is a draft.")
    }
    return warnings
  }

  private var documentFacts: [ReportDocument.Fact] {
    let name = situation.severityName.flatMap { $0 == situation.severity ? nil : $0 }
    let severity = [situation.severity ?? "unknown", name]
    var facts: [ReportDocument.Fact] = [
      .init("Incident", situation.id),
      .init("Severity", severity.compactMap { $0 }.joined(separator: " ")),
    ]
    let outcome = situation.outcome.map { "closed (\($0.words))" }
    facts.append(.init("Status", outcome ?? situation.status.name))
    var episode = 1
    for mark in chart.marks {
      if mark.label == "reopened" { episode += 1 }
      let name = capitalized(mark.label) + (episode > 1 ? " (episode \(episode))" : "")
      facts.append(.init(name, InstantText.full(mark.at, in: zone)))
    }
    if !people.isEmpty { facts.append(.init("People", people.joined(separator: ", "))) }
    return facts
  }

  private func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  private var ownSections: [ReportDocument.Section] {
    Part.allCases.map { .init($0.title, blocks(of: $0)) }.filter { !$0.isEmpty }
  }

  /// A part that every post-mortem has, under whatever heading.
  enum Part: CaseIterable {
    case summary, impact, timeline, cause, resolution, well, wrong, decisions, actions, metrics
    case duties, record

    var title: String {
      switch self {
      case .summary: "Summary"
      case .impact: "Impact"
      case .timeline: "Timeline"
      case .cause: "Root cause and contributing factors"
      case .resolution: "Resolution"
      case .well: "What went well"
      case .wrong: "What went wrong"
      case .decisions: "Decisions"
      case .actions: "Action items"
      case .metrics: "Metrics"
      case .duties: "Post-mortem duties"
      case .record: "The record"
      }
    }

    /// The part that a heading of somebody's own template means.
    init?(heading: String) {
      let words = TemplatePlace.key(heading)
      let part = Self.lexicon.first { _, signs, whole in
        signs.contains { words.containsText($0) } || whole.contains(words)
      }
      guard let part else { return nil }
      self = part.0
    }

    /// Words of headings by part, the more telling ones first: contained in a heading, or the whole of it.
    private static let lexicon: [(Part, signs: [String], whole: [String])] = [
      (
        .well,
        [
          "went well", "worked well", "funcionou bem", "correu bem", "deu certo", "qui a bien",
          "bien fonctionné", "points positifs", "salió bien", "funcionó bien", "gut gelaufen",
          "gut lief",
        ], []
      ),
      (
        .wrong,
        [
          "went wrong", "went badly", "went poorly", "didnt go well", "did not go well",
          "to improve", "could be improved", "could have gone better", "needs improvement",
          "deu errado", "correu mal", "melhorar", "mal fonctionné", "mal passé", "améliorer",
          "amélioration", "salió mal", "mejorar", "schief", "schlecht gelaufen", "verbessern",
        ], []
      ),
      (
        .timeline,
        [
          "timeline", "chronology", "linha do tempo", "cronologia", "cronología", "chronologie",
          "zeitleiste", "zeitverlauf", "tijdlijn",
        ], []
      ),
      (
        .cause,
        [
          "root cause", "contributing", "why it happened", "causa raiz", "causa raíz",
          "cause première", "cause racine", "causes racines", "cause profonde", "ursache",
          "grondoorzaak",
        ], ["cause", "causes", "causa", "causas", "oorzaak"]
      ),
      (
        .actions,
        [
          "action item", "follow up", "followup", "action plan", "corrective", "preventi",
          "plano de ação", "itens de ação", "ações corretivas", "plan daction", "acciones",
          "plan de acción",
          "maßnahmen", "massnahmen",
        ], ["actions", "next steps", "ações", "acties"]
      ),
      (.impact, ["impact", "auswirkung"], []),
      (
        .resolution,
        [
          "resolution", "how it was fixed", "mitigation", "resolução", "résolution", "resolución",
          "behebung",
        ], ["lösung", "oplossing"]
      ),
      (
        .summary,
        [
          "summary", "overview", "resumo", "résumé", "resumen", "zusammenfassung", "samenvatting",
        ], ["what happened"]
      ),
      (.decisions, ["decision", "decisões", "décision", "decisiones", "entscheidung"], []),
      (.metrics, ["metric", "métrica", "métrique", "metriken"], []),
    ]
  }

  func blocks(of part: Part) -> [ReportDocument.Block] {
    switch part {
    case .summary: summaryBlocks
    case .impact: impactBlocks
    case .timeline: chartBlocks + timelineBlocks(in: zone)
    case .cause: causeBlocks
    case .resolution: resolutionBlocks
    case .well: wellBlocks
    case .wrong: wrongBlocks
    case .decisions: decisionBlocks
    case .actions: actionBlocks
    case .metrics: metricBlocks
    case .duties: dutyBlocks
    case .record: recordBlocks
    }
  }
}
