package import Engine
internal import EventLog
internal import Glibc

/// Following, in a process that runs for long: a watch tells what is new at once, and a look now and then what no watch told.
extension Team {
  /// How long one watch is relied on.
  private static let watchLimit = Duration.seconds(30)
  /// Microseconds between two looks at the heads.
  private static let pause: UInt32 = 2_000_000
  /// How many of them there are between two looks at the clocks of the members.
  private static let roundsBetweenClocks = 60

  /// Takes over what is new as it comes, for ever; for a thread of its own.
  package func watch(now: @escaping () -> Timestamp) -> Never {
    let client = EtcdClient(settings, tokenPath: folder.tokenPath)
    while true {
      do throws(TeamTrouble) {
        try freshen(until: .now + Self.patience, now: now)
        guard let revision = folder.seen?.header.revision else { continue }
        try client.watch(keys.heads, from: revision + 1, for: Self.watchLimit) { changed in
          for kv in changed { self.takeNews(kv, now) }
        }
      } catch {
        usleep(500_000)
      }
    }
  }

  private func takeNews(_ kv: KeyValue, _ now: () -> Timestamp) {
    guard let id = keys.incident(ofHead: kv.key), IncidentName.isValid(id) else { return }
    do throws(TeamTrouble) { try catchUpAlone(id) } catch {
      // The next look at the heads finds it.
      return
    }
  }

  /// Compares what there is with what is here every two seconds, for ever; for a thread of its own.
  ///
  /// Where it `offers`, what waits to be shared is offered as soon as the others can be reached again.
  package func compare(offers: Bool = false, now: @escaping () -> Timestamp) -> Never {
    var rounds = 0
    while true {
      if rounds % Self.roundsBetweenClocks == 0, let skew = measureSkew(now: now) {
        folder.note(skew: skew)
      }
      rounds += 1
      do throws(TeamTrouble) {
        try freshen(until: .now + Self.patience, now: now)
        folder.noteFollowing()
        if offers { _ = offer(now: { _ in now() }) }
      } catch {
        if folder.outOfReach != nil { folder.noteTry() }
        if case .otherStore(let reason) = error { folder.noteOutOfReach(reason, at: now()) }
      }
      usleep(Self.pause)
    }
  }
}
