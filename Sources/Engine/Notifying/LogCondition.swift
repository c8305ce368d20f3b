/// What is wrong with the log of an incident, for somebody to be told.
package struct LogCondition: Hashable, Sendable {
  /// Damage that nobody has accepted.
  package var damage: Damaged?
  /// Since when what is recorded here has not been shared with the team.
  package var unsharedSince: Timestamp?

  package struct Damaged: Hashable, Sendable {
    /// Of the first place, in bytes.
    package var offset: Int
    /// The first place in words, with its file and line.
    package var words: String
    /// How many places are damaged.
    package var count: Int
    /// When it was found.
    package var since: Timestamp

    package init(offset: Int, words: String, count: Int, since: Timestamp) {
      (self.offset, self.words, self.count, self.since) = (offset, words, count, since)
    }
  }

  package init(damage: Damaged? = nil, unsharedSince: Timestamp? = nil) {
    (self.damage, self.unsharedSince) = (damage, unsharedSince)
  }
}

extension Incident {
  /// What the commander is to be told of it.
  func duties(of condition: LogCondition) -> [NotificationDuty] {
    func duty(
      _ subject: DeliverySubject, _ since: Timestamp, _ text: String?
    ) -> NotificationDuty {
      NotificationDuty(
        subject: subject, receiver: nil, since: since, attempt: 1,
        openToAll: since + NotificationDuty.patience, text: text)
    }
    var duties: [NotificationDuty] = []
    if let damage = condition.damage {
      let more = damage.count > 1 ? " and \(damage.count - 1) more" : ""
      duties.append(duty(.damage(offset: damage.offset), damage.since, damage.words + more))
    }
    if let since = condition.unsharedSince {
      duties.append(duty(.unshared(since: since), since, nil))
    }
    return duties
  }
}
