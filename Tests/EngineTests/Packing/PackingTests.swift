import Engine
import EventLog
import Testing

@Suite struct PackingTests {
  @Test(arguments: [false, true])
  func `an incident is the same after it was packed and read`(_ isDrill: Bool) throws {
    let whole = FullIncident.fold(FullIncident.log(isDrill: isDrill).events)
    let restored = try #require(reread(whole, .whole))
    #expect(Described(restored) == Described(whole))
  }

  /// Whoever adds a property to an incident, or to what its histories hold, is sent here, and from here to its packing.
  @Test func `the full incident of the tests has every property of everything it holds`() {
    let both = [false, true].map { FullIncident.fold(FullIncident.log(isDrill: $0).events) }
    // The first counts only in an outline, the others have no value in an item that was added.
    let excused: Set = [
      "Timeline.unlisted", "ChecklistItem.depth", "ChecklistItem.severities", "ChecklistItem.line",
      "ChecklistItem.details",
    ]
    let unset = Described(both).unset.subtracting(excused)
    #expect(unset.isEmpty, "never set: \(unset.sorted())")
  }

  @Test func `an outline has all that clocks and lists go by`() throws {
    let whole = FullIncident.fold(FullIncident.log().events)
    let outline = try #require(reread(whole, .outline))
    #expect(outline.timeline.rows.isEmpty)
    #expect(outline.timeline.count == whole.timeline.count)
    #expect(outline.timeline.lateCount == whole.timeline.lateCount)
    let now = FullIncident.start + .hours(30)
    #expect(outline.deadlines(at: now) == whole.deadlines(at: now))
    #expect(outline.unrecordedFirings(at: now) == whole.unrecordedFirings(at: now))
    #expect(
      outline.urgency(at: now, in: TimeContext()) == whole.urgency(at: now, in: TimeContext()))
    let again = try #require(reread(outline, .outline))
    #expect(Described(again) == Described(outline))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `a fold goes on from a packed one as if it had never stopped`(_ seed: UInt64) throws {
    let events = FullIncident.shuffled(seed)
    let whole = FullIncident.fold(events)
    let cut = Int(seed) * events.count / 40
    var restored = try #require(reread(FullIncident.fold(events.prefix(cut)), .whole))
    for event in events.dropFirst(cut) { restored.apply(event) }
    #expect(Described(restored) == Described(whole))
  }

  @Test func `bytes that somebody changed are refused or read, and never trap`() {
    let whole = FullIncident.fold(FullIncident.log().events)
    let (bytes, procedures) = whole.packed(.whole)
    for index in bytes.indices {
      for bit in [0x01, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] ^= bit
        _ = Incident(packed: changed[...], .whole, procedures: procedures)
      }
      #expect(Incident(packed: bytes[..<index], .whole, procedures: procedures) == nil)
    }
    #expect(Incident(packed: (bytes + [0])[...], .whole, procedures: procedures) == nil)
    #expect(Incident(packed: bytes[...], .whole, procedures: []) == nil)
  }

  @Test func `nothing falls due before an incident is no longer quiet`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:01", .note("x"))
    let incident = scenario.incident
    var now = Scenario.time("01:01")
    for _ in 0..<5 {
      let until = incident.quietUntil(from: now)
      guard until > now, until < .distantFuture else { break }
      #expect(incident.unrecordedFirings(at: until - .milliseconds(1)).isEmpty)
      now = until
    }
    #expect(now == Scenario.time("01:15"))
    #expect(!incident.unrecordedFirings(at: now).isEmpty)
    #expect(incident.quietUntil(from: now) == .distantPast)
    try scenario.at("01:16", .close(.cancelled, reason: nil))
    #expect(scenario.incident.quietUntil(from: Scenario.time("01:16")) == .distantFuture)
  }

  private func reread(_ incident: Incident, _ extent: Incident.Extent) -> Incident? {
    let (bytes, procedures) = incident.packed(extent)
    // As another process gets them.
    let read = procedures.map { RecordedProcedure(json: $0.json) }
    return Incident(packed: bytes[...], extent, procedures: read)
  }
}

/// A value as text, by all it is made of; the order of dictionaries and sets is no part of that.
private struct Described: Equatable {
  private(set) var text = ""
  /// Properties that had no value anywhere.
  private(set) var unset: Set<String> = []
  private var set: Set<String> = []

  static func == (one: Self, other: Self) -> Bool { one.text == other.text }

  init(_ value: Any) {
    text = describe(value)
    unset.subtract(set)
  }

  private mutating func describe(_ value: Any) -> String {
    if let recorded = value as? RecordedProcedure { return "\(recorded.procedure)" }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { describe($0.value) } ?? "nil"
    case .collection:
      return "[" + mirror.children.map { describe($0.value) }.joined(separator: ",") + "]"
    case .set, .dictionary:
      return "{" + mirror.children.map { describe($0.value) }.sorted().joined(separator: ",") + "}"
    case .struct where !mirror.children.isEmpty && !(value is EventID) && !(value is Duration):
      let type = "\(mirror.subjectType)".prefix { $0 != "<" }
      // A table of identities has its slots where they fell.
      if type == "EventIDTable" { return table(mirror) }
      return "\(type)("
        + mirror.children.map { child in
          let property = "\(type).\(child.label ?? "")"
          if isEmpty(child.value) { unset.insert(property) } else { set.insert(property) }
          return "\(child.label ?? ""):" + describe(child.value)
        }.joined(separator: ",") + ")"
    default: return "\(value)"
    }
  }

  private mutating func table(_ mirror: Mirror) -> String {
    let parts = Dictionary(
      mirror.children.map { ($0.label ?? "", $0.value) }, uniquingKeysWith: { first, _ in first })
    let slots = parts["slots"] as? [EventID] ?? []
    let places = parts["places"] as? [UInt32] ?? []
    let taken = zip(slots, places).filter { $0.0 != EventID(high: 0, low: 0) }
    return "table" + taken.map { "\($0.0)=\($0.1)" }.sorted().joined(separator: ",")
  }

  private func isEmpty(_ value: Any) -> Bool {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional, .collection, .set, .dictionary: return mirror.children.isEmpty
    default: break
    }
    let text = "\(value)"
    return text.isEmpty || text == "0" || text == "false" || text == "History<()>(entries: [])"
  }
}
