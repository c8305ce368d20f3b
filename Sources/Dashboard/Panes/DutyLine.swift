import Display
import Engine
import Wording

/// The next duty in one row or two: whom to call or what is due, the number, how late, and what to press.
///
/// A number and a time are never cut; what matters less gives way first.
struct DutyLine {
  /// Whom to call by name, else by role, or what is due: `CALL Ana Ruiz`, `Update to customers`.
  var what: String
  /// The number to call.
  var number: String?
  /// In what role somebody is called by name.
  var role: String?
  /// `OVER 27:02`.
  var clock: String
  /// What to press, the key that meets it first: `r reached`, `S snooze`.
  var keys: [String]
  /// How many other duties are over: `+2 over`.
  var more: String

  /// What fits in a width, as one row where it does, else as two of which the second holds the number and the time.
  func rows(_ width: Int, most: Int) -> [[String]] {
    let all = keys.joined(separator: "  ")
    let forms = [
      [number, role, clock, all, more], [number, clock, all, more],
      [number, clock, keys.first, more], [number, clock, more], [number, clock],
    ].map { $0.compactMap { $0 }.filter { !$0.isEmpty } }
    // Who or what it is about is said in full before anything beside it.
    let full = TextWidth.columns(what)
    for least in [full, most > 1 ? full : min(full, 14)] {
      for pieces in forms {
        let room = width - columns(pieces) - 2
        if room >= least {
          return [[TextWidth.truncate(what, to: room)] + pieces]
        }
      }
    }
    let second = fitting([number, clock].compactMap { $0 }.filter { !$0.isEmpty }, width)
    guard most > 1 else { return [second] }
    let first =
      TextWidth.columns(what) + columns([more]) + 2 <= width
      ? [what, more] : [TextWidth.truncate(what, to: width)]
    return [first.filter { !$0.isEmpty }, second].filter { !$0.isEmpty }
  }

  /// The number alone where it leaves no room for the time.
  private func fitting(_ pieces: [String], _ width: Int) -> [String] {
    columns(pieces) <= width || pieces.count < 2 ? pieces : [pieces[0]]
  }

  private func columns(_ pieces: [String]) -> Int {
    pieces.reduce(0) { $0 + TextWidth.columns($1) + 2 } - 2
  }
}

extension Model {
  /// Beside somebody who is to be called and whose number nobody has written down.
  static let noNumber = "no number"

  /// The next duty for the header; nil where nothing runs.
  var dutyLine: DutyLine? {
    if let step = stepWithoutClock {
      return DutyLine(what: step.words(at: now), clock: "", keys: keys(of: step), more: "")
    }
    guard let next else { return nil }
    let words = text(of: next)
    let over = deadlines.count(where: \.isLoud) - (next.isLoud ? 1 : 0)
    let call = callee(of: next)
    return DutyLine(
      what: call?.what ?? words.label, number: call.map { $0.number ?? Self.noNumber },
      role: call?.role, clock: words.clock,
      keys: dutyKeys(next), more: over > 0 ? "+\(over) over" : "")
  }

  /// What is to be done next where no clock runs for it: to acknowledge, to set the severity, to close.
  var stepWithoutClock: NextStep? {
    guard next?.due == nil, let incident,
      let step = NextStep(for: incident, among: deadlines, directory: directory, at: now),
      step.deadline == nil
    else { return nil }
    return step
  }

  private func keys(of step: NextStep) -> [String] {
    switch step.action {
    case .acknowledge: keys(of: [.acknowledge])
    case .setSeverity: keys(of: [.severity])
    case .close: keys(of: [.close])
    case .call, .exhausted, .overdue, .approaching: []
    }
  }

  /// Whom a running step calls: by name and with the number where they are known; nil for other duties.
  func callee(of deadline: Deadline) -> (what: String, number: String?, role: String?)? {
    guard deadline.step != nil, deadline.state.isRunning else { return nil }
    let verb = deadline.isLoud ? "CALL" : "Call"
    let person = directory.receiver(deadline.label, at: now)
    let name = person?.name.flatMap { $0.lowercased() == deadline.label.lowercased() ? nil : $0 }
    return (
      "\(verb) \(name ?? deadline.label)", person?.contact,
      name == nil ? nil : deadline.label
    )
  }

  /// The keys that meet a duty or put it off, where this screen can record.
  private func dutyKeys(_ duty: Deadline) -> [String] {
    keys(of: requests(meeting: duty) + (duty.canBeSnoozed ? [.snooze] : []))
  }

  /// What meets a duty that runs.
  func requests(meeting duty: Deadline) -> [Request] {
    switch duty.kind {
    case .escalation: duty.state == .exhausted ? [] : [.reached]
    case .acknowledge, .respond: [.acknowledge]
    case .communicate, .update: [.update]
    case .mitigate: [.mitigate]
    case .triage: [.triaged]
    case .resolve, .watch: incident?.isResolved == false ? [.resolve] : []
    case .phase: [.phase]
    case .timer, .task, .postmortem, .action: []
    }
  }

  private func keys(of requests: [Request]) -> [String] {
    guard !isReadOnly else { return [] }
    let contexts = contexts
    return requests.compactMap { request in
      if keymap.keys(of: request).isEmpty { return ":\(request.rawValue)" }
      // A key that means something else just now, as while it undoes, is not promised; the word does the same.
      let key = keymap.keys(of: request).first {
        keymap.request(named: $0, in: contexts) == request
      }
      return key.map { "\(Keymap.shown($0)) \(request.entry.hint ?? request.rawValue)" }
        ?? ":\(request.rawValue)"
    }
  }
}
