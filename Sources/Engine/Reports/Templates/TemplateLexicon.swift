/// Words by which templates are understood, as parts of lower-case keys, in the languages that teams write in.
///
/// Where no word is known, a text counts as an example, never as something that may be said.
enum TemplateLexicon {
  static let stages: [TemplateStage: [String]] = [
    .investigating: [
      "investigating", "untersuch", "wird geprüft", "enquête en cours", "investigando",
      "en investigación", "em investigação", "em análise", "indagine", "onderzoek", "badamy",
      "расследу", "inceleniyor", "araştırılıyor", "調査中", "调查中", "正在调查", "正在調查", "조사 중",
      "조사중", "sedang diselidiki", "menyelidiki", "đang điều tra", "กำลังตรวจสอบ",
    ],
    .identified: [
      "identified", "identifiziert", "ursache gefunden", "identifié", "identificad", "identificat",
      "geïdentificeerd", "zidentyfikowan", "выявлен", "tespit edildi", "belirlendi", "原因判明",
      "原因を特定", "已定位", "已确认原因", "원인 파악", "teridentifikasi", "đã xác định", "ระบุสาเหตุ",
    ],
    .monitoring: [
      "monitoring", "fix has been deployed", "fix has been implemented", "überwach", "beobachten",
      "surveillance", "monitorizando", "en observación", "monitorando", "monitoramento",
      "monitoraggio", "gemonitord", "monitorujemy", "наблюда", "izleniyor", "監視中", "経過観察",
      "监控中", "모니터링", "memantau", "đang theo dõi", "กำลังติดตาม",
    ],
    .resolved: [
      "resolved", "resolution", "all clear", "systems operational", "are operational",
      "operating normally", "fully restored",
      "service restored", "back to normal", "behoben", "gelöst", "wiederhergestellt", "entwarnung",
      "résolu", "rétabli", "resuelto", "resuelta", "solucionad", "restablecid", "resolvido",
      "resolvida", "restabelecid", "normalizad", "risolto", "risolta", "ripristinat", "opgelost",
      "hersteld", "rozwiązan", "przywrócon", "решена", "решено", "решён", "устранен",
      "восстановлен", "çözüldü",
      "giderildi", "解決し", "解決済", "已解決", "復旧し", "已解决", "已恢复", "해결되", "해결됨", "해결 완료", "복구되",
      "teratasi", "telah pulih",
      "selesai ditangani", "đã khắc phục", "đã giải quyết", "แก้ไขแล้ว",
    ],
  ]

  /// Words that make an outcome one of the future, or a question of it.
  static let notYet = [
    "will be", "until", "once", "when", "not yet", "not resolved", "working on", "working towards",
    "as soon as", "expected", "eta", "estimated", "time to", "if ", "bis ", "sobald", "arbeiten",
    "jusqu", "dès que", "travaill", "hasta", "cuando", "trabajando", "até", "quando", "assim que",
    "trabalhando", "lavorando", "finché", "zodra", "totdat", "werken aan", "pracujemy", "dopóki",
    "работаем", "как только", "kadar", "çalış", "対応中", "取り組", "正在", "尽快", "중입니다", "sedang",
    "đang", "กำลัง",
  ]

  /// A trouble of the present, which is over when the incident is.
  static let present = [
    "are actively", "is actively", "are experiencing", "is experiencing", "are investigating",
    "are currently", "is currently",
    "are working on", "is ongoing", "momentan", "derzeit", "actuellement", "actualmente",
    "atualmente", "attualmente", "momenteel", "obecnie", "в настоящее время", "şu anda", "現在",
    "目前", "현재", "saat ini", "hiện tại", "ขณะนี้",
  ]

  /// What stands for a title, to be replaced.
  static let descriptions = [
    "Brief description", "Short description", "Brief title", "descrição breve", "breve descrição",
    "descripción breve", "breve descripción", "description brève", "brève description",
    "Kurzbeschreibung", "kurze Beschreibung", "breve descrizione", "korte omschrijving",
    "krótki opis", "краткое описание", "kısa açıklama",
  ]

  /// What the first word on an incident is called.
  static let initial = [
    "initial", "first", "alert", "immediate", "declar", "create", "announce", "erstmeldung",
    "première", "inicial", "primer", "iniziale", "eerste", "первое", "ilk ", "第一報", "初报", "최초",
  ]

  /// What a text is about that is not said of any incident, a row a kind.
  static let kinds: [[String]] = [
    [
      "security", "breach", "unauthori", "data leak", "phishing", "ransomware", "malware",
      "compromised", "sicherheitsvorfall", "datenpanne", "datenschutz", "sécurité", "fuite de don",
      "seguridad", "brecha", "segurança", "vazamento", "sicurezza", "violazione", "beveilig",
      "datalek", "bezpieczeństw", "wyciek", "безопасност", "утечк", "güvenlik", "sızıntı",
      "セキュリティ", "漏洩", "漏えい", "安全事件", "泄露", "洩漏", "보안", "유출", "keamanan", "kebocoran",
      "bảo mật", "rò rỉ", "ความปลอดภัย", "รั่วไหล",
    ],
    [
      "scheduled maintenance", "planned maintenance", "maintenance window", "wartungsfenster",
      "wartungsarbeiten", "mantenimiento programado", "manutenção programada",
      "maintenance planifiée", "manutenzione programmata", "gepland onderhoud",
      "prace konserwacyjne", "технические работы", "planlı bakım", "メンテナンス", "维护通知", "維護通知",
      "정기 점검", "pemeliharaan terjadwal", "bảo trì", "บำรุงรักษา",
    ],
  ]

  /// Words by which an English sentence is known.
  static let english = [
    " the ", " and ", " is ", " are ", " of ", " to ", " that ", " on ", " for ",
  ]

  /// Words by which an English sentence tells what happened, or how things are with us and you.
  static let reports = [
    " was ", " were ", " has ", " have ", " had ", " been ", " we ", " weve ", " our ", " your ",
    " you ", " us ", " did ", " went ",
  ]

  /// What asks the reader for something.
  static let requests = [
    "please", "bitte", "veuillez", "merci de", "por favor", "si prega", "prego", "lütfen",
    "пожалуйста", "просим", "请", "請", "ください", "부탁", "mohon", "silakan", "silahkan", "vui lòng",
    "กรุณา", "โปรด", "proszę", "prosimy", "alstublieft", "gelieve",
  ]

  /// What begins or marks a condition: it says nothing of how things stand.
  static let conditions = [
    "if ", "should you", "wenn ", "falls ", "sollten sie", "si vous", "si tiene", "si usted",
    "se você", "caso ", "se hai", "se avete", "als u", "indien", "jeśli", "если", "eğer", "如果",
    "如有", "場合", "경우", "jika", "apabila", "nếu", "หาก",
  ]

  /// What a text is called that calls somebody in.
  static let escalation = [
    "escalat", "eskal", "escalad", "escalon", "эскалац", "升級", "升级", "エスカレ", "에스컬레",
  ]

  /// Sentences that are true of any incident.
  static let formulas = [
    "apolog", "sorry", "thank", "regards", "sincerely", "we will provide", "we will update",
    "we will share", "we will keep", "next update", "more information", "we are investigating",
    "currently investigating", "investigating reports", "working on", "working to",
    "monitoring the", "has been deployed", "has been implemented", "been resolved",
    "fully resolved", "systems operational", "systems are", "contact us", "contact support",
    "inconvenience", "patience", "we understand", "stay tuned", "further update", "keep you",
    "writing to inform", "writing to let", "as we learn", "top priority", "take this",
    "any questions", "dear ", "hello", "entschuldig", "bedauern", "danke", "grüße", "grüßen",
    "arbeiten daran", "wir arbeiten", "wir untersuchen", "halten sie auf dem laufenden", "excus",
    "merci", "cordialement", "travaillons", "travaillent", "nous enquêtons", "disculp", "gracias",
    "saludos", "estamos trabajando", "estamos investigando", "lamentamos", "desculp", "obrigad",
    "atenciosamente", "estamos trabalhando", "ci scusiamo", "grazie", "cordiali saluti",
    "stiamo lavorando", "excuses", "bedankt", "werken aan", "przeprasz", "dziękujemy",
    "pracujemy", "извин", "приносим", "спасибо", "работаем", "с уважением", "özür", "teşekkür",
    "çalışıyoruz", "saygılarımızla", "お詫び", "申し訳", "ご迷惑", "調査しております", "対応しております",
    "抱歉", "致歉", "歉意", "感谢", "感謝", "正在调查", "正在处理", "사과", "죄송", "감사", "조사 중",
    "mohon maaf", "terima kasih", "xin lỗi", "cảm ơn", "ขออภัย", "ขอบคุณ",
  ]

  /// What follows is a farewell and who writes.
  static let closings = [
    "regards", "sincerely", "grüße", "grüßen", "cordialement", "saludos", "atenciosamente",
    "cordiali saluti", "saygılarımızla", "с уважением", "敬具",
  ]

  /// What a label asks for differs from incident to incident.
  static let factLabels = [
    "impact", "cause", "resolution", "fix", "affected", "duration", "lasted", "downtime", "scope",
    "symptom", "what happened", "mitigation", "workaround", "summary", "finding", "failed",
    "auswirkung", "ursache", "lösung", "behebung", "betroffen", "dauer", "was ist passiert",
    "zusammenfassung", "conséquence", "résolution", "touché", "affecté", "durée",
    "que sest il passé", "résumé", "impacto", "causa", "resolución", "solución", "afectad",
    "duración", "qué pasó", "qué ocurrió", "resumen", "resolução", "solução", "afetad", "duração",
    "o que aconteceu", "resumo", "impatto", "risoluzione", "interessat", "durata",
    "cosa è successo", "gevolg", "oorzaak", "oplossing", "getroffen", "duur", "wpływ",
    "przyczyn", "rozwiązanie", "czas trwania", "влияние", "причин", "решение", "затронут",
    "длительность", "что произошло", "etki", "neden", "çözüm", "süre", "ne oldu", "影響", "原因",
    "対応内容", "復旧", "概要", "影响", "解决方案", "持续时间", "영향", "원인", "조치", "dampak",
    "penyebab", "solusi", "durasi", "ảnh hưởng", "nguyên nhân", "khắc phục", "ผลกระทบ", "สาเหตุ",
  ]

  /// Labels of what is different in every incident: whatever stands behind one is never said as it stands.
  static let fields: Set<String> = [
    "severity", "sev", "status", "ic", "incident commander", "commander", "incident lead",
    "reporter", "reported by", "responders", "scribe", "schweregrad", "einsatzleitung",
    "gemeldet von", "gravité", "sévérité", "signalé par", "severidad", "reportado por",
    "gravidade", "relatado por", "gravità", "segnalato da", "ernst", "gemeld door",
  ]

  /// Labels of how things stand.
  static let status = [
    "status", "état", "estado", "stato", "статус", "durum", "状态", "狀態", "状況", "ステータス", "상태",
    "trạng thái", "สถานะ", "stan ",
  ]

  /// Labels of when the next word comes.
  static let nextUpdate = [
    "next update", "nächste meldung", "nächstes update", "prochaine mise à jour",
    "próxima actualización", "próxima atualização", "prossimo aggiornamento", "volgende update",
    "następna aktualizacja", "следующее обновление", "sonraki güncelleme", "次回", "下次更新", "下一次更新",
    "다음 업데이트", "pembaruan berikutnya", "cập nhật tiếp",
  ]

  /// Labels of what is known only when it is over.
  static let afterwards = [
    "resolution", "lösung", "behebung", "résolution", "resolución", "resolução", "risoluzione",
    "oplossing", "rozwiązanie", "решение", "解決", "解决方案", "해결",
  ]

  /// A span behind one of these is a rule of the team's, and no fact of an incident.
  static let rhythms = [
    "every", "each", "alle", "jede", "toutes les", "chaque", "cada", "a cada", "ogni", "elke",
    "om de", "co", "каждые", "каждый", "her", "每", "毎", "매", "setiap", "mỗi", "ทุก",
  ]

  /// Words that make a span one of what is promised.
  static let promises = [
    "update", "will ", "aktualisier", "informieren", "mise à jour", "actualizaci", "atualiza",
    "aggiorn", "bijwerk", "обновл", "güncelle", "更新", "업데이트", "pembaruan", "cập nhật",
  ]

  /// Words of opening hours.
  static let hours = [
    "support is", "available", "office hours", "business hours", "open from", "opening hours",
    "weekdays", "monday", "mon fri", "mo fr", "montag", "lundi", "lunes", "segunda", "lunedì",
    "poniedział", "понедельник", "pazartesi", "平日", "営業時間", "工作日", "평일",
  ]

  /// What stands in brackets in front of a subject to sort it, and is sent as it is.
  static let tags: Set<String> = [
    "action required", "action needed", "urgent", "important", "attention", "notice", "fyi",
    "security", "security notice", "maintenance", "internal", "external", "confidential", "public",
    "update", "alert", "incident", "incident alert", "outage", "all clear", "test", "drill",
    "dringend", "wichtig", "handlungsbedarf", "störung", "intern", "information", "entwarnung",
    "action requise", "importante", "urgente", "acción requerida", "aviso", "ação necessária",
    "azione richiesta", "actie vereist", "belangrijk", "pilne", "ważne",
    "срочно", "важно", "acil", "önemli", "重要", "緊急", "至急", "お知らせ", "紧急", "重要通知", "通知", "긴급",
    "중요", "공지", "penting", "darurat", "khẩn", "quan trọng", "ด่วน",
  ]

  /// Words in a place behind which an example stands.
  static let exampleMarks = [
    "e.g.", "eg:", "for example", "such as", "z. b.", "z.b.", "zum beispiel", "par exemple",
    "par ex", "p. ej.", "p.ej.", "por ejemplo", "por exemplo", "ex.:", "ex:", "ad esempio",
    "bijv.", "bijvoorbeeld", "np.", "например", "напр.", "örneğin", "örn", "例えば", "例如", "例:",
    "例：", "예:", "misalnya", "ví dụ", "เช่น",
  ]

  /// Words behind which a sentence tells what was so of one incident, with what that answers.
  static let complements: [(words: String, key: String)] = [
    ("identified as ", "root cause"), ("caused by ", "root cause"), ("due to ", "root cause"),
    ("because of ", "root cause"), ("reports of ", "impact"), ("issues with ", "impact"),
    ("an issue with ", "impact"), ("issue affecting ", "impact"), ("problems with ", "impact"),
    ("disruption of ", "impact"), ("outage of ", "impact"),
  ]

  /// Words that timelines of all incidents consist of.
  static let timelineWords: Set<Substring> = [
    "incident", "issue", "problem", "alert", "alerts", "first", "initial", "triggered", "fired",
    "fires", "received", "report", "reported", "customer", "investigation", "began", "begins",
    "started", "starts", "fix", "repair", "patch", "rollback", "deployed", "applied", "mitigation",
    "mitigated", "workaround", "root", "cause", "found", "identified", "resolved", "resolution",
    "verified", "confirmed", "service", "restored", "team", "assembled", "on", "call", "oncall",
    "engineer", "responder", "acknowledged", "acknowledges", "acks", "responded", "declared",
    "detected", "monitoring", "stable", "ended", "the", "is", "was", "by", "and", "all",
  ]

  static func has(_ words: [String], in key: String) -> Bool {
    words.contains { key.containsText($0) }
  }
}
