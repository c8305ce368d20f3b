import Engine
import EventLog
import Glibc

/// Writes logs that are the same bytes on every machine: fifteen kinds in a realistic mix, UTF-8, escapes, a whole chain.
struct LogGenerator {
  private var random: SplitMix64
  private var hash = Digest.zero
  private var sequence = 0
  private var recorded: Timestamp
  private let step: Int64
  private var openTasks: [Int] = []
  private var itemCount = 0

  /// Begins with a declaration at `start`; every further event is `step` milliseconds later.
  init(seed: UInt64, start: Timestamp, step: Int64) {
    random = SplitMix64(state: seed)
    recorded = start
    self.step = step
  }

  /// Writes an incident of `count` events, the declaration included; `last` is what the newest entry says.
  static func write(
    _ count: Int, to path: String, id: String, start: Timestamp, step: Int64, last: String? = nil
  ) throws(BenchmarkError) {
    var generator = Self(seed: 20_260_329, start: start, step: step)
    var file = try OutputFile(path)
    file.add(generator.declaration(id: id))
    // Three countdowns are left: mitigate, resolve, and the next update.
    if count > 2 { file.add(generator.line(.incidentAcknowledged, "mira", "console", [:])) }
    for _ in 3..<max(count, 3) { try file.addFlushing(generator.next()) }
    if count > 1 { file.add(generator.note(last ?? "the last entry of this log")) }
    try file.finish()
  }

  /// Writes the log that replay is measured on: a day in which something happens all the time.
  static func writeReference(_ count: Int, to path: String) throws(BenchmarkError) {
    let start = Timestamp(milliseconds: 1_774_742_400_000)
    try write(count, to: path, id: "2026-03-29-checkout", start: start, step: 86)
  }

  private mutating func declaration(id: String) -> [UInt8] {
    line(
      .incidentDeclared, "mira", "console",
      [
        "format": 1, "id": .string(id), "title": "Checkout answers 502 in two regions",
        "severity": "SEV-1", "procedure": BenchmarkProcedure.json,
      ])
  }

  mutating func note(_ text: String) -> [UInt8] {
    line(.noteAdded, "mira", "console", ["text": .string(text)])
  }

  /// Lines that go on where another log ends: after its head, at `recorded` and later.
  mutating func next() -> [UInt8] {
    let person = Words.people[random.below(Words.people.count)]
    let source = random.below(6) == 0 ? "cli/\(person)@ops1" : "console"
    switch random.below(100) {
    case 0..<22: return alert(.alertFired)
    case 22..<36: return alert(.alertResolved)
    case 36..<66: return line(.noteAdded, person, source, ["text": .string(sentence(1))])
    case 66..<74: return line(.findingAdded, person, source, ["text": .string(sentence(2))])
    case 74..<77: return line(.hypothesisAdded, person, source, ["text": .string(sentence(1))])
    case 77..<83: return delivery()
    case 83..<87: return item(person, source)
    case 87..<93: return task(person, source)
    case 93..<96: return update(person, source)
    case 96..<98: return status(person, source)
    default: return decision(person, source)
    }
  }

  private mutating func alert(_ kind: EventKind) -> [UInt8] {
    let service = Words.services[random.below(Words.services.count)]
    let number = random.below(40)
    return line(
      kind, "edge", "alertmanager",
      ["alert": .string("\(service)-\(number)")])
  }

  private mutating func delivery() -> [UInt8] {
    let subject = "escalation:1/\(random.below(6))"
    guard random.below(5) == 0 else {
      return line(
        .deliverySucceeded, "muster", "agent", ["subject": .string(subject)])
    }
    return line(
      .deliveryFailed, "muster", "agent",
      ["subject": .string(subject), "attempt": 2, "error": "exit status 75"])
  }

  private mutating func item(_ person: String, _ source: String) -> [UInt8] {
    itemCount += 1
    return line(
      .itemChecked, person, source, ["item": .string("step-\(itemCount % 60)")])
  }

  private mutating func task(_ person: String, _ source: String) -> [UInt8] {
    if openTasks.count > 40 || random.below(2) == 0, !openTasks.isEmpty {
      let task = openTasks.remove(at: random.below(openTasks.count))
      return line(.taskFinished, person, source, ["task": .integer(Int64(task))])
    }
    let data: JSON = [
      "text": .string(sentence(1)), "who": .string(person),
    ]
    let bytes = line(.taskAssigned, person, source, data)
    openTasks.append(sequence)
    return bytes
  }

  private mutating func update(_ person: String, _ source: String) -> [UInt8] {
    line(
      .updateSent, person, source,
      [
        "audience": "customers", "text": .string(sentence(4)),
        "next": .string((recorded + .seconds(1800)).rfc3339),
      ])
  }

  private mutating func status(_ person: String, _ source: String) -> [UInt8] {
    let status = ["investigating", "identified"][random.below(2)]
    return line(.statusChanged, person, source, ["status": .string(status), "role": "open"])
  }

  private mutating func decision(_ person: String, _ source: String) -> [UInt8] {
    line(
      .decisionMade, person, source,
      ["question": .string(sentence(1)), "choice": "yes"])
  }

  private mutating func sentence(_ parts: Int) -> String {
    var text = ""
    for part in 0..<1 + random.below(parts) {
      if part > 0 { text += ", " }
      text += Words.phrases[random.below(Words.phrases.count)]
    }
    return text
  }

  private mutating func line(
    _ kind: EventKind, _ actor: String, _ source: String, _ data: JSON
  ) -> [UInt8] {
    sequence += 1
    recorded.milliseconds += step
    let words = (random.next(), random.next())
    // What arrives from outside is named by what arrived; people's entries are fresh.
    let isNamed = source == "alertmanager"
    let id =
      isNamed
      ? EventID(
        high: words.0 & ~0xF000 | 0x8000,
        low: words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
      : EventID(version7At: recorded, random: words)
    let isLate = kind == .noteAdded && random.below(50) == 0
    let bytes = EventCoding.line(
      sequence: sequence, id: id, recorded: recorded,
      occurred: isLate ? recorded - .seconds(Int64(random.below(600))) : nil,
      author: Author(actor: actor, source: source), kind: kind.rawValue,
      data: EventData(bytes: data.bytes[...]), after: hash)
    hash = Array(bytes.suffix(66).prefix(64))
    return bytes
  }
}
