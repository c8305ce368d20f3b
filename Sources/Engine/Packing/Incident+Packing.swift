/// An incident as bytes, so that a log need not be folded again to know what it tells.
///
/// Never kept longer than the program that wrote it: another version discards it and folds.
extension Incident {
  /// How much of an incident is packed.
  package enum Extent: Hashable, Sendable {
    /// Without its timeline and the identities in it: all that rules, lists and clocks go by.
    case outline
    case whole
  }

  /// The bytes, and the procedures that they point to.
  package func packed(_ extent: Extent) -> (bytes: [UInt8], procedures: [RecordedProcedure]) {
    var packer = Packer()
    var copy = self
    copy.code(&packer, extent)
    return (packer.bytes, packer.procedures)
  }

  /// Reads what `packed` wrote; nil where the bytes are anything else.
  package init?(packed bytes: ArraySlice<UInt8>, _ extent: Extent, procedures: [RecordedProcedure])
  {
    var unpacker = Unpacker(bytes, procedures: procedures)
    self.init()
    code(&unpacker, extent)
    guard unpacker.isSound, unpacker.isAtEnd else { return nil }
  }

  /// How many statements its histories hold, of those that may be many.
  package var statementCount: Int {
    let words = decisions.entries.count + tasks.entries.count + timers.entries.count
    let calls = updates.entries.count + firings.entries.count + deliveries.entries.count
    let rest = statuses.entries.count + impacts.entries.count + actions.entries.count
    let lists = [items.values.map(\.entries.count), corrections.values.map(\.entries.count)]
    return words + calls + rest + alerts.count + retractions.count + lists.joined().reduce(0, +)
  }

  /// Has procedures of the same bytes shared with other incidents.
  package mutating func shareProcedures(_ share: (RecordedProcedure) -> RecordedProcedure) {
    procedures = History(
      entries: procedures.entries.map { entry in
        var entry = entry
        entry.value = share(entry.value)
        return entry
      })
  }

  private mutating func code<Coder: FieldCoder>(_ coder: inout Coder, _ extent: Extent) {
    codeOrigin(&coder)
    codeCourse(&coder)
    codePeople(&coder)
    codeChecklist(&coder)
    codeCalls(&coder)
    codeAftermath(&coder)
    coder.whole(&unknownCount)
    coder.whole(&sequence)
    coder.whole(&dutyMark.count)
    coder.whole(&dutyMark.sequence)
    coder.optionalTime(&lastEntry)
    coder.optionalTime(&lastSaid)
    let nobody = Written(sequence: 0, recorded: .distantPast, actor: "")
    coder.array(&additions, blank: nobody) { coder, written in
      coder.whole(&written.sequence)
      coder.time(&written.recorded)
      coder.name(&written.actor)
    }
    coder.dictionary(&pulled, blank: (0, .distantPast)) {
      $0.whole(&$1)
    } _: {
      $0.time(&$1)
    }
    coder.optionalTime(&lastStanding)
    coder.dictionary(&raised, blank: (0, .distantPast)) {
      $0.whole(&$1)
    } _: {
      $0.time(&$1)
    }
    timeline.code(&coder, extent)
    if extent == .whole { seen.code(&coder) }
  }

  private mutating func codeOrigin<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.text(&id)
    coder.text(&title)
    coder.whole(&logFormat)
    coder.flag(&isDrill)
    coder.time(&pace.origin)
    coder.whole(&pace.percent)
    coder.optional(&drill, blank: Drill(source: "", script: [])) { coder, drill in
      var bytes = drill.json.bytes
      coder.bytes(&bytes)
      do throws(JSONError) { drill = Drill(json: try JSON(parsing: bytes[...])) } catch {
        coder.fail()
      }
    }
    var told = injected.sorted()
    coder.array(&told, blank: 0) { $0.whole(&$1) }
    injected = Set(told)
    coder.optionalText(&procedureNotRead)
    let opening = Opening(
      stamp: Stamp(effective: .distantPast, sequence: 0), recorded: .distantPast, actor: "",
      detected: nil, started: nil)
    coder.optional(&declaration, blank: opening) { coder, opening in
      coder.stamp(&opening.stamp)
      coder.time(&opening.recorded)
      coder.name(&opening.actor)
      coder.optionalTime(&opening.detected)
      coder.optionalTime(&opening.started)
    }
    coder.history(&procedures, blank: RecordedProcedure(json: [])) { $0.procedure(&$1) }
  }

  private mutating func codeCourse<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.history(&severities, blank: nil) { $0.optionalName(&$1) }
    coder.history(&statuses, blank: StatusChange(status: "", role: .open)) { coder, change in
      coder.name(&change.status)
      coder.word(&change.role)
    }
    coder.history(&acknowledgements, blank: ()) { _, _ in }
    coder.history(&triages, blank: ()) { _, _ in }
    coder.history(&reopenings, blank: nil) { $0.optionalText(&$1) }
    coder.history(&closings, blank: Closing(outcome: .resolved, reason: nil)) { coder, closing in
      coder.word(&closing.outcome)
      coder.optionalText(&closing.reason)
    }
    coder.history(&milestones, blank: MilestoneValue(milestone: .started, at: .distantPast)) {
      coder, value in
      coder.word(&value.milestone)
      coder.time(&value.at)
    }
    coder.history(&impacts, blank: Impact()) { coder, impact in
      coder.optionalText(&impact.summary)
      coder.optionalText(&impact.services)
      coder.optionalText(&impact.users)
      coder.optionalText(&impact.revenue)
    }
    coder.history(&phaseEntries, blank: "") { $0.name(&$1) }
  }

  private mutating func codePeople<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.dictionary(&roles, blank: ("", History())) {
      $0.name(&$1)
    } _: { coder, history in
      coder.history(&history, blank: nil) { $0.optionalName(&$1) }
    }
    coder.history(&handovers, blank: Handover(role: "", name: "", isAccepted: false)) {
      coder, handover in
      coder.name(&handover.role)
      coder.name(&handover.name)
      coder.flag(&handover.isAccepted)
    }
    coder.history(&decisions, blank: Decision(question: "", choice: "", objections: [])) {
      coder, decision in
      coder.text(&decision.question)
      coder.text(&decision.choice)
      coder.texts(&decision.objections)
    }
    coder.history(&tasks, blank: Task(text: "", who: "", timeBox: nil)) { coder, task in
      coder.text(&task.text)
      coder.name(&task.who)
      coder.optional(&task.timeBox, blank: .zero) { $0.span(&$1) }
    }
    coder.ends(&finishedTasks)
    coder.history(&timers, blank: Countdown(text: "", span: .zero)) { coder, timer in
      coder.text(&timer.text)
      coder.span(&timer.span)
    }
    coder.ends(&cancelledTimers)
  }

  private mutating func codeChecklist<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.dictionary(&items, blank: ("", History())) {
      $0.name(&$1)
    } _: { coder, history in
      coder.history(&history, blank: .checked) { coder, change in change.code(&coder) }
    }
    coder.dictionary(&fields, blank: ("", History())) {
      $0.name(&$1)
    } _: { coder, history in
      coder.history(&history, blank: "") { $0.text(&$1) }
    }
    coder.history(&addedItems, blank: ChecklistItem(id: "", text: "", line: 0)) { coder, item in
      coder.name(&item.id)
      coder.text(&item.text)
      coder.optionalName(&item.phase)
      coder.whole(&item.depth)
      coder.word(&item.kind)
      coder.texts(&item.severities)
      coder.whole(&item.line)
    }
  }
}

extension FieldCoder {
  /// By which event, and when, what earlier events began came to an end.
  fileprivate mutating func ends(_ value: inout [Int: Stamp]) {
    let nobody = Stamp(effective: .distantPast, sequence: 0)
    dictionary(&value, blank: (0, nobody)) {
      $0.whole(&$1)
    } _: {
      $0.stamp(&$1)
    }
  }
}

extension Incident.ItemChange {
  fileprivate mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    var kind: UInt64 =
      switch self {
      case .checked: 0
      case .unchecked: 1
      case .skipped: 2
      }
    coder.number(&kind)
    var reason = if case .skipped(let reason) = self { reason } else { "" }
    if kind == 2 { coder.text(&reason) }
    switch kind {
    case 0: self = .checked
    case 1: self = .unchecked
    case 2: self = .skipped(reason: reason)
    default: coder.fail()
    }
  }
}
