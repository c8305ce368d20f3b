/// Words by which the engine knows whom an audience means, what a field asks for and what a phase is about, as parts of
/// lower-case keys, in the languages that teams write in.
///
/// Documents are read with the lexicons of their languages; these are for what people type and name themselves during an
/// incident. Whoever adds a language adds it here, to ``TimeLexicon`` and to ``TemplateLexicon``.
enum SubjectLexicon {
  // MARK: - Audiences

  /// Those who work on it, as whole names.
  static let team: Set<String> = [
    "team", "internal", "internally", "internal team", "incident team", "engineering",
    "engineering team", "responders", "intern", "interne", "interno", "équipe", "equipo", "equipe",
    "squadra", "zespół", "команда", "ekip", "チーム", "社内", "团队", "内部", "팀", "내부", "tim",
  ]

  /// Everybody outside, as a name or its first words.
  static let outside: [String] = [
    "external", "externally", "public", "publicly", "outside", "extern", "externe", "externo",
    "público", "publicamente", "esterno", "zewnętrzn", "внешн", "dış", "社外", "外部", "외부",
    "eksternal",
  ]

  /// The people who use the product, as beginnings of words.
  static let customers = [
    "customer", "client", "user", "kunde", "nutzer", "utilisateur", "usuario", "usuário", "cliente",
    "utenti", "gebruiker", "klant", "klient", "użytkownik", "клиент", "пользовател", "müşteri",
    "kullanıcı", "顧客", "お客様", "ユーザー", "客户", "用户", "고객", "사용자", "pelanggan", "pengguna",
    "khách hàng", "ลูกค้า",
  ]

  /// `All affected customers` are customers; VIP customers are somebody else.
  static let fillers: Set<Substring> = [
    "all", "the", "our", "affected", "impacted", "every", "end", "external", "and", "alle",
    "betroffene", "les", "los", "las", "os", "as", "gli", "de",
  ]

  static let statusPage = ["status page", "statuspage", "statusseite", "página de estado"]

  /// Others outside the company.
  static let otherOutsiders = ["partner", "press", "media", "regulator"]

  // MARK: - Fields of the checklist

  /// Names of a field that asks for somebody.
  static let who: Set<String> = [
    "who", "name", "wer", "qui", "quién", "quem", "chi", "wie", "kto", "кто", "kim", "誰", "谁", "누구",
  ]

  static let commanders = [
    "commander", "incident lead", "einsatzleit", "responsable de lincident", "comandante",
  ]

  static let causes = [
    "root cause", "ursache", "cause racine", "causa raíz", "causa raiz", "causa principale",
    "grondoorzaak", "przyczyna", "причина", "kök neden", "根本原因", "根因", "근본 원인", "akar masalah",
    "nguyên nhân",
  ]

  /// What a field of a number says, beside one of ``people``.
  static let counts = [
    "how many", "number of", "count", "affected", "wie viele", "anzahl", "combien", "cuántos",
    "quantos", "quanti", "hoeveel", "ilu", "сколько", "kaç", "何人", "何名", "多少", "몇 명", "berapa",
    "bao nhiêu",
  ]

  static let people = [
    "user", "customer", "client", "people", "nutzer", "kunden", "utilisateur", "usuario", "usuário",
    "utenti", "gebruiker", "klant", "użytkownik", "пользовател", "клиент", "kullanıcı", "müşteri",
    "人", "名", "用户", "ユーザー", "명", "pengguna", "người", "who is affected", "who was affected",
    "who is impacted", "wer ist betroffen", "qui est touché", "quién está afectado",
  ]

  static let impacts = [
    "user impact", "customer impact", "business impact", "impact on", "customers notice",
    "users notice", "customers see", "users see", "customers experience", "users experience",
    "merken kunden", "was bemerken", "kunden bemerken", "remarquent les clients",
    "notan los clientes",
  ]

  static let services = [
    "what is broken", "affected services", "affected systems", "which services",
  ]

  // MARK: - Receivers of calls

  /// Whether a receiver leads people and does not respond: telling them is owed even where somebody else has responded.
  static func isManagement(_ receiver: String) -> Bool {
    if contains(["incident", "on-call", "on call", "oncall", "duty"], receiver) { return false }
    let words = receiver.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return words.contains { managers.contains($0) } || contains(managing, receiver)
  }

  private static let managers: Set<String> = [
    "manager", "managers", "management", "mgmt", "director", "directors", "head", "heads", "cto",
    "ceo", "coo", "cfo", "cio", "ciso", "cpo", "vp", "svp", "evp", "chief", "executive",
    "executives", "exec", "execs", "president", "founder", "founders", "board", "leadership",
    "chef", "gestor", "gestora", "gerente", "leiter", "leiterin", "leitung", "vorstand",
  ]

  private static let managing = [
    "vice president", "c-level", "geschäftsführ", "geschäftsleit", "abteilungsleit", "bereichsleit",
    "directeur", "directrice", "direction", "dirección", "diretor", "direção",
    "direttore", "dirigent", "leidinggevende", "directie", "dyrektor", "kierownik", "müdür",
    "yönetici", "direktur", "manajer", "giám đốc", "trưởng phòng", "руководител", "директор",
    "менеджер", "经理", "總監", "总监", "主管", "経理", "部長", "課長", "マネージャー",
  ]

  // MARK: - Phases

  /// For phases of which nobody else said what they are about.
  static func isAfterIncident(_ title: String) -> Bool {
    contains(
      [
        "post-incident", "post incident", "postmortem", "post-mortem", "post mortem",
        "retrospective", "after-action", "after action", "lessons learned", "pós-incidente",
      ], title)
  }

  static func isDetection(_ title: String) -> Bool {
    contains(["detect", "identif", "notice", "alert"], title)
  }

  /// Whether a phase is over once somebody has acknowledged.
  static func isAcknowledgement(_ title: String) -> Bool {
    contains(["acknowledg", "reconhecimento", "accusé", "prise en charge", "quittier"], title)
      && !isTriage(title)
  }

  static func isTriage(_ title: String) -> Bool { contains(["triage"], title) }

  /// Whether a phase of triage has no other aim beside it.
  static func isOnlyTriage(_ title: String) -> Bool {
    isTriage(title)
      && !contains(
        ["mitig", "contain", "fix", "resol", "stabil", "recover", "repair", "respon", "investig"],
        title)
  }

  /// Whether a phase is over once the incident is mitigated.
  static func isMitigation(_ title: String) -> Bool {
    contains(["mitigat", "mitiger", "mitigaci", "mitigaç"], title)
      && !contains(["monitor", "verif", "recover", "resol", "watch"], title)
  }

  private static func contains(_ words: [String], _ title: String) -> Bool {
    let title = title.lowercased()
    return words.contains { title.containsText($0) }
  }
}
