import Display
import Engine
import Wording

extension Model {
  mutating func look(_ request: Request) -> [Effect] {
    switch request {
    case .focusIncident: focus(.incident)
    case .focusEscalation: focus(.escalation)
    case .focusChecklist: focus(.checklist)
    case .focusTimeline: focus(.timeline)
    case .focusNext: focus(by: 1)
    case .focusPrevious: focus(by: -1)
    case .up: return moveSelection(by: -1)
    case .down: return moveSelection(by: 1)
    case .pageUp: return moveSelection(by: -pageHeight)
    case .pageDown: return moveSelection(by: pageHeight)
    case .first: return moveSelection(by: -1_000_000_000)
    case .last: return moveSelection(by: 1_000_000_000)
    case .zoom: isZoomed.toggle()
    case .open: return open()
    case .find: beginSearch()
    case .filter:
      focus(.timeline)
      prompt = Prompt(.filter, offering: timeline.filter.text)
    case .nextMatch: return step(1)
    case .previousMatch: return step(-1)
    case .follow:
      follow()
      timeline.selected = nil
    case .back: back()
    case .incidents:
      show(.incidents)
      return [.list] + previewPicked()
    case .activity: return showActivity()
    case .declare: prompt = Prompt(.declare)
    case .contacts: show(.contacts)
    case .runbooks: show(.runbooks)
    case .decisions: show(.decisions)
    case .brief: return ask(for: .brief)
    case .document: return openDocument()
    case .stats: return ask(for: .statistics)
    case .debrief: return ask(for: .debrief)
    case .messages: show(.messages)
    case .zone:
      clock.showsUTC.toggle()
      tell("times in \(clock.abbreviation(now))")
    case .mute:
      isMuted.toggle()
      tell(isMuted ? "the bell is muted" : "the bell rings again")
    default: break
    }
    return []
  }

  private mutating func beginSearch() {
    focus(.timeline)
    timeline.beforeSearch = (timeline.follows, timeline.anchor, timeline.selected)
    prompt = Prompt(.search)
  }

  /// Shows the theme that is marked or typed while one is being chosen, and the one in use again after that.
  mutating func previewTheme() -> [Effect] {
    var wanted: String?
    switch prompt?.purpose {
    case .theme:
      let choices = prompt?.shownChoices ?? []
      let picked = prompt?.picked ?? 0
      // The list begins with nothing marked by the person.
      let isTouched = prompt?.line.isEmpty == false || picked > 0 || previewedTheme != nil
      wanted = isTouched && choices.indices.contains(picked) ? choices[picked].value : nil
    case .palette:
      let words = (prompt?.line.text ?? "").split(separator: " ").map(String.init)
      if words.count == 2, words[0] == "theme", themes.contains(words[1]) { wanted = words[1] }
    default: break
    }
    guard wanted != previewedTheme else { return [] }
    previewedTheme = wanted
    return [.previewTheme(wanted)]
  }

  /// The theme that is chosen stays; there is nothing to go back to.
  mutating func use(theme name: String) -> [Effect] {
    previewedTheme = nil
    return [.theme(name)]
  }

  private mutating func focus(_ pane: Pane) { focus = pane }

  private mutating func focus(by distance: Int) {
    let count = Pane.allCases.count
    focus = Pane(rawValue: (focus.rawValue - 1 + distance + count) % count + 1) ?? .escalation
  }

  private var pageHeight: Int {
    max(1, (ConsoleLayout(self).rect(of: focus)?.height ?? 3) - 3)
  }

  /// One step back: the search, then the filter, then the zoom, then the pick. Never out of the screen.
  private mutating func back() {
    if !timeline.query.isEmpty {
      endSearch(restoring: true)
    } else if focus == .timeline, !timeline.filter.isEmpty {
      timeline.filter = TimelineFilter()
      rebuildTimeline()
    } else if isZoomed {
      isZoomed = false
    } else if focus == .timeline, !timeline.follows || timeline.selected != nil {
      follow()
      timeline.selected = nil
    } else {
      (selectedItem, selectedDeadline) = (nil, nil)
    }
  }

  private mutating func moveSelection(by distance: Int) -> [Effect] {
    switch focus {
    case .timeline: return moveInTimeline(by: distance)
    case .checklist:
      let ids = incident?.checklist.map(\.item.id) ?? []
      selectedItem = Self.moved(pickedItem?.item.id, in: ids, by: distance)
    case .escalation:
      let ids = deadlines.map(\.id)
      selectedDeadline = Self.moved(pickedDeadline?.id, in: ids, by: distance)
    case .incident: scroll = max(0, min(scroll + distance, 200))
    }
    return []
  }

  /// The id that lies so many places after another; the first one where none was picked.
  private static func moved(_ id: String?, in ids: [String], by distance: Int) -> String? {
    guard !ids.isEmpty else { return nil }
    guard let id, let index = ids.firstIndex(of: id) else { return ids.first }
    return ids[min(max(0, index + distance), ids.count - 1)]
  }

  private mutating func open() -> [Effect] {
    switch focus {
    case .timeline:
      timeline.selected = pickedEntry
      if let selected = timeline.selected { show(.entry(selected.sequence)) }
    case .checklist:
      guard let item = pickedItem else { return [] }
      selectedItem = item.item.id
      show(.item(item.item.id))
    case .escalation:
      guard let deadline = pickedDeadline else { return [] }
      selectedDeadline = deadline.id
      show(.duty(deadline.id))
      return askForPassage(of: deadline)
    case .incident: isZoomed.toggle()
    }
    return []
  }

  /// What somebody wrote in an entry, without the words around it: what a correction takes the place of.
  func ownWords(ofEntry sequence: Int) -> String {
    guard let event = words[sequence], incident?.isSecretlyRetracted(sequence) != true else {
      return ""
    }
    if let corrected = incident?.correctedWords(of: sequence) { return corrected }
    let own = event.data.string(event.kind == .incidentDeclared ? "title" : "text")
    return own ?? fullText(ofEntry: sequence)
  }

  /// The words of an entry in full, as they hold now.
  func fullText(ofEntry sequence: Int) -> String {
    if incident?.isSecretlyRetracted(sequence) == true { return "" }
    if let corrected = incident?.correctedWords(of: sequence) { return corrected }
    guard let event = words[sequence] else { return "" }
    // What went out is wanted as it went out.
    if event.kind == .updateSent, incident?.isDrill == false, let text = event.data.string("text") {
      return text
    }
    return firstText(of: event)
  }
}
