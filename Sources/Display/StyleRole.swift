/// What a piece of screen means; a theme decides what that looks like.
///
/// The raw values are the names themes use. A name without an entry in a theme takes the entry of
/// its parent (`text.dim` that of `text`).
package enum StyleRole: String, CaseIterable, Sendable {
  // Text.
  case text
  case textDim = "text.dim"
  case textStrong = "text.strong"
  case selection
  case selectionUnfocused = "selection.unfocused"
  case match
  case matchCurrent = "match.current"

  // Frames, header and hint line.
  case border
  case borderFocused = "border.focused"
  case title
  case titleFocused = "title.focused"
  case header
  case hint
  case hintKey = "hint.key"
  case badgeReadOnly = "badge.readonly"
  case badgeDrill = "badge.drill"
  case badgeMuted = "badge.muted"
  case badgeDamage = "badge.damage"

  // Severities from the gravest, and incident states by what they amount to.
  case severity1 = "sev.1"
  case severity2 = "sev.2"
  case severity3 = "sev.3"
  case severity4 = "sev.4"
  case severity5 = "sev.5"
  case severityUnknown = "sev.unknown"
  case stateOpen = "state.open"
  case stateMitigated = "state.mitigated"
  case stateResolved = "state.resolved"

  // Countdowns and the checklist.
  case countdownPending = "countdown.pending"
  case countdownSoon = "countdown.soon"
  case countdownBreached = "countdown.breached"
  case countdownMet = "countdown.met"
  case countdownLate = "countdown.late"
  case countdownSnoozed = "countdown.snoozed"
  case countdownDone = "countdown.done"
  case countdownOver = "countdown.over"
  case countdownNear = "countdown.near"
  case checkPending = "check.pending"
  case checkActive = "check.active"
  case checkDone = "check.done"
  case checkSkipped = "check.skipped"
  case progressFill = "progress.fill"
  case progressRest = "progress.rest"

  // The timeline.
  case timelineTime = "tl.time"
  case timelineActor = "tl.actor"
  case timelineNote = "tl.note"
  case timelineStatus = "tl.status"
  case timelineDecision = "tl.decision"
  case timelineEscalation = "tl.escalation"
  case timelineAlert = "tl.alert"
  case timelineUpdate = "tl.update"
  case timelineSystem = "tl.system"
  case timelineLate = "tl.late"
  case timelineRetracted = "tl.retracted"
  case timelineUnread = "tl.unread"

  // Age of what is shown.
  case ageFresh = "age.fresh"
  case ageOld = "age.old"
  case ageStale = "age.stale"

  // Feedback and input.
  case toastInfo = "toast.info"
  case toastWarn = "toast.warn"
  case toastError = "toast.error"
  case dialog
  case dialogDanger = "dialog.danger"
  case input
  case inputCursor = "input.cursor"
  case completion

  // The wall.
  case wallDigit = "wall.digit"
  case wallDigitSoon = "wall.digit.soon"
  case wallDigitBreach = "wall.digit.breach"
  case wallLabel = "wall.label"
  case wallHeartbeat = "wall.heartbeat"
  case wallStale = "wall.stale"

  /// The role whose look stands in when a theme says nothing about this one.
  package var parent: StyleRole? {
    var name = rawValue[...]
    while let dot = name.lastIndex(of: ".") {
      name = name[..<dot]
      if let role = StyleRole(rawValue: String(name)) { return role }
    }
    return self == .text ? nil : .text
  }

  /// The severity's role by rank, the gravest being 1; `nil` and ranks below 1 are unknown.
  package static func severity(_ rank: Int?) -> StyleRole {
    switch rank {
    case .some(1): .severity1
    case .some(2): .severity2
    case .some(3): .severity3
    case .some(4): .severity4
    case .some(5...): .severity5
    default: .severityUnknown
    }
  }

  /// A letter for the role in the second grid of a snapshot; plain text is a dot.
  package var letter: Character { Self.letters[self] ?? "?" }

  private static let letters: [StyleRole: Character] = {
    let alphabet = Array(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&*+-/:;<=>@^_~")
    var letters: [StyleRole: Character] = [.text: "."]
    for (role, letter) in zip(allCases.dropFirst(), alphabet) { letters[role] = letter }
    return letters
  }()
}
