extension Incident {
  // MARK: - Checklist

  /// The item that a person means: its number, its id, or words of it.
  package func item(named text: String) throws(Rejection) -> ItemState {
    let items = checklist
    if let exact = items.first(where: { $0.item.id == text }) { return exact }
    if let number = Int(text), let item = items.first(where: { $0.number == number }) {
      return item
    }
    return try Self.one(
      text, of: .item, among: items.map { ($0, [$0.item.text, $0.item.id]) }
    ) { "\($0.number) \($0.item.text)" }
  }

  /// The items that a person means: several by their numbers (`4 5 6`, `4,5`, `4-6`), or one as above.
  package func items(named text: String) throws(Rejection) -> [ItemState] {
    // Whoever means every item does not mean the one that has the word in it.
    if ["all", "everything"].contains(text.lowercased()), checklist.count > 1,
      !checklist.contains(where: { $0.item.id == text })
    {
      throw .ambiguous(
        .item, text, matches: checklist.map { "\($0.number) \($0.item.text)" })
    }
    guard !checklist.contains(where: { $0.item.id == text }), let numbers = Self.numbers(text),
      numbers.count > 1
    else { return [try item(named: text)] }
    var items: [ItemState] = []
    for number in numbers where !items.contains(where: { $0.number == number }) {
      items.append(try item(named: "\(number)"))
    }
    return items
  }

  /// Numbers and ranges of them with blanks or commas between them; nil for any other words.
  static func numbers(_ text: String) -> [Int]? {
    var numbers: [Int] = []
    for word in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last,
        last - first < 1000
      else { return nil }
      numbers += first...last
    }
    return numbers.isEmpty ? nil : numbers
  }

  // MARK: - The course

  /// The phase that a person means: its id, number or title, `next` for the one behind the present one.
  package func phase(named text: String) throws(Rejection) -> Phase {
    let phases = procedure.phases
    if let exact = phases.first(where: { $0.id == text }) { return exact }
    if let number = Int(text), phases.indices.contains(number - 1) { return phases[number - 1] }
    if text.lowercased() == "next" {
      let place = phases.firstIndex { $0.id == phaseID }.map { $0 + 1 } ?? 0
      if phases.indices.contains(place) { return phases[place] }
    }
    return try Self.one(
      text, of: .phase, among: phases.map { ($0, [$0.title, $0.id]) }
    ) { $0.title }
  }

  /// The status that a person means: of the procedure's, and for a role that it lacks of those of the field.
  package func status(named text: String) throws(Rejection) -> Status {
    let all =
      knownStatuses
      + Self.assumedStatuses.filter { assumed in
        !knownStatuses.contains { $0.role == assumed.role }
      }
    return try Self.one(text, of: .status, among: all.map { ($0, [$0.id, $0.name]) }) { $0.id }
  }

  // MARK: - People

  /// The role that a person means: a name in any case, words of it, its initials, or how people shorten it.
  package func role(named text: String) throws(Rejection) -> String {
    let wanted = text.lowercased()
    if wanted == "ic" || wanted == "commander" { return Self.commanderRole }
    let held = roles.keys.sorted().filter { !knownRoles.contains($0) }
    let names = knownRoles + held
    if let exact = names.first(where: { $0.lowercased() == wanted }) { return exact }
    for meant in [wanted] + (Self.shortNames[wanted] ?? []) {
      let match = NameMatch(meant, among: names)
      guard !match.places.isEmpty else { continue }
      guard let only = match.only else {
        throw .ambiguous(.role, text, matches: match.places.map { names[$0] })
      }
      return names[only]
    }
    if let usual = Self.standardRoles.first(where: { $0.lowercased() == wanted }) { return usual }
    throw .unknown(.role, text, known: names)
  }

  /// Whether words name no role that there is: to give it to somebody makes a new one.
  package func isNewRole(_ text: String) -> Bool {
    do throws(Rejection) { _ = try role(named: text) } catch {
      if case .unknown = error { return true }
    }
    return false
  }

  /// What else people call a role: the short words by which ``role(named:)`` finds it.
  package static func shortNames(ofRole role: String) -> [String] {
    if role == commanderRole { return ["ic", "commander"] }
    return shortNames.filter { _, meant in
      meant.contains { !NameMatch($0, among: [role]).places.isEmpty }
    }.keys.sorted()
  }

  /// How people shorten the usual names.
  private static let shortNames: [String: [String]] = [
    "ops": ["operations", "operator"], "comms": ["communications", "communication"],
    "com": ["communications", "communication"], "dep": ["deputy"], "liaison": ["customer liaison"],
    "sme": ["subject matter expert"], "tl": ["tech lead", "technical lead"],
  ]

  // MARK: - Escalation

  /// The step that a person means: its id, its level (`2`, `L2`), or its receiver.
  package func step(
    named text: String, among steps: [Deadline]
  ) throws(Rejection) -> Deadline {
    let wanted = text.lowercased()
    if let exact = steps.first(where: { $0.id == wanted || $0.stepKey == wanted }) { return exact }
    let digits = wanted.hasPrefix("l") ? String(wanted.dropFirst()) : wanted
    if let level = Int(digits) {
      let atLevel = steps.filter { $0.step?.level == level }
      if atLevel.count == 1 { return atLevel[0] }
    }
    let match = NameMatch(text, among: steps.map(\.label))
    guard !match.places.isEmpty else {
      throw .unknown(.step, text, known: steps.map { "L\($0.step?.level ?? 0) \($0.label)" })
    }
    // A receiver may stand in the path more than once: the call that is being made is meant.
    let matches = match.places.map { steps[$0] }
    if matches.count > 1, let first = matches.first,
      matches.allSatisfy({ $0.label.lowercased() == first.label.lowercased() })
    {
      return matches.last { $0.state == .fired } ?? first
    }
    guard matches.count == 1 else {
      throw .ambiguous(.step, text, matches: matches.map(\.label))
    }
    return matches[0]
  }

  /// Whether words name a step, be it one of several.
  package func isStep(_ text: String, at instant: Timestamp) -> Bool {
    let steps = deadlines(at: instant).filter { $0.step != nil }
    do throws(Rejection) { _ = try step(named: text, among: steps) } catch {
      if case .unknown = error { return false }
    }
    return true
  }

  /// The step for which somebody of that name is to be called: what `reached ada` means. Nil where it is nobody's name, or
  /// that of several steps of which none is being called.
  package func step(
    reachedAs name: String, at instant: Timestamp, in directory: Directory
  ) -> Deadline? {
    let steps = deadlines(at: instant).filter { $0.step != nil }
    let own = steps.filter { step in
      let person = directory.receiver(step.label, at: instant)?.name
      return person.map { !NameMatch(name, among: [$0]).places.isEmpty } ?? false
    }
    let called = own.filter { $0.state == .fired }
    if let call = called.first { return call }
    if own.count == 1 { return own[0] }
    // Somebody else than who was called may be the one that answered.
    let open = steps.filter { $0.state == .fired }
    let isKnown = directory.contacts.contains { contact in
      contact.name.map { !NameMatch(name, among: [$0]).places.isEmpty } ?? false
    }
    return isKnown && open.count == 1 ? open[0] : nil
  }

  // MARK: - Numbered texts

  /// The one of several numbered texts that a person means: its number (`17`, `timer:17`), or words that only it contains.
  static func pick(
    _ name: String, of subject: Rejection.Subject, in choices: [(sequence: Int, text: String)]
  ) throws(Rejection) -> (sequence: Int, text: String) {
    let number = name.split(separator: ":").last.flatMap { Int($0) }
    if let number, let choice = choices.first(where: { $0.sequence == number }) { return choice }
    return try one(name, of: subject, among: choices.map { ($0, [$0.text]) }) {
      "\($0.sequence) \($0.text)"
    }
  }

  /// The one thing that words mean, or why there is none.
  private static func one<Thing>(
    _ text: String, of subject: Rejection.Subject, among things: [(thing: Thing, names: [String])],
    _ shown: (Thing) -> String
  ) throws(Rejection) -> Thing {
    let match = NameMatch(text, among: things.map(\.names))
    guard let first = match.places.first else {
      throw .unknown(subject, text, known: things.map { shown($0.thing) })
    }
    guard match.places.count == 1 else {
      throw .ambiguous(subject, text, matches: match.places.map { shown(things[$0].thing) })
    }
    return things[first].thing
  }
}
