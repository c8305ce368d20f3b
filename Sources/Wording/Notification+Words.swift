package import Engine

extension NotificationOrder {
  /// One line for a lock screen: what is wanted, and of which incident.
  package func title(at now: Timestamp) -> String {
    let first = notices[0]
    let more = notices.count > 1 ? " (and \(notices.count - 1) more)" : ""
    let severity = first.severity.map { " (\($0))" } ?? ""
    return "\(first.headline): \(first.title)\(severity)\(more)"
  }

  /// Everything that somebody who was just woken has to know, in their own time and in UTC.
  package func text(at now: Timestamp, in zone: TimeZoneRules) -> String {
    notices.map { $0.text(at: now, in: zone) }.joined(separator: "\n\n")
  }
}

extension Notification {
  /// What is wanted of the person.
  package var headline: String {
    switch subject {
    case .step: "You are called as \(deadline?.label ?? person.name)"
    case .exhausted: "Nobody was reached and nobody is left to call"
    case .handover: "You are offered the role of \(text ?? Incident.commanderRole)"
    case .task: "You have a task"
    case .countdown:
      deadline?.state == .breached ? "OVERDUE: \(deadline?.title ?? "")" : deadline?.title ?? ""
    case .update: "Update"
    case .damage: "DAMAGED LOG"
    case .unshared: "NOT SHARED with the team's store"
    case .settled(.acknowledged, _): "The call was answered"
    case .settled(.resolved, _): "The incident is over"
    case .room: "The channel of an incident"
    case .guest: "You are asked into the channel of an incident"
    }
  }

  fileprivate func text(at now: Timestamp, in zone: TimeZoneRules) -> String {
    var lines = ["\(headline).", "\(title)" + (severity.map { ", \($0)" } ?? "") + ", \(status)."]
    if case .task = subject, let text { lines.append("Task: \(text)") }
    if case .damage = subject, let text { lines.append(text) }
    lines += times(at: now, in: zone)
    if deadline?.rule?.text == Deadline.Rule.promised {
      lines.append("Promised\(deadline?.by.map { " by \($0)" } ?? "").")
    } else if let rule = deadline?.rule?.quotation(from: document) {
      lines.append("Rule: \(rule)")
    }
    if !whatAnsweringDoes.isEmpty { lines.append(whatAnsweringDoes) }
    lines.append("Incident \(incident)")
    return lines.joined(separator: "\n")
  }

  /// Since when it is to be told; of something that is over, since when it is.
  private func times(at now: Timestamp, in zone: TimeZoneRules) -> [String] {
    if case .countdown = subject, let due = deadline?.due, due <= now {
      return ["Was due \(Self.time(due, in: zone, at: now)), \(InstantText.span(now - due)) ago."]
    }
    var lines = ["Since \(Self.time(since, in: zone, at: now))\(late(at: now))."]
    if let due = deadline?.due, due > now {
      lines.append("Due \(Self.time(due, in: zone, at: now)), in \(InstantText.span(due - now)).")
    }
    return lines
  }

  /// How late it is read, where that is a minute or more.
  private func late(at now: Timestamp) -> String {
    let late = now - since
    guard late >= .minutes(1) else { return "" }
    return " (\(InstantText.span(late)) ago: this message is late)"
  }

  private var whatAnsweringDoes: String {
    let command = "-i \(incident)"
    return switch subject {
    case .step:
      "“I have it” acknowledges the incident for you and ends this call; “Cannot” calls the next "
        + "one at once. In a shell: muster ack \(command), muster reached "
        + "\((deadline?.label ?? "").quotedForShell) \(command)"
    case .exhausted:
      "“I have it” acknowledges the incident for you. Call anyone who can help. In a shell: "
        + "muster ack \(command)"
    case .handover:
      "You have it once you accept: muster handover --accept \(command)"
    case .task(let number): "When it is done: muster task done \(number) \(command)"
    case .countdown: "In a shell: muster \(deadline?.verb ?? "show") \(command)"
    case .damage:
      "Recording goes on. In a shell: muster verify \(command) lists it; muster verify --accept REASON "
        + "\(command) says that it is known"
    case .unshared: "Recording goes on here. In a shell: muster store"
    case .update, .settled, .room, .guest: ""
    }
  }

  /// `14:05 WIB (07:05 UTC)`.
  private static func time(
    _ instant: Timestamp, in zone: TimeZoneRules, at now: Timestamp
  ) -> String {
    let world = InstantText.short(instant, in: .utc, near: now)
    let local = InstantText.short(instant, in: zone, near: now)
    return local == world ? world : "\(local) (\(world))"
  }
}

extension NotificationTrack {
  /// `told kai by telegram 00:40 ago, next: phone in 01:20`; nil where nothing is to be said.
  package func words(at now: Timestamp) -> String? { forms(at: now).first }

  /// The same, shorter and shorter for where there is less room; the last is `next: phone in 01:20`.
  package func forms(at now: Timestamp) -> [String] {
    if let obstacle {
      let again = next.map { next in
        let left = next.at - now
        return "; tried again " + (left > .zero ? "in \(InstantText.countdown(left))" : "now")
      }
      return [obstacle.words + (again ?? ""), obstacle.words]
    }
    var parts: [String] = []
    var short: String?
    if let told = lastDelivered {
      let ago = "\(InstantText.countdown(now - told.at)) ago"
      parts.append("told \(person ?? "") by \(told.channel) \(ago)")
      short = "\(told.channel) \(ago)"
      if let last = tried.last, case .failed(let error) = last.state {
        parts.append("NOT by \(last.channel)\(error.map { ": \($0)" } ?? "")")
      }
    } else if let last = tried.last {
      switch last.state {
      case .underWay: parts.append("telling \(person ?? "") by \(last.channel)")
      case .failed(let error):
        parts.append("NOT TOLD by \(last.channel)\(error.map { ": \($0)" } ?? "")")
      case .delivered: break
      }
    }
    if let next {
      let who = parts.isEmpty ? "\(person ?? "") by " : ""
      let left = next.at - now
      parts.append(
        "next: \(who)\(next.channel) "
          + (left > .zero ? "in \(InstantText.countdown(left))" : "now"))
    }
    guard let last = parts.last else { return [] }
    let middle = short.map { [$0] + parts.dropFirst() } ?? parts
    return [parts.joined(separator: ", "), middle.joined(separator: ", "), last]
  }
}

extension NotificationTrack.Obstacle {
  package var words: String {
    switch self {
    case .nobodyKnown: "NOBODY TO TELL: nobody stands for it"
    case .notAmongPeople(let name): "NOBODY TO TELL: \(name) is not among the store's people"
    case .noChannel(let name): "NOBODY TO TELL: no channel reaches \(name)"
    case .allFailed(let name): "NOBODY TOLD: every channel of \(name) failed"
    case .old: "not told: it fell due long before the log was first seen"
    }
  }
}
