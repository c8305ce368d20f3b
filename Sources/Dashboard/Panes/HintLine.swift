import Display
import Engine
import Wording

extension Model {
  /// What the hint line offers here, the most wanted first.
  private var hinted: [Request] {
    if incident == nil { return [.declare, .incidents, .palette, .help, .quit] }
    if playback != nil {
      return [
        .play, .previousEntry, .nextEntry, .jump, .slower, .faster, .known, .find, .brief,
        .document, .zoom, .palette, .help,
      ]
    }
    if !timeline.query.isEmpty, focus == .timeline {
      return [.nextMatch, .previousMatch, .open, .back, .note, .palette, .help]
    }
    var requests: [Request] = undoableEntry == nil ? [] : [.undo]
    if !isAcknowledged { requests.append(.acknowledge) }
    requests.append(.note)
    switch focus {
    case .checklist: requests += [.tick, .skip, .fill, .addItem]
    case .timeline:
      requests += [.open, .correct, .retract]
      requests += timeline.selected == nil ? [.find, .filter] : [.follow]
    case .escalation:
      if !deadlines.isEmpty { requests += [.tick, .reached, .open] }
    case .incident: requests += [.impact, .assign, .severity]
    }
    let usual: [Request] = [
      .mitigate, .status, .update, .escalate, .document, .snooze, .phase, .decide, .handover,
      .timer, .find,
    ]
    requests += usual.filter { !requests.contains($0) }
    return requests.filter { unavailable($0) == nil && obstacleOnRow(to: $0) == nil }
      + [.palette, .help]
  }

  /// What the hint line promises here: no key that asks for something else just now.
  package var promisedHints: [(request: Request, key: String, words: String)] {
    let contexts = contexts
    return hinted.compactMap { request in
      let name = keymap.keys(of: request).first {
        keymap.request(named: $0, in: contexts) == request
      }
      guard let name else {
        return keymap.keys(of: request).isEmpty
          ? (request, ":\(request.rawValue)", word(of: request)) : nil
      }
      return (request, Keymap.shown(name), word(of: request))
    }
  }

  /// What a request is called where the focus is.
  private func word(of request: Request) -> String {
    if request == .tick, focus == .escalation, let done = pickedDeadline.flatMap(doneWord) {
      return done
    }
    return request.entry.hint ?? request.rawValue
  }

  func drawHints(in frame: inout Frame, _ layout: ConsoleLayout) {
    let row = layout.hint
    guard row.height > 0 else { return }
    if let toast {
      let (role, mark): (StyleRole, String) =
        switch toast.level {
        case .info: (.toastInfo, "i")
        case .warning: (.toastWarn, "!")
        case .error: (.toastError, "!!")
        }
      frame.fill(row, role: role)
      let contexts = contexts
      let key = keymap.keys(of: .undo).first {
        keymap.request(named: $0, in: contexts) == .undo
      }
      let undo =
        canBeUndone(toast) ? " · \(key.map(Keymap.shown) ?? ":undo") undoes" : ""
      frame.write(" \(mark) \(toast.text)\(undo)", at: row.origin, width: row.width, role: role)
      return
    }
    if let slow = pending.values.map(\.since).min(), present - slow >= .seconds(1) {
      frame.write(
        " recording … \(InstantText.roughSpan(present - slow))", at: row.origin, role: .textStrong)
      return
    }
    frame.fill(row, role: .hint)
    guard overlay == nil else { return drawOverlayHints(in: &frame, row) }
    // The way to everything else stays, whatever else has to go.
    let hints = promisedHints.map { ($0.key, $0.words) }
    let tail = hints.suffix(2)
    let reserved = tail.reduce(0) { $0 + TextWidth.columns($1.0 + $1.1) + 3 }
    var x = row.x + 1
    for piece in hints.dropLast(2) {
      let width = TextWidth.columns(piece.0 + piece.1) + 1
      if x + width + 2 > row.maxX - reserved { break }
      x += write(piece, in: &frame, at: Point(x: x, y: row.y)) + 2
    }
    for piece in tail where x + TextWidth.columns(piece.0 + piece.1) + 1 <= row.maxX {
      x += write(piece, in: &frame, at: Point(x: x, y: row.y)) + 2
    }
  }

  /// The keys of what lies open, and of nothing behind it.
  private func drawOverlayHints(in frame: inout Frame, _ row: Rect) {
    var x = row.x + 1
    for hint in overlayHints {
      let width = TextWidth.columns(hint.key + hint.words) + 1
      guard x + width <= row.maxX else { return }
      x += write((hint.key, hint.words), in: &frame, at: Point(x: x, y: row.y)) + 2
    }
  }

  private func write(_ hint: (String, String), in frame: inout Frame, at point: Point) -> Int {
    frame.write([(hint.0, .hintKey), (" \(hint.1)", .hint)], at: point)
  }
}
