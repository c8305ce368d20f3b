import Engine
import EventLog

extension FoldedLog {
  /// Takes in what is new.
  func refresh(at now: Timestamp) throws(Failure) {
    do throws(LogError) { try readOn(at: now) } catch { throw Failure(error) }
  }

  /// Loads the timeline if it is not loaded yet.
  func refreshTimeline(at now: Timestamp) throws(Failure) {
    do throws(LogError) { try readTimeline(at: now) } catch { throw Failure(error) }
  }
}

extension StoreAccess {
  /// The log of an incident, not read yet, to go on from what the store remembers of it.
  func log(
    of id: String, _ extent: Incident.Extent = .whole, keeping: FoldedLog.Keeping = .nothing
  ) throws(Failure) -> FoldedLog {
    do throws(LogError) {
      return try FoldedLog(of: id, in: store, extent, keeping: keeping)
    } catch {
      throw Failure(error)
    }
  }

  /// The log of an incident, not read yet, of which every line is to be read; `since` is a head known from elsewhere.
  func wholeLog(
    of id: String, keeping: FoldedLog.Keeping = .nothing, since: Head? = nil,
    where isIncluded: ((RecordedEvent) -> Bool)? = nil
  ) throws(Failure) -> FoldedLog {
    do throws(LogError) {
      return FoldedLog(
        try store.reader(of: id, since: since), id: id, keeping: keeping, where: isIncluded)
    } catch {
      throw Failure(error)
    }
  }

  /// Tells when the log of an incident changes.
  func follower(of id: String) throws(Failure) -> any LogFollowing {
    do throws(LogError) { return try store.follower(of: id, usesNotices: true) } catch {
      throw Failure(error)
    }
  }

  /// The events of a stretch of sequences, in their order.
  func events(_ range: ClosedRange<Int>, of id: String) throws(Failure) -> [RecordedEvent] {
    try events(Set(range), of: id).values.sorted { $0.sequence < $1.sequence }
  }

  /// The events of some sequences, without those that are not there.
  func events(_ sequences: Set<Int>, of id: String) throws(Failure) -> [Int: RecordedEvent] {
    do throws(LogError) { return try store.events(sequences, of: id) } catch {
      throw Failure(error)
    }
  }
}
