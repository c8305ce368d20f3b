/// What a field of the checklist asks for, where other parts of the incident ask for it too.
package enum FieldSubject: CaseIterable, Sendable {
  case commander, users, impact, services, rootCause

  /// By the words of the field, and for `Who:` by those of the item that it is a part of.
  init?(_ field: String, under parent: String?) {
    let key = TemplatePlace.key(field)
    func has(_ words: [String], _ key: String) -> Bool { words.contains { key.containsText($0) } }
    let isWho = Self.who.contains(key)
    if has(Self.commanders, isWho ? TemplatePlace.key(parent ?? "") : key) {
      self = .commander
    } else if has(Self.causes, key) {
      self = .rootCause
    } else if has(Self.counts, key), has(Self.people, key) {
      self = .users
    } else if has(["user impact", "customer impact", "business impact", "impact on"], key) {
      self = .impact
    } else if has(
      ["what is broken", "affected services", "affected systems", "which services"], key)
    {
      self = .services
    } else {
      return nil
    }
  }

  private static let who: Set<String> = [
    "who", "name", "wer", "qui", "quién", "quem", "chi", "wie", "kto", "кто", "kim", "誰", "谁", "누구",
  ]
  private static let commanders = [
    "commander", "incident lead", "einsatzleit", "responsable de lincident", "comandante",
  ]
  private static let causes = [
    "root cause", "ursache", "cause racine", "causa raíz", "causa raiz", "causa principale",
    "grondoorzaak", "przyczyna", "причина", "kök neden", "根本原因", "根因", "근본 원인", "akar masalah",
    "nguyên nhân",
  ]
  private static let counts = [
    "how many", "number of", "count", "affected", "wie viele", "anzahl", "combien", "cuántos",
    "quantos", "quanti", "hoeveel", "ilu", "сколько", "kaç", "何人", "何名", "多少", "몇 명", "berapa",
    "bao nhiêu",
  ]
  private static let people = [
    "user", "customer", "client", "people", "nutzer", "kunden", "utilisateur", "usuario", "usuário",
    "utenti", "gebruiker", "klant", "użytkownik", "пользовател", "клиент", "kullanıcı", "müşteri",
    "人", "名", "用户", "ユーザー", "명", "pengguna", "người",
  ]
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
