extension Incident {
  mutating func codeCalls<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.history(&updates, blank: Update()) { coder, update in
      coder.optionalName(&update.audience)
      coder.optionalName(&update.channel)
      coder.optionalName(&update.status)
      coder.optionalTime(&update.next)
      coder.array(&update.via, blank: "") { $0.name(&$1) }
      coder.optionalName(&update.from)
    }
    coder.dictionary(&updateCounts, blank: ("", 0)) {
      $0.name(&$1)
    } _: {
      $0.whole(&$1)
    }
    let firing = Firing(step: "", to: "", level: 0, episode: 0, round: 0, isManual: false)
    coder.history(&firings, blank: firing) { coder, firing in
      coder.name(&firing.step)
      coder.name(&firing.to)
      coder.whole(&firing.level)
      coder.whole(&firing.episode)
      coder.whole(&firing.round)
      coder.flag(&firing.isManual)
    }
    coder.history(&reached, blank: Reached(step: "", name: nil)) { coder, reached in
      coder.name(&reached.step)
      coder.optionalName(&reached.name)
    }
    coder.history(&snoozes, blank: Snooze(deadline: "", span: .zero, reason: "")) {
      coder, snooze in
      coder.name(&snooze.deadline)
      coder.span(&snooze.span)
      coder.text(&snooze.reason)
    }
    coder.history(&exhaustions, blank: 0) { $0.whole(&$1) }
    codeDeliveries(&coder)
  }

  private mutating func codeDeliveries<Coder: FieldCoder>(_ coder: inout Coder) {
    let start = DeliveryStart(subject: "", target: "", attempt: 0)
    coder.history(&deliveryStarts, blank: start) { coder, start in
      coder.name(&start.subject)
      coder.name(&start.target)
      coder.whole(&start.attempt)
    }
    let delivery = Delivery(subject: "", target: "", isSuccess: false, attempt: 0, error: nil)
    coder.history(&deliveries, blank: delivery) { coder, delivery in
      coder.name(&delivery.subject)
      coder.name(&delivery.target)
      coder.flag(&delivery.isSuccess)
      coder.whole(&delivery.attempt)
      coder.optionalText(&delivery.error)
      coder.flag(&delivery.isFinal)
      coder.optionalTime(&delivery.notBefore)
      coder.optionalText(&delivery.reference)
    }
  }

  mutating func codeAftermath<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.history(&actions, blank: ActionItem(text: "", owner: nil, due: nil)) { coder, action in
      coder.text(&action.text)
      coder.optionalName(&action.owner)
      coder.optionalTime(&action.due)
    }
    let nobody = Stamp(effective: .distantPast, sequence: 0)
    coder.dictionary(&finishedActions, blank: (0, nobody)) {
      $0.whole(&$1)
    } _: {
      $0.stamp(&$1)
    }
    coder.history(&postmortems, blank: Publication(what: .draft, place: nil)) { coder, sent in
      coder.word(&sent.what)
      coder.optionalText(&sent.place)
    }
    coder.history(&postmortemWaivers, blank: Waiver(what: .draft, reason: nil)) { coder, waiver in
      coder.word(&waiver.what)
      coder.optionalText(&waiver.reason)
    }
    coder.history(&clockSteps, blank: .zero) { $0.span(&$1) }
    coder.dictionary(&corrections, blank: (0, History())) {
      $0.whole(&$1)
    } _: { coder, history in
      coder.history(&history, blank: "") { $0.text(&$1) }
    }
    let retraction = Retraction(stamp: nobody, actor: "", isSecret: false, reason: nil)
    coder.dictionary(&retractions, blank: (0, retraction)) {
      $0.whole(&$1)
    } _: { coder, retraction in
      coder.stamp(&retraction.stamp)
      coder.name(&retraction.actor)
      coder.flag(&retraction.isSecret)
      coder.optionalText(&retraction.reason)
    }
    let count = AlertCount(
      title: "", count: 0, first: .distantPast, last: .distantPast, isFiring: false,
      lastSequence: 0)
    coder.dictionary(&alerts, blank: ("", count)) {
      $0.text(&$1)
    } _: { coder, count in
      coder.text(&count.title)
      coder.whole(&count.count)
      coder.time(&count.first)
      coder.time(&count.last)
      coder.flag(&count.isFiring)
      coder.whole(&count.lastSequence)
    }
  }
}
