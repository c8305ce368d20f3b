/// What a key, or a word in the palette, asks for. The one table from which key map, hint line,
/// help and palette come.
package enum Request: String, CaseIterable, Sendable {
  // Move the incident.
  case acknowledge = "ack"
  case triaged
  case status, severity, phase, impact, mitigate, resolve, reopen, close
  // Write the timeline.
  case note, finding, hypothesis, decide, correct, retract, undo
  // Work the checklist.
  case tick, skip, fill
  case addItem = "item"
  // Run the response.
  case assign
  case handover, accept, task, timer, update, escalate, reached, snooze
  // Look around.
  case focusIncident = "focus-1"
  case focusEscalation = "focus-2"
  case focusChecklist = "focus-3"
  case focusTimeline = "focus-4"
  case focusNext = "focus-next"
  case focusPrevious = "focus-previous"
  case up, down
  case pageUp = "page-up"
  case pageDown = "page-down"
  case first, last, zoom, open, find, filter
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case follow, back
  case incidents, activity, declare, contacts, runbooks, decisions, document, brief, stats, debrief,
    messages, zone, mute
  // A past incident.
  case play, faster, slower, jump
  case nextEntry = "next-entry"
  case previousEntry = "previous-entry"
  case forward, rewind
  case toStart = "to-start"
  case toEnd = "to-end"
  case known
  // The screen itself.
  case palette, help, theme, repaint, copy, bare, suspend, quit

  /// Where a request can be asked for by key.
  package enum Context: String, CaseIterable, Sendable {
    case global, incident, escalation, checklist, timeline, search, undo, replay
  }

  package enum Group: String, CaseIterable, Sendable {
    case replay = "Replay"
    case move = "The incident"
    case write = "Timeline"
    case check = "Checklist"
    case run = "Response"
    case look = "Looking around"
    case screen = "Screen"
  }

  package struct Entry: Sendable {
    package var help: String
    /// The word of the hint line; nil: not there.
    package var hint: String?
    package var keys: [String]
    package var contexts: [Context]
    package var group: Group
  }

  /// Whether it writes to the log, and so is not there on a read-only screen.
  package var records: Bool {
    switch entry.group {
    case .move, .write, .check, .run: true
    case .look: self == .declare
    case .screen, .replay: false
    }
  }

  /// Whether words are typed for it.
  var takesWords: Bool {
    switch self {
    case .note, .finding, .hypothesis, .decide, .correct, .retract, .impact, .addItem, .fill, .skip,
      .task, .timer, .handover, .update:
      true
    default: false
    }
  }

  package var entry: Entry {
    Self.table[self]
      ?? Entry(help: rawValue, hint: nil, keys: [], contexts: [.global], group: .screen)
  }

  private static func row(
    _ help: String, _ hint: String? = nil, _ keys: [String], _ group: Group,
    in contexts: [Context] = [.global]
  ) -> Entry {
    Entry(help: help, hint: hint, keys: keys, contexts: contexts, group: group)
  }

  private static let table: [Request: Entry] = moving.merging(writing) { $1 }
    .merging(checking) { $1 }.merging(running) { $1 }.merging(looking) { $1 }
    .merging(screening) { $1 }.merging(replaying) { $1 }

  private static let moving: [Request: Entry] = [
    .acknowledge: row("acknowledge the incident", "ack", ["a"], .move),
    .triaged: row("mark as triaged: scope and severity are known", nil, [], .move),
    .status: row("set the status", "status", ["s"], .move),
    .severity: row("set the severity", "severity", ["v"], .move),
    .phase: row("enter a phase", "phase", ["p"], .move),
    .impact: row("record the impact", "impact", ["i"], .move),
    .mitigate: row("mark as mitigated: customers are safe", "mitigated", ["m"], .move),
    .resolve: row("mark as resolved", nil, ["R"], .move),
    .reopen: row("reopen the incident", nil, ["O"], .move),
    .close: row("close the incident", nil, ["C"], .move),
  ]

  private static let writing: [Request: Entry] = [
    .note: row("write a note", "note", ["n"], .write),
    .finding: row("write a finding", nil, ["F"], .write),
    .hypothesis: row("write a hypothesis", nil, ["y"], .write),
    .decide: row("record a decision", "decide", ["d"], .write),
    .correct: row("correct the text of an entry", "correct", ["c"], .write, in: [.timeline]),
    .retract: row("retract an entry", "retract", ["X"], .write, in: [.timeline]),
    .undo: row("undo what was just done, for ten seconds", "undo", ["u"], .write, in: [.undo]),
  ]

  private static let checking: [Request: Entry] = [
    .tick: row(
      "tick or untick an item; mark a task, timer or action item as done", "tick", ["space"],
      .check, in: [.checklist, .escalation]),
    .skip: row("skip, with a reason", "skip", ["x", "-"], .check, in: [.checklist]),
    .fill: row("fill in a field", "fill", ["="], .check, in: [.checklist]),
    .addItem: row("add an item", nil, ["+"], .check, in: [.checklist]),
  ]

  private static let running: [Request: Entry] = [
    .assign: row("assign a role", nil, ["A"], .run),
    .handover: row("hand the command over", "hand over", ["h"], .run),
    .accept: row("accept the command", nil, ["H"], .run),
    .task: row("give somebody a task", nil, ["T"], .run),
    .timer: row("start a timer", "timer", ["t"], .run),
    .update: row("send an update", "update", ["u"], .run),
    .escalate: row("escalate to the next step now", "escalate", ["e"], .run),
    .reached: row("record who was reached", "reached", ["r"], .run),
    .snooze: row("snooze a deadline, with a reason", "snooze", ["S"], .run),
  ]

  private static let looking: [Request: Entry] = [
    .focusIncident: row("go to pane 1, the incident", nil, ["1"], .look),
    .focusEscalation: row("go to pane 2, what is due", nil, ["2"], .look),
    .focusChecklist: row("go to pane 3, the checklist", nil, ["3"], .look),
    .focusTimeline: row("go to pane 4, the timeline", nil, ["4"], .look),
    .focusNext: row("next pane", nil, ["tab", "right"], .look),
    .focusPrevious: row("previous pane", nil, ["shift-tab", "left"], .look),
    .up: row("up", nil, ["up", "k"], .look),
    .down: row("down", nil, ["down", "j"], .look),
    .pageUp: row("a page up", nil, ["page-up", "ctrl-u"], .look),
    .pageDown: row("a page down", nil, ["page-down", "ctrl-d"], .look),
    .first: row("to the top (the newest entry)", nil, ["home", "g"], .look),
    .last: row("to the end (the oldest entry)", nil, ["end", "G"], .look),
    .zoom: row("enlarge the pane, and back", "zoom", ["z"], .look),
    .open: row("open what is picked", "open", ["enter"], .look),
    .find: row("find in the timeline", "find", ["/"], .look),
    .filter: row("filter the timeline", "filter", ["\\"], .look),
    .nextMatch: row("next older match", "next", ["n"], .look, in: [.search]),
    .previousMatch: row("next newer match", "previous", ["N"], .look, in: [.search]),
    .follow: row("follow the newest entry again", "follow", ["f"], .look),
    .back: row("leave the search, filter or zoom", nil, ["esc"], .look),
    .incidents: row("open incidents: switch", nil, ["I"], .look),
    .activity: row("newest entries of all open incidents", nil, ["E"], .look),
    .declare: row("declare an incident", "TITLE", [], .look),
    .contacts: row("on call and contacts", nil, ["o"], .look),
    .runbooks: row("runbooks", nil, ["b"], .look),
    .decisions: row("decision questions", nil, ["D"], .look),
    .document: row(
      "the procedure's document, at the rule that matters now", "doc", ["W"], .look),
    .brief: row("the situation on one page, for a hand-over", "brief", ["w"], .look),
    .stats: row("statistics over all incidents", nil, ["L"], .look),
    .debrief: row("how the drill went", nil, [], .look),
    .messages: row("messages shown here", nil, ["M"], .look),
    .zone: row("UTC or the local zone", nil, ["Z"], .look),
    .mute: row("mute the bell, and back", nil, ["B"], .look),
  ]

  private static let screening: [Request: Entry] = [
    .palette: row("type a command", "command", [":"], .screen),
    .help: row("this help", "help", ["?", "f1"], .screen),
    .theme: row("choose a theme", nil, [], .screen),
    .repaint: row("redraw the screen", nil, ["ctrl-l"], .screen),
    .copy: row("copy what is picked", nil, ["Y"], .screen),
    .bare: row("show plain text, for selecting with the mouse", nil, ["P"], .screen),
    .suspend: row("suspend", nil, ["ctrl-z"], .screen),
    .quit: row("leave the console; the incident goes on", nil, ["q", "ctrl-c"], .screen),
  ]

  private static let replaying: [Request: Entry] = [
    .play: row("play, and pause", "play", ["space"], .replay, in: [.replay]),
    .nextEntry: row("to the next entry", "next", ["right", "."], .replay, in: [.replay]),
    .previousEntry: row(
      "to the previous entry", "back", ["left", ","], .replay, in: [.replay]),
    .faster: row("faster", "faster", ["]", "+"], .replay, in: [.replay]),
    .slower: row("slower", "slower", ["[", "-"], .replay, in: [.replay]),
    .jump: row("jump to a time", "jump", ["t", "@"], .replay, in: [.replay]),
    .forward: row("five minutes on", nil, ["}"], .replay, in: [.replay]),
    .rewind: row("five minutes back", nil, ["{"], .replay, in: [.replay]),
    .toStart: row("to the declaration", nil, ["0", "^"], .replay, in: [.replay]),
    .toEnd: row("to the end", nil, ["$"], .replay, in: [.replay]),
    .known: row(
      "as known then: without later entries; and back", "known then", ["K"], .replay,
      in: [.replay]),
  ]
}
