import Display
import Engine
import Wording

extension Model {
  func drawOverlays(in frame: inout Frame, _ layout: ConsoleLayout) {
    let area = overlayArea
    if let overlay {
      // What cannot be used now is dimmed.
      frame.restyle(promptArea, role: .textDim)
      if overlay == .document { drawDocument(in: &frame) }
      let popup = popup(of: overlay)
      switch overlay {
      case .runbooks, .decisions, .incidents, .activity, .help: popup.draw(in: &frame, area)
      case .messages, .contacts, .duty, .item, .entry, .report, .confirm, .usage:
        popup.draw(in: &frame, area, offset: scroll)
      case .document: break
      }
    }
    if let prompt { draw(prompt, in: &frame) }
  }

  private func popup(of overlay: Overlay) -> Popup {
    let width = overlayArea.width - 4
    return switch overlay {
    case .help: helpPopup(width: width)
    case .messages: messagesPopup
    case .contacts: contactsPopup(width: width)
    case .runbooks: runbooksPopup(width: width)
    case .decisions: decisionsPopup(width: width)
    case .incidents: switcherPopup(width: width)
    case .activity: activityPopup(width: width)
    case .duty(let id): dutyPopup(id, width: min(width, 100))
    case .item(let id): itemPopup(id, width: min(width, 100))
    case .entry(let sequence): entryPopup(sequence, width: min(width, 100))
    case .report(let report): reportPopup(report)
    case .document: Popup(title: "Document")
    case .confirm(let question): confirmPopup(question, width: min(width, 76))
    case .usage(let lines): usagePopup(lines, width: width)
    }
  }

  /// The first line of what lies open when its end is in sight.
  var lastOverlayLine: Int {
    guard let overlay else { return 0 }
    let popup = popup(of: overlay)
    return max(0, popup.lines.count - popup.visibleLines(in: overlayArea))
  }

  private func usagePopup(_ lines: [String], width: Int) -> Popup {
    var popup = Popup(title: "Usage", trailing: "Esc closes")
    for line in lines { popup.add(wrapped: line, to: max(8, width)) }
    return popup
  }

  private func confirmPopup(_ question: Confirmation, width: Int) -> Popup {
    let isTight = Popup.isTight(overlayArea)
    var popup = Popup(title: "Confirm", role: .dialogDanger)
    popup.add(wrapped: question.question, to: width, .dialogDanger)
    if !isTight { popup.add("") }
    for line in question.warnings { popup.add(wrapped: line, to: width, .countdownBreached) }
    // Where there are few rows, what goes out is read before what follows from it.
    if !isTight { addConsequences(of: question, to: &popup, width) }
    if let text = question.text {
      if !isTight { popup.add("") }
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let isOpen = !UpdateDraft.openPlaces(in: String(line), of: question.back?.plan.open ?? [])
          .isEmpty
        popup.add(wrapped: String(line), to: width, isOpen ? .countdownBreached : .textStrong)
      }
    }
    if isTight { addConsequences(of: question, to: &popup, width) }
    let isNarrow = width < 56
    var answers = [("y", "yes"), ("n", isNarrow ? "no" : "no (Esc)")]
    if question.isUndo { answers.insert(("u", isNarrow ? "update" : "an update instead"), at: 1) }
    if copyable(question) != nil { answers.append(("c", isNarrow ? "copy" : "copies the text")) }
    popup.footer = [[]]
    if popup.lines.count > popup.visibleLines(in: overlayArea) { answers.append(("↑↓", "scroll")) }
    let gap = isNarrow ? "  " : "    "
    popup.footer = [
      answers.flatMap { key, words in [(key, .hintKey), (" \(words)\(gap)", .dialogDanger)] }
    ]
    return popup
  }

  private func addConsequences(of question: Confirmation, to popup: inout Popup, _ width: Int) {
    for line in question.consequences { popup.add(wrapped: line, to: width) }
  }

  private var messagesPopup: Popup {
    var popup = Popup(title: "Messages", trailing: "Esc closes")
    for toast in toasts.reversed() {
      let role: StyleRole =
        switch toast.level {
        case .info: .dialog
        case .warning: .toastWarn
        case .error: .toastError
        }
      popup.add([("\(clock.time(toast.at))  ", .textDim), (toast.text, role)])
    }
    if toasts.isEmpty { popup.add("Nothing yet.") }
    return popup
  }

  // MARK: - People

  private func contactsPopup(width: Int) -> Popup {
    var popup = Popup(title: "On call and contacts", trailing: "Esc closes")
    if let turn = onCallText {
      popup.add(turn.text, turn.role)
    } else {
      popup.add("No rota is defined.")
    }
    addWeek(to: &popup)
    popup.add("")
    for deadline in deadlines where deadline.step != nil {
      let text = text(of: deadline)
      let contact = DeadlineText.number(
        of: deadline.label, in: directory, now: now)
      popup.add(
        contactRow(
          (text.label, role(of: deadline)), ("\(text.word) \(text.time)", .dialog),
          (contact ?? Self.noNumber, contact == nil ? .textDim : .textStrong), width))
    }
    let contacts = directory.contacts.filter {
      !Directory.isPlaceholder($0.contact) || !Directory.isPlaceholder($0.name)
    }
    if !contacts.isEmpty { popup.add("") }
    for contact in contacts {
      popup.add(
        contactRow(
          (contact.role ?? contact.name ?? "", .textDim),
          (contact.role == nil ? "" : contact.name ?? "", .dialog),
          (contact.contact ?? Self.noNumber, .textStrong), width))
    }
    if contacts.isEmpty { popup.add("No contacts are defined; add them to store.yaml.") }
    return popup
  }

  /// Whom to call and how, in columns; where these leave no room for the number, what stands between gives way, then the
  /// label is cut. The number never is.
  private func contactRow(
    _ label: (text: String, role: StyleRole), _ middle: (text: String, role: StyleRole),
    _ number: (text: String, role: StyleRole), _ width: Int
  ) -> [(text: String, role: StyleRole)] {
    let columns = TextWidth.columns(number.text)
    if columns <= width - 48 {
      return [
        (TextWidth.fit(label.text, to: 30) + " ", label.role),
        (TextWidth.fit(middle.text, to: 16) + " ", middle.role), number,
      ]
    }
    let room = max(0, min(30, width - columns - 1))
    return room < 2 ? [number] : [(TextWidth.fit(label.text, to: room) + " ", label.role), number]
  }

  /// Who is on call on each of the next seven days, where there is a rota.
  private func addWeek(to popup: inout Popup) {
    let week = directory.rota.week(from: now)
    guard !week.isEmpty else { return }
    popup.add("")
    for (place, day) in week.enumerated() {
      func name(_ person: String?) -> String {
        person.flatMap { Directory.isPlaceholder($0) ? nil : $0 } ?? "nobody"
      }
      let names = [day.turn?.primary, day.turn?.secondary].map(name)
      func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let date = "\(day.date.weekday.rawValue) \(pad(day.date.month))-\(pad(day.date.day))"
      popup.add([
        ("\(place == 0 ? glyphs.arrow : " ") \(date)   ", place == 0 ? .textStrong : .textDim),
        ("L1 \(TextWidth.fit(names[0], to: 16)) ", names[0] == "nobody" ? .countdownSoon : .dialog),
        ("L2 \(names[1])", .dialog),
      ])
    }
  }

  // MARK: - What the procedure holds

  private func runbooksPopup(width: Int) -> Popup {
    var popup = Popup(
      title: "Runbooks", trailing: "space notes it done · Y copies the command · Esc")
    let done = doneSteps
    for (index, step) in runbookSteps.enumerated() {
      if step.number == 1 { popup.add("\(step.book.title)  :\(step.book.line)", .title) }
      let mark = index == scroll ? ">" : " "
      let role: StyleRole = index == scroll ? .selection : .dialog
      let found = done[step.doneWords]
      let box = found == nil ? glyphs.checkPending : glyphs.checkDone
      let by = found.map { "  (\(clock.minute($0.at, today: now)) \($0.by))" } ?? ""
      popup.add(
        wrapped: "\(mark) \(box) \(step.number). \(step.step.text)\(by)", to: width, role)
      if let command = step.step.command {
        popup.add(wrapped: "     $ \(command)", to: width, .textStrong)
      }
      if index == scroll { popup.focus = popup.lines.count - 1 }
    }
    if popup.lines.isEmpty { popup.add("The procedure has no runbooks.") }
    return popup
  }

  private func decisionsPopup(width: Int) -> Popup {
    var popup = Popup(
      title: "Questions of the procedure", trailing: "y or n records the answer · Esc")
    let answers = incident?.decisions.entries ?? []
    for (index, question) in (incident?.procedure.decisions ?? []).enumerated() {
      let mark = index == scroll ? ">" : " "
      let role: StyleRole = index == scroll ? .selection : .textStrong
      popup.add(
        wrapped: "\(mark) \(index + 1). \(question.question)  :\(question.line)", to: width, role)
      if let yes = question.yes { popup.add(wrapped: "     yes  \(yes)", to: width) }
      if let no = question.no { popup.add(wrapped: "     no   \(no)", to: width) }
      if let answer = answers.last(where: { $0.value.question == question.question }) {
        popup.add(
          wrapped: "     answered by \(answer.actor) at "
            + "\(clock.minute(answer.stamp.effective, today: now)): \(answer.value.choice)",
          to: width,
          .checkDone)
      }
      if index == scroll { popup.focus = popup.lines.count - 1 }
    }
    if popup.lines.isEmpty { popup.add("The procedure has no questions.") }
    return popup
  }

  // MARK: - One entry

  private func entryPopup(_ sequence: Int, width: Int) -> Popup {
    let keys = overlayHints.map { "\($0.key) \($0.words)" }.joined(separator: " · ")
    var popup = Popup(title: "Entry \(sequence)", trailing: keys)
    guard let event = words[sequence], let row = incident?.timeline.row(sequence: sequence) else {
      popup.add("Reading the entry …")
      return popup
    }
    let entry = shownEntry(row, event)
    popup.add(
      wrapped: entry.text, to: max(8, width),
      row.marks.contains(.retracted) ? .timelineRetracted : .textStrong)
    popup.add("")
    popup.add("by        \(entry.actor), from \(event.source)")
    popup.add(
      "happened  \(clock.day(event.effective)) \(clock.time(event.effective)) \(clock.abbreviation(event.effective))"
    )
    if event.recorded - event.effective >= .seconds(1) {
      popup.add(
        "recorded  \(clock.day(event.recorded)) \(clock.time(event.recorded)), \(InstantText.roughSpan(event.recorded - event.effective)) later"
      )
    }
    popup.add("kind      \(event.kindName)")
    if row.marks.contains(.corrected), !row.marks.contains(.secret) {
      popup.add(
        wrapped: "at first  \(firstText(of: event))", to: max(8, width), .textDim)
    }
    return popup
  }
}
