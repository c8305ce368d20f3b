import Engine
import EventLog
import Testing

/// Templates as teams write them, in several languages: what was true of the author's example never goes out.
@Suite struct `Sample facts of a template` {
  private static func filled(_ body: String, status: String? = nil) throws -> FilledTemplate {
    var scenario = try Scenario(.twoSeverities, detected: "00:55", started: "00:50")
    try scenario.at("01:05", .updateImpact(.init(summary: "Exports fail", users: "40")))
    if let status { try scenario.at("01:10", .setStatus(status)) }
    let facts = TemplateFacts(
      of: scenario.incident, events: scenario.log.events, at: Scenario.time("01:30"),
      next: Scenario.time("02:00"))
    return FilledTemplate(body, procedure: scenario.incident.procedure, from: facts)
  }

  @Test(arguments: [
    // English: a mail that tells of one evening.
    (
      "Subject: Disruption - [Date]\n\nWe had a disruption today from 17:00 to 17:45 UTC.\n\nImpact:\n- ~500 users affected\n- No data loss\n\nResolution:\n- Pool size increased\n\nWe apologize for the inconvenience.",
      ["17:00", "17:45", "500", "data loss", "Pool"],
      ["We apologize for the inconvenience.", "Exports fail"]
    ),
    (
      "[INVESTIGATING] We're investigating reports of slow response times.\nUpdated: 17:05 UTC",
      ["slow", "17:05"],
      ["[INVESTIGATING] We're investigating reports of Exports fail.", "Updated: 01:30 UTC"]
    ),
    (
      "[IDENTIFIED] The issue has been identified as a full disk.\nUpdated: 17:15 UTC",
      ["disk", "17:15"], ["[root cause]"]
    ),
    // What was done then, in sentences without a number.
    (
      "We have paused all payouts. Your funds are safe with us.\n\nStatus: [status]\n\nPlease contact support.",
      ["paused", "funds"], ["Please contact support."]
    ),
    // A timeline of one evening without bullets.
    (
      "**Status**: Investigating\n14:32 — Incident detected via the probe\n14:40 — Root cause: pool exhausted\n15:00 — ✅ RESOLVED — API back to normal",
      ["14:32", "probe", "pool", "back to normal"], ["[timeline]"]
    ),
    // Another incident's title, link and zone.
    (
      "[P1] Orders broken\nStarted: 14:32 CET\nSee https://status.example.org/incidents/4821 for more.",
      ["Orders", "CET", "4821"], ["Started: 00:50 UTC"]
    ),
    // German.
    (
      "Betreff: Störung\n\nAm 12.03.2025 war unser Shop von 9:10 bis 10:40 Uhr nicht erreichbar.\nUrsache: Ein abgelaufenes Zertifikat\nBetroffen: 1.200 Kunden\n\nWir bitten um Entschuldigung.\n\nMit freundlichen Grüßen\nIhr Shop-Team",
      ["12.03.2025", "9:10", "10:40", "Zertifikat", "1.200"],
      ["Wir bitten um Entschuldigung.", "Ihr Shop-Team"]
    ),
    // French.
    (
      "Objet : incident\n\nLe paiement a été indisponible pendant 45 minutes.\n\nConséquence : 3 % des commandes perdues\n\nNous vous prions de nous excuser.",
      ["45", "3 %", "paiement"], ["Nous vous prions de nous excuser."]
    ),
    // Spanish.
    (
      "Qué pasó:\n- La base de datos se quedó sin conexiones\n- 300 usuarios afectados\n\nLamentamos las molestias.",
      ["conexiones", "300"], ["Lamentamos las molestias."]
    ),
    // Portuguese.
    (
      "Impacto: 20% das requisições com erro\nDuração: 2h10\nCausa: deploy com falha",
      ["20%", "2h10", "deploy"], ["Impacto: ["]
    ),
    // Turkish.
    (
      "Sorun 14:20'de başladı ve 250 kullanıcı etkilendi.\n\nVerilen rahatsızlık için özür dileriz.",
      ["14:20", "250"], ["özür dileriz"]
    ),
    // Japanese.
    (
      "【障害のお知らせ】\n3月5日10時20分頃より、決済ができない状態が続いておりました。\n影響：約500名のお客様\nご迷惑をおかけし、申し訳ございません。",
      ["10時", "決済", "500"], ["申し訳ございません"]
    ),
    // Chinese.
    (
      "影响：约2000名用户无法登录\n原因：数据库连接池耗尽\n我们深表歉意。", ["2000", "连接池"], ["我们深表歉意"]
    ),
    // Russian.
    (
      "Причина: закончилось место на диске\nЗатронуто: 150 клиентов\nПриносим извинения.",
      ["диске", "150"], ["Приносим извинения."]
    ),
    // A timeline, as bullets and as a table.
    (
      "## Timeline\n- 14:30 UTC: Alert triggered - High error rate\n- 14:32 UTC: Failover of the orders database",
      ["14:3", "High error rate", "orders database"], ["Alert triggered"]
    ),
    (
      "## Timeline\n| Time | Event |\n|---|---|\n| 14:30 | Disk full on db-2 |\n| 14:45 | Disk grown |",
      ["14:30", "db-2", "grown"], ["| Time | Event |"]
    ),
    // Numbers inside a place, and an example behind it.
    (
      "Users: [~500]\nImpact: [Description, e.g. \"Checkout fails for 50% of users\"]",
      ["500", "50%"], ["Exports fail"]
    ),
  ])
  func `are places, and what is true of every incident stays`(
    body: String, never: [String], stays: [String]
  ) throws {
    let text = try Self.filled(body).text
    for word in never { #expect(!text.contains(word), "\(word) in \(text)") }
    for word in stays { #expect(text.contains(word), "\(word) not in \(text)") }
  }

  @Test func `stand beside the place as the hint`() throws {
    let filled = try Self.filled("Root cause: a full disk\nFailed: ~2,000 requests")
    #expect(filled.holes.map(\.shown) == ["[root cause]", "[failed]"])
    #expect(filled.holes.map(\.place.hint) == ["a full disk", "~2,000 requests"])
  }

  @Test(arguments: [
    "We will write again every 30 minutes.", "Updates every 15-30 min in #incidents",
    "We will share a report within 5 business days.", "Support is available 24/7.",
    "1. Sign in again\n2. Change your password", "See https://status.example.org/2024/03 for more.",
    "Bridge: https://meet.example.org/123-456", "Contact: +1 555 0100",
    "Subject: [Action Required] Service Disruption", "Betreff: [Wichtig] Störung",
    "SEV-1 and P0 incidents wake the on-call engineer", "Wir melden uns alle 30 Minuten.",
    "Nous vous tiendrons informés toutes les 2 heures.",
  ])
  func `are not what holds for every incident`(body: String) throws {
    #expect(try Self.filled(body).text == body)
  }

  @Test(arguments: [
    // What differs from incident to incident is asked for by its column, its label or the words around it.
    ("| Action | Owner | Due |\n|---|---|---|\n| [Action] | [Name] | [Date] |", "[Date]"),
    ("Root cause: {Brief description}", "{Brief description}"),
    ("Resolved at: [time]", "[time]"), ("- HH:MM - First alert received", "HH:MM"),
    ("- HH:MM - Fix deployed", "HH:MM"),
    (
      "Time: [TIMESTAMP]\nNext: [TIMESTAMP]\nPage: <alert | customer report>",
      "<alert | customer report>"
    ),
    ("Reported by:\nTitle: [title]", "[to fill in]"),
    ("### Now\n[What do we know? What did we do?]", "[What do we know? What did we do?]"),
    ("[IC][service] - breve descrição", "[service]"),
  ])
  func `a place that nothing recorded answers stays open`(body: String, place: String) throws {
    let filled = try Self.filled(body)
    #expect(filled.text.contains(place))
    #expect(filled.holes.contains { $0.shown == place })
  }

  @Test(arguments: [
    ("P{N} [title]", "P1 Checkout 502"), ("[P1] Orders broken", "P1 Checkout 502"),
    ("Impact: <Who is affected and how>", "Impact: Exports fail"),
    ("Start time: {ISO timestamp}", "Start time: 00:50 UTC"),
    ("We see issues with [impact] now.", "We see issues with Exports fail now."),
    ("Started: <YYYY-MM-DD HH:MM UTC>", "Started: 2026-11-21 00:50 UTC"),
  ])
  func `a place is answered by its label`(body: String, text: String) throws {
    #expect(try Self.filled(body).text == text)
  }

  @Test func `a status that the template names alone is this incident's`() throws {
    #expect(
      try Self.filled("Status: Investigating", status: "identified").text == "Status: Identified")
    #expect(try Self.filled("[INVESTIGATING] It.", status: "monitoring").text == "[MONITORING] It.")
  }

  @Test func `a part of a worked example is read as one`() throws {
    let whole = "# Review\n## What happened\nThe disk was full at 14:30.\n## Fix\nSomebody grew it"
    let scenario = try Scenario(.twoSeverities)
    let facts = TemplateFacts(of: scenario.incident, events: [], at: Scenario.time("01:30"))
    let filled = FilledTemplate(
      "## Fix\nSomebody grew it", in: whole, procedure: .twoSeverities, from: facts)
    #expect(filled.text == "## Fix\n[fix]")
  }
}

@Suite struct `A template of another moment` {
  private static let resolved = Template(
    id: "page-2", title: "Status Page Update",
    body: "✅ Resolved\n\nThe issue has been resolved.\n\nAll systems are now operating normally.",
    line: 2)
  private static let mail = Template(
    id: "mail", title: "Customer mail", body: "We are experiencing a disruption of [feature].",
    line: 3)

  @Test(
    arguments: [
      ([resolved], "investigating", "status-page-investigating"),
      ([resolved], "identified", "status-page-identified"),
      ([resolved], "monitoring", "status-page-monitoring"), ([resolved], "resolved", "page-2"),
      ([resolved, mail], "investigating", "mail"), ([resolved, mail], "resolved", "page-2"),
      ([mail], "resolved", "status-page-resolved"),
    ] as [([Template], String, String)])
  func `is not chosen; where none fits, the built-in one is`(
    templates: [Template], status: String, id: String
  ) throws {
    var procedure = Procedure.twoSeverities
    procedure.templates = templates
    let wanted = try #require(Incident.assumedStatuses.first { $0.id == status })
    let chosen = TemplateChoice.template(
      in: procedure, audience: "customers", status: wanted, isFirst: false)
    #expect(chosen.id == id)
  }

  @Test(arguments: [
    "Das Problem ist behoben. Alle Dienste laufen wieder.",
    "Le service est rétabli depuis ce matin.",
    "El problema ya está resuelto para todos.", "O serviço foi normalizado nesta manhã.",
    "Sorun tamamen çözüldü, teşekkürler.", "Проблема полностью устранена.", "障害は復旧しました。",
    "问题已解决，服务正常。", "Masalah telah teratasi.",
  ])
  func `is known by its words in other languages`(body: String) throws {
    var procedure = Procedure.twoSeverities
    procedure.templates = [Template(id: "own", title: "Customers", body: body, line: 1)]
    for (status, id) in [("investigating", "status-page-investigating"), ("resolved", "own")] {
      let wanted = try #require(Incident.assumedStatuses.first { $0.id == status })
      let chosen = TemplateChoice.template(
        in: procedure, audience: "customers", status: wanted, isFirst: false)
      #expect(chosen.id == id)
    }
  }

  @Test(arguments: [
    ("Customer notification (initial)", "Dear customers, we look into [impact]."),
    ("Alert", "🚨 *Incident Alert* 🚨\nImpact: [impact]"),
    ("Para usuários", "Identificamos uma atividade de segurança incomum em sua conta."),
    ("Users", "Subject: Important security notice\n\nDear [User], what happened: [impact]"),
    ("Update for users", "Status: [status]\nImpact: [impact]\nNext update: [time]"),
  ])
  func `is not taken once it is over`(title: String, body: String) throws {
    var procedure = Procedure.twoSeverities
    procedure.templates = [Template(id: "own", title: title, body: body, line: 1)]
    var scenario = try Scenario(procedure)
    try scenario.at("01:10", .mitigate)
    try scenario.at("01:20", .resolve)
    for audience in ["customers", "status page", nil] {
      #expect(scenario.incident.template(for: audience).id != "own")
    }
    #expect(scenario.incident.otherMoments(of: procedure.templates[0]).contains(.investigating))
  }

  @Test func `of an incident that was closed as a false alarm promises nothing`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .close(.falseAlarm, reason: "a test page"))
    for audience in ["customers", nil] {
      let draft = UpdateDraft(
        to: audience, of: scenario.incident, events: scenario.log.events,
        at: Scenario.time("01:30"))
      #expect(draft.text.contains("false alarm"))
      #expect(draft.next == nil && !draft.text.contains("looking into"))
    }
  }

  @Test(arguments: [
    ("identified", "We know why."), ("resolved", "It is over."),
  ])
  func `several in one text are told apart by line, whoever names the template`(
    status: String, text: String
  ) throws {
    var procedure = Procedure.twoSeverities
    let body =
      "Investigating: \"We look.\"\nIdentified: \"We know why.\"\nMonitoring: \"We watch.\"\nResolved: \"It is over.\""
    procedure.templates = [Template(id: "page", title: "Status page", body: body, line: 1)]
    var scenario = try Scenario(procedure)
    try scenario.at("01:10", .setStatus(status))
    let draft = UpdateDraft(
      to: nil, of: scenario.incident, events: scenario.log.events, at: Scenario.time("01:30"),
      template: procedure.templates[0])
    #expect(draft.text == text)
  }
}
