/// What makes an incident a drill: what it was made from, and what is still to be told in it.
///
/// It stands in the declaration, so one file is enough: whatever process looks at the drill finds what has fallen due and
/// records it, and the debrief finds the times of the original.
package struct Drill: Hashable, Sendable {
  /// An incident's id, a file, or the name of a scenario.
  package var source: String
  /// The head of the log that it was made from, as `sequence:hash`.
  package var head: String?
  /// Seconds from the start of the clock in the original.
  package var original: [Incident.Milestone: Int] = [:]
  /// In order of time.
  package private(set) var script: [Injection]
  /// Number of events of the original that did not fit.
  package private(set) var leftOut = 0

  /// Default actor of script events that name nobody.
  package static let actor = "scenario"
  /// Source of the events that the drill writes; a trainer's source begins with it.
  package static let way = "drill"

  /// Bytes of the whole as JSON: a line of the log holds it beside the procedure.
  package static let limit = 512 * 1024

  package init(source: String, head: String? = nil, script: [Injection]) {
    self.source = source
    self.head = head
    self.script = Self.ordered(script)
  }

  private static func ordered(_ script: [Injection]) -> [Injection] {
    let sorted = script.enumerated().sorted {
      ($0.element.after, $0.offset) < ($1.element.after, $1.offset)
    }
    return sorted.enumerated().map { index, entry in
      var injection = entry.element
      injection.number = index + 1
      return injection
    }
  }
}

// MARK: - Room

extension Drill {
  /// What found no room.
  package struct Cut: Hashable, Sendable {
    package var leftOut: Int
    /// How many there were.
    package var count: Int
    /// Seconds after the start of the clock from which on nothing is told; nil where only repeated alerts were left out.
    package var end: Int?

    package init(leftOut: Int, count: Int, end: Int? = nil) {
      (self.leftOut, self.count, self.end) = (leftOut, count, end)
    }
  }

  /// Shortens the script to so many bytes: of an alert that repeats itself at most one a minute, then only the beginning.
  ///
  /// Answers what was left out; nil where nothing was.
  package mutating func fit(into limit: Int = Drill.limit) -> Cut? {
    let count = script.count
    guard size > limit else { return nil }
    script = Self.withoutRepeats(script)
    var room = limit - 1024
    var kept = 0
    for injection in script {
      room -= injection.json.bytes.count + 1
      if room < 0 { break }
      kept += 1
    }
    let end = kept < script.count ? script[kept].after : nil
    script = Self.ordered(Array(script.prefix(kept)))
    leftOut += count - kept
    return Cut(leftOut: count - kept, count: count, end: end)
  }

  private var size: Int { script.reduce(1024) { $0 + $1.json.bytes.count + 1 } }

  private static func withoutRepeats(_ script: [Injection]) -> [Injection] {
    var last: [String: Int] = [:]
    return script.filter { injection in
      guard let key = injection.event.repeatKey else { return true }
      if let before = last[key], injection.after - before < 60 { return false }
      last[key] = injection.after
      return true
    }
  }
}

extension Declaration {
  /// Bytes of a declaration as JSON; the rest of the line is for its other keys.
  private static let limit = 960 * 1024

  /// Shortens what a drill is to tell to what the line of the log has room for beside the procedure.
  package mutating func fitDrill() -> Drill.Cut? {
    let room = Self.limit - procedure.json.bytes.count - documentCount
    return drill?.fit(into: min(Drill.limit, room))
  }

  /// The document, unless the line of the log has no room for it beside the procedure.
  var keptDocument: ProcedureDocument? {
    procedure.json.bytes.count + documentCount <= Self.limit ? document : nil
  }

  private var documentCount: Int { document?.json.bytes.count ?? 0 }
}

// MARK: - In the log

extension Drill {
  package var json: JSON {
    let milestones = Incident.Milestone.allCases.compactMap { milestone in
      original[milestone].map { JSON.Member(milestone.rawValue, .integer(Int64($0))) }
    }
    return .object([
      "source": .string(source), "head": .text(head),
      "original": milestones.isEmpty ? nil : .object(milestones),
      "left_out": leftOut > 0 ? .whole(leftOut) : nil,
      "script": .array(script.map(\.json)),
    ])
  }

  /// Seconds of a log that nobody has checked: from nothing to a hundred years.
  static func span(_ seconds: Int64) -> Int? {
    (0...Int64(SpanText.longest)).contains(seconds) ? Int(seconds) : nil
  }

  /// Takes what can be read; entries that this version does not understand are stepped over, and keep their numbers.
  init(json: JSON) {
    source = json["source"]?.string ?? ""
    head = json["head"]?.string
    for member in json["original"]?.members ?? [] {
      guard let milestone = Incident.Milestone(rawValue: member.key),
        let seconds = member.value.integer.flatMap(Self.span)
      else { continue }
      original[milestone] = seconds
    }
    leftOut = json["left_out"]?.integer.map { Int(clamping: $0) } ?? 0
    script = (json["script"]?.array ?? []).enumerated().compactMap { index, entry in
      var injection = Injection(json: entry)
      injection?.number = index + 1
      return injection
    }.sorted { ($0.after, $0.number) < ($1.after, $1.number) }
  }
}
