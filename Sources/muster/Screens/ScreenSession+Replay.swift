import Dashboard
import Engine
import EventLog
import Runtime
import Wording

/// A past incident to be looked at on a screen, and how.
struct Replay {
  var incident: String
  var knowledge: Vantage.Knowledge
  var speed: Int
  /// From which moment, as typed; nil: from the declaration.
  var at: String?
  /// Whether it begins to play at once.
  var plays: Bool
}

extension ScreenSession {
  /// Reads the whole log, and stands at the moment that was asked for; also answers what is damaged.
  func playback(of replay: Replay) throws(Failure) -> (playback: Playback, damage: [String]) {
    let id = replay.incident
    let log = try store.log(of: id, keeping: .all)
    let now = WallClock.now
    try log.refresh(at: now)
    let (incident, events) = (log.incident, log.events)
    let goesOn = incident.isOpen && !incident.isResolved
    guard
      var playback = Playback(
        of: events, until: goesOn ? incident.pace.time(at: now) : .distantPast,
        knowledge: replay.knowledge, speed: replay.speed)
    else {
      throw Failure(
        .notNow,
        "\(log.place) has no declaration; \(Shell.verb("verify", of: id)) shows what is wrong"
      )
    }
    if let text = replay.at {
      playback.seek(try moment(text, of: incident, in: playback), at: now)
    }
    if replay.plays { playback.play(at: now) }
    return (playback, log.damage(at: now))
  }

  /// A moment as typed with `--at`: spans are from now, as everywhere on the command line.
  private func moment(
    _ text: String, of incident: Incident, in playback: Playback
  ) throws(Failure) -> Timestamp {
    let moment: Timestamp
    if text.hasPrefix("-") {
      moment = incident.pace.time(at: try store.clock.instant(text))
    } else {
      do throws(ReplayTime.Problem) {
        moment = try ReplayTime.read(
          text, in: playback, clockStart: incident.clockStart, zone: model.clock.shown)
      } catch {
        throw Failure(.usage, "--at: \(error.text)")
      }
    }
    guard moment >= playback.first else {
      let declared = InstantText.full(playback.first, in: model.clock.shown)
      throw Failure(
        .notNow, "--at \(text): \(incident.id) was declared only at \(declared)")
    }
    if moment > playback.last {
      Output.complain("--at \(text): after the last entry; showing the end")
    }
    return moment
  }
}
