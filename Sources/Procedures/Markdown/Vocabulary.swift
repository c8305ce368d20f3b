/// The words by which a section, a column or a sentence is known for what it holds.
///
/// Phrases are folded: lower case, no accents; `x*` stands for every word that begins so.
enum Vocabulary {
  static let severity = [
    "severit*", "severidad*", "severidade*", "schweregrad*", "priorit*", "prioridad*",
    "prioridade*", "classification", "classificacao", "clasificacion", "gravedad", "gravidade",
    "criticality", "criticidade", "criticidad", "incident level*", "impact level*", "level",
    "levels", "nivel", "niveis", "niveles", "sev", "class", "klasse", "stufe", "严重", "嚴重",
    "级别", "級別", "等级", "等級", "优先级", "優先級", "incident categor*", "tier", "tiers",
  ]

  static let acknowledge = [
    "ack", "acks", "acknowledg*", "mtta", "reconocimiento", "reconhecimento", "confirmacao",
    "confirmacion", "bestatigung*", "确认", "確認", "time to own", "pick up", "pickup",
  ]
  static let triage = ["triage", "triag*", "triagem", "triaje", "分诊", "分類"]
  static let mitigate = [
    "mitigat*", "workaround", "contain*", "contencao", "contencion", "mitigacao", "mitigacion",
    "eindammung", "stabili*", "缓解", "緩解", "止损",
  ]
  static let resolve = [
    "resol*", "fix", "fixed", "restor*", "restauracion", "recovery", "recover", "mttr", "losung*",
    "behebung*", "wiederherstellung*", "recuperacion", "recuperacao", "解决", "解決", "恢复", "恢復",
    "rto", "remediat*", "solucion", "solucao",
  ]
  static let respond = [
    "respon*", "react*", "first touch", "engage*", "resposta", "respuesta", "reaktion*", "antwort*",
    "atencion", "atendimento", "响应", "響應", "回應", "回应", "sla", "reaccion", "reacao", "tta",
    "begin work", "start work*", "mobili*", "page response", "assemble",
  ]
  static let communicate = [
    "communicat*", "comms", "notif*", "inform", "stakeholder*", "status page", "statuspage",
    "comunica*", "aviso*", "benachrichtig*", "kommunikation", "通知", "通报", "通報", "announce*",
    "customer update", "first update", "initial update", "public update", "timing", "updates",
    "update", "statusseite", "沟通", "溝通",
  ]
  static let cadence = [
    "update frequency", "frequency", "cadence", "update interval", "updates every", "interval",
    "status updates", "status update", "update cadence", "updates", "stakeholder updates",
    "frecuencia", "frequencia", "intervall", "haufigkeit", "更新频率", "更新頻率", "频率", "頻率",
    "update rhythm", "comms cadence", "update schedule", "statusupdates", "update every",
    "actualizaciones", "atualizacoes",
  ]
  static let description = [
    "description", "definition", "impact", "example", "examples", "criteria", "descricao",
    "descripcion", "definicion", "definicao", "beschreibung", "beispiel*", "ejemplo*", "exemplo*",
    "impacto", "auswirkung*", "描述", "定义", "定義", "示例", "例子", "what", "meaning", "symptom*",
    "type", "condition",
  ]
  static let postmortem = [
    "post mortem*", "postmortem*", "post incident*", "pir", "rca", "retrospective*", "retro",
    "debrief*", "lessons learned", "incident review", "incident reviews", "pos incidente",
    "pos mortem", "post incidente", "postincident*", "after action*", "nachbereitung",
    "nachbesprechung", "复盘", "復盤", "事后", "事後", "blameless review", "root cause analysis",
    "learning review", "aar",
  ]
  static let escalation = [
    "escalat*", "escalonamento", "escalacao", "escalado", "escalamiento", "eskalation*", "升级",
    "升級", "escalamento", "escalation", "上报", "上報",
    "call tree", "call chain", "who to call", "calling tree", "phone tree", "call order",
    "paging order", "paging chain", "call list", "whom to call",
  ]
  static let template = [
    "template*", "modelo*", "plantilla*", "vorlage*", "模板", "message", "messages", "format",
    "boilerplate", "wording", "script", "example message", "sample", "mensagem", "mensaje",
    "范本", "範本", "mitteilung",
  ]
  static let communication = [
    "communicat*", "comms", "update", "updates", "notification*", "announcement*", "alert",
    "email", "mail", "e mail", "status page", "slack", "notify", "message*", "comunica*",
    "notifica*", "kommunikation", "通知", "沟通", "溝通", "initial post", "status", "statement",
    "tweet", "sms", "customer", "resolution", "resolved", "report", "ticket",
  ]
  static let runbookGroup = [
    "runbook*", "playbook*", "scenario*", "common issues", "common incidents", "common problems",
    "common failures", "common errors", "common mitigations", "common scenarios", "known issues",
    "known problems", "troubleshoot*", "quick reference commands", "reference commands",
    "useful commands", "investigation tools", "diagnostic commands", "quick commands",
    "emergency procedures", "recovery procedures", "rollback procedures", "by type", "por tipo",
    "incident types", "specific incidents", "specific procedures", "cheat sheet", "quick fixes",
    "emergency commands", "mitigation steps", "mitigation options", "common fixes",
    "problemas comunes", "problemas comuns", "haufige probleme", "常见问题", "常見問題", "故障处理",
    "故障處理", "应急预案", "預案", "预案", "issues solutions", "helpful commands", "key commands",
    "remediation guides", "failure modes", "manual de operaciones", "procedimientos por",
    "procedimentos por", "incident specific", "component failures", "specific response",
  ]
  static let process = [
    "process", "processes", "procedure*", "workflow", "lifecycle", "life cycle", "response steps",
    "response flow", "steps", "phases", "stages", "response plan", "proceso", "processo",
    "procedimiento*", "procedimento*", "fluxo", "flujo", "ablauf", "prozess", "vorgehen", "流程",
    "步骤", "步驟", "fases", "etapas", "phasen", "how we respond", "incident response",
    "during an incident", "incident handling", "incident management", "response protocol",
    "timeline of response", "response timeline", "response phases",
  ]
  static let stage = [
    "detect*", "identif*", "alert*", "acknowledg*", "assess*", "triage", "classif*", "declar*",
    "declare", "mobili*", "respon*", "contain*", "mitigat*", "investigat*", "diagnos*",
    "eradicat*", "recover*", "resol*", "restor*", "verif*", "communicat*", "notif*", "escalat*",
    "monitor*", "clos*", "post mortem*", "postmortem*", "post incident*", "review", "follow up",
    "lessons learned", "remediat*", "analy*", "prepar*", "learn*", "coordinat*", "stabili*",
    "deteccao", "deteccion", "contencao", "contencion", "erradica*", "recupera*", "mitigacao",
    "mitigacion", "resolucao", "resolucion", "comunica*", "pos incidente", "investigacao",
    "investigacion", "analise", "triagem", "triaje", "evaluacion", "avaliacao", "cierre",
    "erkennung", "eindammung", "behebung", "wiederherstellung", "nachbereitung", "bewertung",
    "meldung", "analyse", "kommunikation", "检测", "檢測", "发现", "發現", "响应", "響應", "评估",
    "評估", "缓解", "緩解", "恢复", "恢復", "复盘", "復盤", "关闭", "關閉", "定位", "处理", "處理",
    "止损", "通知", "resposta", "respuesta", "encerramento", "aftermath", "page", "assemble",
    "engage", "fix", "size up",
  ]
  static let roles = [
    "role", "roles", "responsibilit*", "team", "duties", "responder*", "papeis", "funcoes",
    "rollen", "verantwortlich*", "responsabil*", "角色", "职责", "職責", "responsables",
  ]
  static let contacts = [
    "contact", "contacts", "contatos", "contactos", "kontakt*", "phone*", "directory", "联系",
    "聯繫", "聯絡", "联络", "ansprechpartner",
  ]
  static let oncall = [
    "on call", "oncall", "rota", "roster", "rotation", "schedule", "plantao", "guardia",
    "bereitschaft*", "rufbereitschaft", "值班", "輪值", "shift*",
  ]
  static let metrics = [
    "metric*", "kpi", "kpis", "mttr", "slo", "slos", "sli", "error budget", "burn rate",
    "metricas", "kennzahl*", "指标", "指標", "measur*", "objectives", "tracking", "uptime",
    "service level*", "reporting period", "availability",
  ]
  static let reference = [
    "related", "references", "glossary", "appendix", "changelog", "revision*", "history",
    "table of contents", "contents", "overview", "purpose", "scope", "introduction", "training",
    "resources", "links", "document control", "version", "review schedule", "tooling", "tools",
    "visao geral", "resumen", "inhalt", "目录", "目錄", "philosophy", "principles", "prevention*",
    "see also", "definitions", "vendor*", "third party", "compliance", "drill*", "game day*",
    "exercise*", "maintenance of this", "document maintenance", "approval*",
  ]
  static let action = [
    "action", "actions", "step", "steps", "checklist*", "immediate*", "initial", "first response",
    "first responder", "handling", "procedure*", "process", "workflow", "do this", "to do", "todo",
    "tasks", "closing", "close", "closure", "before", "after", "during", "declare", "verification",
    "validation", "acoes", "acciones", "accion", "pasos", "passos", "schritte", "massnahmen",
    "aufgaben", "步骤", "步驟", "行动", "行動", "操作", "流程", "response", "resposta", "respuesta",
    "recovery", "recuperacao", "contencao", "notification", "handoff", "hand off", "handover",
    "follow up", "first minutes", "must", "should", "responsibilities during", "pre", "post",
    "protocol", "what to do", "assess", "verify", "communication",
  ]
  /// Titles whose list tells what something is or holds, not what to do.
  static let listOfThings = [
    "source*", "symptom*", "example*", "indicator*", "trigger*", "attendee*", "participant*",
    "goal*", "objective*", "criteria", "channel*", "tool", "tools", "requirement*", "when to",
    "detected via", "detected by", "detected through", "monitoring alerts", "automated alerts",
    "automatic detection", "manual detection", "required for", "sintoma*", "fuente*", "deteccao",
    "fontes", "severity levels", "principles", "resources", "audience", "scope", "impact",
    "related", "references", "causes", "why", "benefits", "red flags", "signs", "such as",
    "is eligible", "what to preserve", "metrics", "output", "outputs", "inputs", "definition*",
    "manual reporting", "report to", "when required", "quellen", "beispiele", "条件", "條件",
    "storage", "retention", "attendance", "invitees", "quorum", "exit criteria", "entry criteria",
    "posture", "caution", "warning", "notes", "note", "defined as", "categories",
    "common causes", "likely causes", "assign roles", "roles", "responsibilities", "duties",
  ]
}

/// Words of other kinds, by which single lines are judged.
enum Words {
  /// English words that begin an instruction.
  static let imperatives: Set<String> = Set(
    """
    acknowledge ack activate add adjust advise agree alert allocate analyse analyze announce apply \
    appoint approve archive ask assemble assess assign attempt attend avoid back backup begin \
    block book brief bring bypass call capture cease change check choose claim classify clean clear \
    click close collect communicate compare compile complete conduct configure confirm connect \
    consider consult contact contain continue convene coordinate copy correct create cut debug \
    decide declare delegate delete deliver deploy designate destroy detect determine develop \
    diagnose direct disable disconnect discuss display dispatch distribute document do \
    download draft drain drop dump edit email enable encourage engage ensure enter eradicate \
    escalate establish estimate evaluate examine execute expand explain export extend facilitate \
    fail failover fallback feed fetch file fill find finalize finish fix flag flush focus follow \
    force form forward freeze gather get give go grab halt hand handle harden help hold identify \
    implement improve include increase inform initiate inspect install invalidate investigate \
    invite involve isolate issue join keep kill launch lead leave let limit link list listen load \
    locate lock log look lower maintain make manage manually mark measure merge message mitigate \
    monitor move mute name note notify observe obtain offer open orient organize organise page pause \
    perform permanently pick pin place plan poll post prepare preserve prevent print prioritise \
    prioritize proceed process produce promote propose protect provide provision publish pull purge \
    push put query queue quarantine raise rate re reach read reassess rebalance rebuild recall \
    reconcile record recover recreate redeploy redirect reduce refer reimage release relay remain \
    remediate remind remove renew reopen repeat replace replay report reproduce request require \
    reroute reset resolve respond restart restore restrict resume retain retrieve retry return \
    revert review revoke rewrite roll rollback rotate route run save scale scan schedule screenshot \
    search secure seek select send set setup share shed shield shift shut sign silence simulate \
    snapshot solicit sort spin stabilise stabilize stand start state stay stop store submit subscribe \
    summarise summarize suspend switch sync tag take talk tell temporarily terminate test text throttle \
    tighten time toggle trace track train transfer treat triage trigger troubleshoot try tune turn \
    undo unfreeze uninstall unlock update upgrade upload use vacuum validate verify view wait wake \
    walk warn watch whitelist withdraw work write reindex enforce stagger compensate credit
    """.split(separator: " ").map(String.init))

  /// Words that may stand before the verb of an instruction.
  static let beforeVerb: Set<String> = [
    "immediately", "then", "always", "dont", "never", "please", "not", "must", "should", "also",
    "first", "next", "finally", "quickly", "optionally", "promptly", "now", "carefully", "and",
    "or",
    "you", "we", "to", "either", "only", "jointly", "formally", "publicly",
  ]

  /// Endings of infinitives in Spanish, Portuguese and German, for words of five letters and more.
  static func isInfinitive(_ word: String) -> Bool {
    word.utf8.count >= 5
      && ["ar", "er", "ir"].contains { word.hasSuffix($0) }
      && ![
        "server", "user", "number", "after", "other", "never", "under", "customer", "similar",
        "error", "order", "whether", "regular", "buffer", "cluster", "either", "manager", "owner",
        "engineer", "container", "docker", "router", "browser", "power", "computer", "worker",
        "leader", "member", "banner", "another", "former", "later", "further", "calendar",
        "popular",
        "over", "loadbalancer", "balancer", "responder", "partner", "developer",
      ].contains(word)
  }

  /// English words that end like German infinitives.
  static let englishEn: Set<String> = [
    "broken", "written", "taken", "driven", "given", "hidden", "stolen", "frozen", "children",
    "between",
    "screen", "seen", "token", "eighteen", "sudden", "golden", "shaken", "spoken", "chosen",
    "happen",
    "citizen", "kitchen", "listen", "often", "sixteen", "thirteen", "proven", "garden", "beaten",
    "eaten",
  ]

  static let yes: Set<String> = ["yes", "y", "sim", "si", "ja", "是"]
  static let no: Set<String> = ["no", "n", "nao", "nein", "否"]
}
