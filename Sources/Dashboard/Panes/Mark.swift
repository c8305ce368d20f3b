import Display
import Engine
import Wording

/// One thing that must not be overlooked, in full and in as few columns as it can be said.
struct Mark: Hashable {
  var text: String
  var short: String
  var role: StyleRole

  /// The words of a mark, with a blank on either side as far as it is drawn as a block.
  init(_ text: String, short: String? = nil, _ role: StyleRole) {
    self.text = " \(text) "
    self.short = " \(short ?? text) "
    self.role = role
  }
}

extension [Mark] {
  /// The columns that all of them take in their short words, with a blank between two.
  var columnsAtLeast: Int {
    reduce(0) { $0 + TextWidth.columns($1.short) } + Swift.max(0, count - 1)
  }

  /// The marks, gravest first, as they fit into so many columns with a blank between two.
  ///
  /// None is left out for being long: the graver ones are written in full where there is room when all others are short.
  /// Those that do not fit even so are counted: `+2`.
  func fitted(to columns: Int) -> [(text: String, role: StyleRole)] {
    var shown = map { (text: $0.short, role: $0.role) }
    var used = columnsAtLeast
    var left = 0
    while used > columns, shown.count > 1 {
      let counted = left == 0 ? 3 : 0
      used -= TextWidth.columns(shown.removeLast().text) + 1 - counted
      left += 1
    }
    // The gravest one stands even where there is no room for how many more there are.
    if used > columns, left > 0 { (used, left) = (used - 3, 0) }
    if used > columns { return [] }
    for (index, mark) in prefix(shown.count).enumerated() {
      let more = TextWidth.columns(mark.text) - TextWidth.columns(mark.short)
      guard used + more <= columns else { continue }
      shown[index].text = mark.text
      used += more
    }
    if left > 0 { shown.append(("+\(left)", .badgeDamage)) }
    return shown
  }
}

extension Model {
  /// Training, and how fast it runs; nil where it is real.
  var drillMark: Mark? {
    guard let incident, incident.isDrill else { return nil }
    let times = glyphs.isASCII ? "x" : "×"
    let speed = incident.pace.percent == 100 ? "" : " \(incident.pace.factor)\(times)"
    return Mark("DRILL\(speed)", short: "DRILL", .badgeDrill)
  }

  /// What must not be overlooked on any surface, the gravest first; whether it is a drill is told apart.
  var marks: [Mark] {
    var marks: [Mark] = []
    if !isAcknowledged, incident?.isOpen == true {
      // On the console the first duty alone has a filled ground; a wall is read from far away.
      let role: StyleRole = screen == .wall ? .countdownBreached : .countdownOver
      marks.append(Mark("NOT ACKNOWLEDGED", short: "NOT ACK", role))
    }
    if let place = health.damage.first {
      let more = health.damage.count > 1 ? " +\(health.damage.count - 1)" : ""
      marks.append(Mark("DAMAGED \(place)\(more)", short: "DAMAGED", .badgeDamage))
    }
    if incident != nil, health.failure != nil, playback == nil {
      marks.append(Mark("LOG NOT READABLE", short: "NOT READABLE", .badgeDamage))
    }
    if let mark = deliveryMark { marks.append(mark) }
    if let offer = incident?.pendingHandover, incident?.isOpen == true {
      let name = offer.value.name
      let key = keymap.keys(of: .accept).first.map { ": \(Keymap.shown($0)) accepts" } ?? ""
      // Only who it is offered to can accept it.
      let isOwn = incident?.obstacle(to: .acceptHandover, by: actor, at: now) == nil
      let isOffered = isOwn && screen == .console && playback == nil
      let text = "HAND-OVER TO \(name)\(isOffered ? key : "")"
      marks.append(Mark(text, short: "HAND-OVER", .countdownSoon))
    }
    marks += troubleMarks
    if let format = incident?.logFormat, format > Incident.format {
      marks.append(
        Mark("NEWER FORMAT \(format): READ-ONLY", short: "NEWER FORMAT", .badgeReadOnly))
    } else if health.isReadOnly, screen == .console, playback == nil {
      marks.append(Mark("READ-ONLY", .badgeReadOnly))
    }
    if incident?.procedureNotRead != nil {
      marks.append(Mark("PROCEDURE NOT READ", short: "NO PROCEDURE", .badgeDamage))
    }
    if isMuted { marks.append(Mark("MUTED", .badgeMuted)) }
    return marks
  }

  /// What is wrong with the store in a few words each, whichever process met it.
  var troubleMarks: [Mark] {
    var marks: [Mark] = []
    for other in incidents where other.id != incident?.id {
      guard let log = other.unread else { continue }
      marks.append(Mark("\(log.mark): \(other.id)", short: log.mark, .badgeDamage))
    }
    if let since = health.unsyncedSince {
      marks.append(
        Mark("UNSYNCED SINCE \(clock.minute(since))", short: "UNSYNCED", .badgeDamage))
    }
    if health.kept > 0 { marks.append(Mark("\(health.kept) NOT RECORDED", .badgeDamage)) }
    if health.settingsUnread != nil {
      marks.append(Mark("STORE.YAML NOT READ", short: "STORE.YAML", .badgeDamage))
    }
    marks += health.sharing.map { Mark($0, .badgeDamage) }
    if let mark = health.agent.mark({ clock.minute($0, today: now) }) {
      marks.append(Mark(mark, short: health.agent.shortMark, .badgeDamage))
    }
    if let zone = missingZone {
      marks.append(Mark("ZONE NOT LOADED: \(zone)", short: "NO ZONE", .badgeDamage))
    }
    return marks
  }

  /// The zone of the person, the store or the procedure's hours that could not be loaded.
  private var missingZone: String? {
    if clock.zone.isStandIn { return clock.zone.name }
    if context.zone.isStandIn { return context.zone.name }
    return hoursZoneMissing
  }
}
