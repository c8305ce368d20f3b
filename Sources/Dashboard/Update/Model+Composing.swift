import Display
package import Engine
import Wording

/// An update on its way through the composer.
package struct UpdatePlan: Hashable, Sendable {
  /// Nil: the team.
  package var audience: String?
  /// Id of the template.
  package var template: String?
  package var next: Timestamp?
  package var channel: String?
  /// Places of the template that nobody had filled in, as they stand in the text.
  package var open: [String] = []
  /// As the template was filled in.
  package var text = ""
  /// The newest entry when it was filled in.
  package var basis = 0

  package init(audience: String?, template: String?) {
    self.audience = audience
    self.template = template
  }
}

extension Model {
  // MARK: - For whom, and what

  /// The composer's first question: every audience with the template that fits it now, the one that is due next first, and
  /// the templates that are left.
  mutating func compose() {
    guard let incident else { return }
    var choices: [Prompt.Choice] = []
    // What the procedure has of its own is not offered a second time from the built-in ones.
    var used: Set<String> = []
    let audiences = incident.audiences.map { ($0, incident.nextWord(to: $0, by: deadlines)) }.sorted
    { one, other in
      (one.1 ?? .distantFuture) < (other.1 ?? .distantFuture)
    }
    for (audience, due) in audiences {
      let template = incident.template(for: audience)
      used.insert(template.title)
      let when = due.map { due in
        due > now
          ? " · due in \(InstantText.countdown(due - now))"
          : " · OVER since \(clock.minute(due, today: now))"
      }
      choices.append(
        choice(template, audience, "to \(audience ?? "the team")", template.title + (when ?? "")))
    }
    for template in incident.procedure.templates + TemplateChoice.builtIn {
      let purpose = TemplateChoice.Purpose(of: template)
      guard purpose != .postmortem, purpose != .handover, used.insert(template.title).inserted
      else {
        continue
      }
      let audience = incident.audience(for: template)
      choices.append(choice(template, audience, template.title, "to \(audience ?? "the team")"))
    }
    let own = draftChoices
    prompt = Prompt(.updateKind, choices: own.first + choices + own.last)
  }

  /// The composer for an audience and a template that were named; answers why it cannot be.
  mutating func compose(to audience: String?, template name: String?) -> String? {
    guard let incident else { return "no incident is open" }
    guard audience != nil || name != nil else {
      compose()
      return nil
    }
    if let draft, name == nil, incident.sameAudience(draft.plan.audience, audience) {
      resumeDraft()
      return nil
    }
    var template = incident.template(for: audience)
    if let name {
      guard let named = TemplateChoice.template(named: name, in: incident.procedure) else {
        return "there is no template “\(name)”"
      }
      template = named
    }
    let plan = UpdatePlan(audience: audience, template: template.id)
    prompt = Prompt(.updateNext(plan), offering: promise(for: audience))
    return nil
  }

  private func choice(
    _ template: Template, _ audience: String?, _ text: String, _ detail: String
  ) -> Prompt.Choice {
    // The title is only there to be found by what is typed.
    let value = [template.id, audience ?? "", template.title].joined(separator: Self.between)
    return Prompt.Choice(value, text, detail: detail)
  }

  private static let between = "\u{1F}"

  // MARK: - From question to question

  /// Takes an answer and asks what comes next; answers why it cannot be taken.
  mutating func composeOn(_ purpose: Prompt.Purpose, _ text: String, _ choice: String) -> String? {
    switch purpose {
    case .updateKind where choice == Self.resumes: resumeDraft()
    case .updateKind where choice == Self.discards: discardDraft()
    case .updateKind:
      let parts = choice.split(
        separator: Self.between, maxSplits: 2, omittingEmptySubsequences: false)
      let audience = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil
      let plan = UpdatePlan(audience: audience, template: parts.first.map(String.init))
      prompt = Prompt(.updateNext(plan), offering: promise(for: audience))
    case .updateNext(var plan):
      plan.next = nil
      if !text.isEmpty {
        guard let span = SpanText.typed(text) else {
          return "a time such as 30m or 1h, or nothing for no promise"
        }
        plan.next = now + span
      }
      if let name = channelName, !Audience(plan.audience).isOutside {
        prompt = Prompt(.updateChannel(plan), offering: name)
      } else {
        write(&plan)
      }
    case .updateChannel(var plan):
      plan.channel = text.contains { !$0.isWhitespace } ? text : nil
      write(&plan)
    case .updateText(let plan):
      guard text.contains(where: { !$0.isWhitespace }) else { return "an update needs a text" }
      return send(plan, text)
    default: break
    }
    return nil
  }

  /// The channel's name by the procedure's pattern, where it has one.
  private var channelName: String? {
    guard let incident, let pattern = ChannelName.pattern(in: incident.procedure) else {
      return nil
    }
    return ChannelName.name(of: incident, pattern: pattern, in: context.zone)
  }

  /// Fills in the template and lets it be edited.
  private mutating func write(_ plan: inout UpdatePlan) {
    guard let incident else { return }
    let template = plan.template.flatMap {
      TemplateChoice.template(named: $0, in: incident.procedure)
    }
    let usual = incident.template(for: plan.audience)
    let draft = draft(for: plan.audience, usual.id == plan.template ? usual : template, plan.next)
    (plan.open, plan.text) = (draft?.open ?? [], draft?.text ?? "")
    plan.basis = incident.sequence
    // What the words promise is promised.
    if plan.next == nil, draft?.filled.promisesNext == true { plan.next = draft?.next }
    prompt = Prompt(.updateText(plan), text: plan.text)
  }

  private func draft(for audience: String?, _ template: Template?, _ next: Timestamp?)
    -> UpdateDraft?
  {
    guard let incident else { return nil }
    let newest = timeline.rows.suffix(500).compactMap { words[$0.sequence] }
    return UpdateDraft(
      to: audience, of: incident, events: newest, at: now, in: context, template: template,
      next: next, author: actor, head: logHead)
  }

  /// Within which time the next update is to be promised: the rule's, else half an hour.
  private func promise(for audience: String?) -> String {
    guard let incident, !incident.isResolved else { return "" }
    guard let next = incident.promise(to: audience, from: now, in: context), next > now else {
      return "30m"
    }
    return SpanText.text(Int((next - now).wholeSeconds + 30) / 60 * 60)
  }

  // MARK: - Sending

  /// The log's newest line, as `sequence:hash`.
  private var logHead: String? {
    guard let sequence = incident?.sequence, let hash = words[sequence]?.hash else { return nil }
    return "\(sequence):\(hash)"
  }

  private mutating func send(_ plan: UpdatePlan, _ text: String) -> String? {
    var update = Command.OutgoingUpdate(text: text, audience: plan.audience)
    (update.channel, update.template) = (plan.channel, plan.template)
    update.next = plan.next
    var effects: [Effect] = []
    let problem = recordOrAsk(.sendUpdate(update), &effects)
    // A no leads back to the words.
    if case .confirm(var question) = overlay, problem == nil {
      question.back = Draft(plan: plan, text: text, at: present)
      let open = openPlaces(in: text, of: plan)
      question.warnings = open.isEmpty ? [] : ["STILL OPEN: \(open.joined(separator: ", "))"]
      if let stale = staleness(of: plan) { question.warnings.append(stale) }
      if let moment = otherMoment(of: plan) { question.warnings.append(moment) }
      overlay = .confirm(question)
    }
    return problem
  }

  /// That a template was written for another moment than the present one, as an all-clear while it goes on.
  private func otherMoment(of plan: UpdatePlan) -> String? {
    guard let incident,
      let template = incident.procedure.templates.first(where: { $0.id == plan.template })
    else { return nil }
    let meant = incident.otherMoments(of: template).map(\.rawValue)
    guard !meant.isEmpty else { return nil }
    return "THIS TEXT IS FOR \(meant.joined(separator: ", ").uppercased()); "
      + "the status is \(incident.statusName)"
  }

  /// An update as it will be recorded: with the log's newest line, and where it goes.
  func completed(
    _ update: Command.OutgoingUpdate, _ occurred: Timestamp?
  ) -> Command.OutgoingUpdate {
    guard let incident else { return update }
    var update = update
    update.status = update.status ?? incident.status.change.status
    update.head = logHead
    update.text = UpdateDraft.signed(update.text, head: update.head)
    update.via = DeliveryWay.usual(of: ways, for: update.audience, isPast: occurred != nil)
    update.from = login
    return incident.worded(update)
  }

  /// The places that are still open in words that are being edited.
  func openPlaces(in text: String, of plan: UpdatePlan) -> [String] {
    UpdateDraft.openPlaces(in: text, of: plan.open)
  }

  /// Puts the cursor behind the next open place, so that it can be overwritten.
  mutating func goToOpenPlace(of plan: UpdatePlan) {
    guard let line = prompt?.line else { return }
    let places = openPlaces(in: line.text, of: plan)
    prompt?.line.move(behindOneOf: places)
  }
}
