import Dashboard
import Engine
import EventLog
import Testing

struct AlertRowTests {
  @Test func `alerts that come again leave the same rows as a screen opened anew`() throws {
    var world = try World.busy()
    var model = world.model()
    var random = Numbers()
    for second in 0..<20 {
      world.now = world.start + .seconds(Int64(2600 + second))
      let known = world.log.events.count
      for _ in 0..<1 + random.next(3) {
        let title = "HighErrorRate \(random.next(4))"
        let command: Command =
          random.next(5) == 0 ? .note("in between") : .alert(.init(title: title))
        world.append(try world.incident.decide(command, at: world.now), by: "edge")
      }
      let fresh = Array(world.log.events[known...])
      _ = model.update(.recorded(fresh, in: world.incident.id), at: world.now)
      #expect(model.timeline.rows == world.model().timeline.rows)
    }
  }
}
