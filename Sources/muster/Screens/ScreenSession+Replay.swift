import Dashboard
import Engine
import EventLog

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
  /// Reads the whole log and stands at the moment that was asked for.
  mutating func begin(_ replay: Replay, _ progress: Progress) throws(Failure) {
    let id = replay.incident
    let log = FollowedLog(id: id, path: try store.path(of: id), usesNotices: false)
    let events: [RecordedEvent]
    do throws(LogError) {
      events = try log.readAll(keeping: .max) { progress(id, $0) }.1
    } catch {
      throw Failure(error)
    }
    guard
      var playback = Playback(of: events, knowledge: replay.knowledge, speed: replay.speed)
    else {
      throw Failure(
        .notNow,
        "\(log.path) holds no declaration; 'muster verify -i \(id)' says what is wrong with it")
    }
    let now = WallClock.now
    if let text = replay.at {
      let moment: Timestamp
      do throws(ReplayTime.Problem) {
        moment = try ReplayTime.read(
          text, in: playback, clockStart: Incident(replaying: events).clockStart,
          zone: model.clock.shown)
      } catch {
        throw Failure(.usage, "--at: \(error.text)")
      }
      guard moment >= playback.first else {
        let declared = InstantText.full(playback.first, in: model.clock.shown)
        throw Failure(
          .notNow, "--at \(text): there is nothing to see of \(id) before \(declared)")
      }
      playback.seek(moment, at: now)
    }
    if replay.plays { playback.play(at: now) }
    effects += model.update(.replaying(playback), at: now)
    shown = log
    judge()
    shown = nil
  }
}
