import Display
import Engine
import Wording

extension Model {
  /// What a prompt shows, and where.
  private struct PromptParts {
    var title: String
    var keys: String
    /// Whether what the keys do stands beside the title, else it has a row of its own.
    var isBeside: Bool
    var remarks: [(text: String, role: StyleRole)]
    var picks: [Prompt.Choice]
    var rows: EditorRows
    /// Rows of the text, and of what can be picked.
    var textRows: Int
    var pickRows: Int
    var rect: Rect
  }

  /// The rows that the prompt covers at the foot of the screen.
  var promptRows: Int {
    guard let prompt else { return 0 }
    return promptParts(prompt)?.rect.height ?? 1
  }

  /// Nil where there is no room for a box.
  private func promptParts(_ prompt: Prompt) -> PromptParts? {
    let space = promptArea
    guard space.height >= 3, space.width >= 12 else { return nil }
    // The first Escape turns a time in front into text.
    let hasTime = prompt.leadingTime(at: now, clock: clock) != .none
    let enter = prompt.help.split(separator: "·").first ?? ""
    let keys = hasTime ? "\(enter)· Esc makes the time part of the text" : prompt.help
    let beside = title(of: prompt, width: size.width - TextWidth.columns(keys) - 8)
    let isBeside =
      TextWidth.columns(beside) + TextWidth.columns(keys) + 8 <= size.width
    // Where the keys have a row of their own, the title has the whole one.
    let title = isBeside ? beside : title(of: prompt, width: size.width - 6)
    let help: [(text: String, role: StyleRole)] =
      isBeside
      ? [] : TextWidth.wrap(keys, to: max(1, size.width - 4)).prefix(2).map { ($0, .textDim) }
    let remarks = Array(
      (self.remarks(on: prompt) + help).prefix(max(0, space.height - 3)))
    let picks = picks(of: prompt)
    let rows = EditorRows(prompt.line, width: max(1, size.width - 4))
    let room = prompt.isLong ? space.height * 2 / 3 : 8
    let most = max(1, min(rows.lines.count, space.height - 2 - remarks.count, room))
    let mostPicks = max(0, min(picks.count, space.height - 2 - most - remarks.count, 10))
    let height = min(space.height, 2 + most + remarks.count + mostPicks)
    return PromptParts(
      title: title, keys: keys, isBeside: isBeside, remarks: remarks, picks: picks, rows: rows,
      textRows: most, pickRows: mostPicks,
      rect: Rect(x: 0, y: size.height - height, width: size.width, height: height))
  }

  /// The line being typed, in a box over the last rows: what it is for, what was understood, what can be picked.
  func draw(_ prompt: Prompt, in frame: inout Frame) {
    guard let parts = promptParts(prompt) else {
      drawOneLine(prompt, in: &frame, promptArea.row(0))
      return
    }
    let (rect, rows, remarks) = (parts.rect, parts.rows, parts.remarks)
    let (picks, mostPicks) = (parts.picks, parts.pickRows)
    frame.fill(rect, role: .dialog)
    frame.box(
      rect, style: .double, role: .dialog, title: parts.title, titleRole: .titleFocused,
      trailing: parts.isBeside ? parts.keys : "", trailingRole: .dialog)
    let inner = rect.inset(horizontal: 2, vertical: 1)
    let (text, below) = inner.split(top: parts.textRows)
    drawText(rows, in: &frame, text, prompt.line.isOffered ? .selection : .input)
    for (row, remark) in remarks.enumerated() {
      frame.write(remark.text, at: below.row(row).origin, width: below.width, role: remark.role)
    }
    let first = max(0, min(prompt.picked - mostPicks + 1, picks.count - mostPicks))
    let longest = picks.dropFirst(first).prefix(mostPicks).map { TextWidth.columns($0.text) }.max()
    let nameWidth = min(longest ?? 0, 32, max(8, below.width / 2))
    for row in 0..<mostPicks where first + row < picks.count {
      let pick = picks[first + row]
      let line = below.row(remarks.count + row)
      guard line.height > 0 else { continue }
      let isPicked = prompt.purpose != .palette && first + row == prompt.picked
      let name = TextWidth.fit(pick.text, to: nameWidth)
      frame.write(
        [("\(isPicked ? ">" : " ") \(name)  ", .dialog), (pick.detail, .textDim)], at: line.origin,
        width: line.width)
      if isPicked { frame.restyle(line, role: .selection) }
    }
  }

  /// What the words are for; where several incidents are open, which one they go to as well, its title in full where it
  /// fits a width.
  private func title(of prompt: Prompt, width: Int) -> String {
    var title = prompt.title
    if let duty = deadlines.first(where: { $0.id == prompt.purpose.deadline }) {
      title += ": \(nameToldApart(duty))"
    }
    let isAboutIncident = prompt.purpose.records || prompt.purpose == .palette
    guard isAboutIncident, let incident, incidents.count(where: \.isOpen) > 1 else { return title }
    let name = "\(incident.severityID ?? "?") \(incident.shownTitle)"
    let room = max(28, width - TextWidth.columns(title) - 3)
    return "\(title) \(glyphs.separator) \(TextWidth.truncate(name, to: room))"
  }

  /// What is being typed in one row, its end in sight, where there is no room for a box.
  private func drawOneLine(_ prompt: Prompt, in frame: inout Frame, _ row: Rect) {
    frame.fill(row, role: .input)
    let rows = EditorRows(prompt.line, width: max(1, row.width - 3))
    frame.write(">", at: row.origin, role: .input)
    guard rows.lines.indices.contains(rows.cursor.y) else { return }
    frame.write(
      rows.lines[rows.cursor.y], at: Point(x: row.x + 2, y: row.y), width: row.width - 2,
      role: .input)
    frame.cursor = Point(x: min(row.maxX - 1, row.x + 2 + rows.cursor.x), y: row.y)
  }

  /// The text in as many rows as it takes, with its cursor in sight.
  private func drawText(
    _ rows: EditorRows, in frame: inout Frame, _ area: Rect, _ role: StyleRole
  ) {
    frame.fill(area, role: .input)
    let first = max(0, min(rows.cursor.y - area.height + 1, rows.lines.count - area.height))
    for row in 0..<area.height where first + row < rows.lines.count {
      frame.write(
        rows.lines[first + row], at: area.row(row).origin, width: area.width, role: role)
    }
    frame.cursor = Point(
      x: min(area.maxX - 1, area.x + rows.cursor.x), y: area.y + rows.cursor.y - first)
  }

  /// What was understood of the text so far, and what stands in its way.
  private func remarks(on prompt: Prompt) -> [(text: String, role: StyleRole)] {
    var remarks: [(text: String, role: StyleRole)] = []
    let leading =
      prompt.purpose == .palette
      ? reader.leadingTime(of: prompt.line.text, in: situation)
      : prompt.leadingTime(at: now, clock: clock)
    let keeps = prompt.purpose == .palette ? "" : " · Esc keeps it as text"
    switch leading {
    case .none: break
    case .time(let time, _):
      let ago = InstantText.roughSpan(now - time)
      remarks.append(("→ \(clock.minute(time, today: now)), \(ago) ago\(keeps)", .completion))
    case .problem(let problem) where prompt.problem == nil:
      let why = problem.text(of: prompt.line.text, in: clock.shown, at: now)
      remarks.append((why + keeps, .toastWarn))
    case .problem: break
    }
    remarks += understood(prompt)
    if let problem = prompt.problem {
      // What became of the words stands at its end.
      let lines = TextWidth.wrap(problem, to: max(1, size.width - 4)).prefix(3)
      remarks += lines.map { ($0, .toastError) }
    } else if let toast, toast.level != .info {
      // The box lies over the row in which it would be told.
      remarks.append((toast.text, toast.level == .error ? .toastError : .toastWarn))
    }
    return remarks
  }

  /// How what was typed is understood, by what it is for.
  private func understood(_ prompt: Prompt) -> [(text: String, role: StyleRole)] {
    var remarks: [(text: String, role: StyleRole)] = []
    if prompt.line.isOffered {
      remarks.append(("type to replace this · an arrow or End to edit it", .textDim))
    }
    if prompt.timeIsText {
      remarks.append(("the time in front is kept as text; recorded as of now", .textDim))
    }
    if !prompt.line.isEmpty, let said = understoodWords(prompt) {
      remarks.append((said, .completion))
    }
    if case .choice(let question) = prompt.purpose { remarks.append((question, .textDim)) }
    if prompt.purpose == .palette,
      let usage = reader.completions(of: prompt.line.text, in: situation).usage
    {
      remarks.append((usage, .textDim))
    }
    if case .snooze(let id) = prompt.purpose, let span = SpanText.typed(prompt.line.text) {
      remarks += meanwhile(id, span)
    } else if case .snoozeReason(let id, let seconds) = prompt.purpose {
      remarks += meanwhile(id, .seconds(seconds))
    }
    if case .fill(let id) = prompt.purpose,
      let item = incident?.checklist.first(where: { $0.item.id == id })
    {
      remarks.append((item.item.text, .textDim))
    } else if case .skip(let id) = prompt.purpose,
      let item = incident?.checklist.first(where: { $0.item.id == id })
    {
      remarks.append((item.item.text, .textDim))
    }
    if prompt.purpose == .search, !prompt.line.isEmpty {
      let place = matchIndex.map { "\($0 + 1)/" } ?? ""
      remarks.append(("\(place)\(timeline.matches.count) found", .textDim))
    }
    if prompt.purpose == .searchDocument, !prompt.line.isEmpty, let document {
      remarks.append(("\(document.matchCount) found", .textDim))
    }
    if case .updateText(let plan) = prompt.purpose {
      if let stale = staleness(of: plan) {
        remarks += TextWidth.wrap(stale, to: max(1, size.width - 4)).prefix(3)
          .map { ($0, .countdownOver) }
      }
      let open = openPlaces(in: prompt.line.text, of: plan)
      if !open.isEmpty {
        remarks.append(("still open: \(open.joined(separator: ", "))", .toastWarn))
      }
    }
    return remarks
  }

  private func meanwhile(
    _ id: String, _ span: Duration
  ) -> [(text: String, role: StyleRole)] {
    TextWidth.wrap(meanwhileWords(id, span), to: max(1, size.width - 4)).prefix(2)
      .map { ($0, .toastWarn) }
  }

  /// What is over already and what falls due while a deadline is snoozed.
  private func meanwhileWords(_ id: String, _ span: Duration) -> String {
    guard let snoozed = deadlines.first(where: { $0.id == id }) else { return "" }
    let until = max(snoozed.due ?? now, now) + span
    let others = deadlines.filter { other in
      other.id != id && other.state.isRunning
        && (other.due.map { $0 > now && $0 <= until } ?? false)
    }
    let over = deadlines.count { $0.id != id && $0.isLoud }
    let late = over == 0 ? "" : "\(over) other \(over == 1 ? "duty is" : "duties are") over now · "
    let lead = "\(snoozed.label) until \(clock.minute(until, today: now)) · \(late)"
    guard !others.isEmpty else {
      return lead + (over == 0 ? "nothing else falls due by then" : "nothing more by then")
    }
    let names = others.prefix(3).map { "\($0.label) \(clock.minute($0.due ?? now))" }
    return lead + "due by then: " + names.joined(separator: ", ")
      + (others.count > 3 ? " and \(others.count - 3) more" : "")
  }

  /// How a task or a timer that is being typed is understood; nil for other words.
  private func understoodWords(_ prompt: Prompt) -> String? {
    switch prompt.purpose {
    case .task: return words(of: TaskWords(prompt.line.text, people: people))
    case .timer:
      return TimerWords(prompt.line.text).map { words(of: $0) }
        ?? "no time yet: 10m in front or at the end"
    case .palette:
      guard ["task ", "timer "].contains(where: prompt.line.text.hasPrefix) else { return nil }
      return understoodCommand(prompt.line.text)
    default: return nil
    }
  }

  private var people: [String] { incident?.knownPeople(directory) ?? [] }

  private func words(of task: TaskWords) -> String {
    let who = task.who.isEmpty ? "nobody yet (who: what)" : task.who
    let box = task.timeBox.map { ", within \(InstantText.span($0))" } ?? ", without a time limit"
    return "→ \(who): \(task.text)\(box)"
  }

  private func words(of timer: TimerWords) -> String {
    "→ \(timer.text): \(InstantText.span(timer.span)), until "
      + clock.minute(now + timer.span, today: now)
  }

  /// The same for a verb that is being typed.
  private func understoodCommand(_ line: String) -> String? {
    do throws(CommandProblem) {
      guard case .record(let recording) = try reader.read(line, in: situation) else { return nil }
      switch recording.commands.first {
      case .assignTask(let text, let who, let timeBox):
        var task = TaskWords(text, isNamed: true, isTimed: true)
        (task.who, task.timeBox) = (who, timeBox)
        return words(of: task)
      case .startTimer(let text, let span):
        return TimerWords("\(SpanText.text(Int(span.wholeSeconds))) \(text)").map { words(of: $0) }
      default: return nil
      }
    } catch {
      return nil
    }
  }

  private func picks(of prompt: Prompt) -> [Prompt.Choice] {
    guard prompt.purpose == .palette else { return prompt.shownChoices }
    let found =
      prompt.completing?.completions ?? reader.completions(of: prompt.line.text, in: situation)
    return Array(found.choices.prefix(8))
  }
}
