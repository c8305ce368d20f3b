import Display
import Engine

extension Model {
  func drawOverlays(in frame: inout Frame, _ layout: ConsoleLayout) {
    let area = overlayArea
    if let overlay {
      switch overlay {
      case .help: helpPopup(width: area.width - 4).draw(in: &frame, area, offset: scroll)
      case .messages: messagesPopup.draw(in: &frame, area, offset: scroll)
      case .contacts: contactsPopup(width: area.width - 4).draw(in: &frame, area, offset: scroll)
      case .runbooks: runbooksPopup(width: area.width - 4).draw(in: &frame, area)
      case .decisions: decisionsPopup(width: area.width - 4).draw(in: &frame, area)
      case .incidents:
        incidentsPopup(width: area.width - 4).draw(
          in: &frame, area, selected: min(scroll, max(0, incidents.count - 1)))
      case .entry(let sequence):
        entryPopup(sequence, width: min(area.width - 4, 100)).draw(in: &frame, area, offset: scroll)
      case .report(let report): reportPopup(report).draw(in: &frame, area, offset: scroll)
      case .confirm(let question):
        confirmPopup(question, width: min(area.width - 4, 76)).draw(
          in: &frame, area, offset: scroll)
      }
    }
    if let prompt { draw(prompt, in: &frame) }
  }

  private func confirmPopup(_ question: Confirmation, width: Int) -> Popup {
    var popup = Popup(title: "Really?", role: .dialogDanger)
    popup.add(wrapped: question.question, to: width, .dialogDanger)
    popup.add("")
    for line in question.warnings { popup.add(wrapped: line, to: width, .countdownBreached) }
    for line in question.consequences { popup.add(wrapped: line, to: width) }
    if let text = question.text {
      popup.add("")
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let isOpen = !UpdateDraft.openPlaces(in: String(line), of: question.back?.open ?? [])
          .isEmpty
        popup.add(wrapped: String(line), to: width, isOpen ? .countdownBreached : .textStrong)
      }
    }
    popup.footer = [
      ("y", .hintKey), (" yes    ", .dialogDanger), ("n", .hintKey), (" no (Esc)", .dialogDanger),
    ]
    if copyable(question) != nil {
      popup.footer += [("    c", .hintKey), (" copies the text", .dialogDanger)]
    }
    return popup
  }

  /// The first line of a question when its end is in sight.
  var lastQuestionLine: Int {
    guard case .confirm(let question) = overlay else { return 0 }
    let area = overlayArea
    let popup = confirmPopup(question, width: min(area.width - 4, 76))
    return max(0, popup.lines.count - popup.visibleLines(in: area))
  }

  // MARK: - Help

  private func helpPopup(width: Int) -> Popup {
    var popup = Popup(title: "Keys", trailing: "? or Esc closes")
    for group in Request.Group.allCases where group != .replay || playback != nil {
      popup.add(group.rawValue, .title)
      if group == .replay {
        popup.add(
          "             On the line: S its course, U an update, ! a call, bars for entries.")
      }
      for request in Request.allCases where request.entry.group == group {
        let entry = request.entry
        let keys = keymap.keys(of: request).map(Keymap.shown).joined(separator: " ")
        let place =
          entry.contexts == [.global] || entry.contexts == [.search]
          ? "" : " (in \(entry.contexts.map(\.rawValue).joined(separator: ", ")))"
        let why = unavailable(request).map { " · not now: \($0)" } ?? ""
        popup.add([
          (TextWidth.fit(keys.isEmpty ? ":" : keys, to: 11, .right) + "  ", .hintKey),
          (TextWidth.fit(request.rawValue, to: 15), .dialog),
          (entry.help + place, why.isEmpty ? .dialog : .textDim), (why, .textDim),
        ])
      }
      popup.add("")
    }
    popup.add(
      "A number in front of a pane's name is its key. Words after : are those of the shell.")
    return popup
  }

  private var messagesPopup: Popup {
    var popup = Popup(title: "Told here", trailing: "Esc closes")
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
      popup.add("No rota is known.")
    }
    popup.add("")
    for deadline in deadlines where deadline.step != nil {
      let text = text(of: deadline)
      let contact = DeadlineText.number(
        of: deadline.label, in: directory, now: now, clock: clock)
      popup.add([
        (TextWidth.fit(text.label, to: 30) + " ", role(of: deadline)),
        (TextWidth.fit("\(text.word) \(text.time)", to: 16) + " ", .dialog),
        (contact ?? "no number known", contact == nil ? .textDim : .textStrong),
      ])
    }
    let contacts = directory.contacts.filter {
      !Directory.isPlaceholder($0.contact) || !Directory.isPlaceholder($0.name)
    }
    if !contacts.isEmpty { popup.add("") }
    for contact in contacts {
      popup.add([
        (TextWidth.fit(contact.role ?? "", to: 30) + " ", .textDim),
        (TextWidth.fit(contact.name ?? "", to: 16) + " ", .dialog),
        (contact.contact ?? "no number", .textStrong),
      ])
    }
    if contacts.isEmpty { popup.add("No contacts are known; store.yaml can hold them.") }
    return popup
  }

  private func incidentsPopup(width: Int) -> Popup {
    var popup = Popup(title: "Open incidents", trailing: "Enter switches · Esc closes")
    for summary in incidents {
      let elapsed =
        summary.clockStart.map { start in
          "T+\(Clock.elapsed(summary.pace.time(at: present) - start))"
        } ?? ""
      let mark = summary.id == incident?.id ? ">" : " "
      popup.add([
        ("\(mark) ", .dialog), (" \(summary.severity ?? "?") ", .severity(summary.rank)),
        (" \(TextWidth.fit(summary.title, to: max(12, width - 48))) ", .dialog),
        (TextWidth.fit(summary.status, to: 14) + " ", .dialog),
        (TextWidth.fit(elapsed, to: 10), .dialog),
        (summary.isAcknowledged ? "" : " NOT ACKNOWLEDGED", .countdownBreached),
        (summary.missing.isEmpty ? "" : " NOT DELIVERED", .countdownBreached),
      ])
    }
    if incidents.isEmpty { popup.add("None. :declare TITLE opens one.") }
    return popup
  }

  // MARK: - What the procedure holds

  private func runbooksPopup(width: Int) -> Popup {
    var popup = Popup(
      title: "Runbooks", trailing: "space notes it done · Y copies the command · Esc")
    for (index, step) in runbookSteps.enumerated() {
      if step.number == 1 { popup.add("\(step.book.title)  :\(step.book.line)", .title) }
      let mark = index == scroll ? ">" : " "
      let role: StyleRole = index == scroll ? .selection : .dialog
      popup.add(wrapped: "\(mark) \(step.number). \(step.step.text)", to: width, role)
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
    var popup = Popup(title: "Entry \(sequence)", trailing: "c corrects · X retracts · Esc closes")
    guard let event = words[sequence], let row = incident?.timeline.row(sequence: sequence) else {
      popup.add("Its words are being read …")
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
    if event.occurred != nil {
      popup.add(
        "recorded  \(clock.day(event.recorded)) \(clock.time(event.recorded)), \(Clock.words(event.recorded - event.effective)) later"
      )
    }
    popup.add("kind      \(event.kindName)")
    if row.marks.contains(.corrected), !row.marks.contains(.secret) {
      popup.add(
        wrapped: "at first  \(EntryText(event, clock: clock).text)", to: max(8, width), .textDim)
    }
    return popup
  }
}
