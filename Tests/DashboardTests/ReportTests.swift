import Dashboard
import Display
import Engine
import Testing

/// Texts that the runtime makes and the console shows.
struct ReportTests {
  private func press(_ keys: [Key], _ model: inout Model) -> [Effect] {
    keys.flatMap { model.update(.keys([$0]), at: model.now) }
  }

  @Test(arguments: [Report.brief, .statistics])
  func `a report is asked for, shown when it comes, and gone through by key`(
    report: Report
  ) throws {
    var model = try World.busy().model()
    let asked = press([.character(report == .brief ? "w" : "L")], &model)
    #expect(asked == [.report(report, width: 72)])
    #expect(model.overlay == .report(report))
    #expect(model.frame(size: model.size).text.contains("Preparing the report"))

    let lines = (1...60).map { "line \($0)" } + [String(repeating: "long ", count: 20) + "tail"]
    _ = model.update(.report(report, of: model.incident?.id, lines), at: model.now)
    #expect(model.frame(size: model.size).text.contains("line 1 "))
    _ = press([.end, .down, .down], &model)
    let end = model.frame(size: model.size).text
    #expect(end.contains("tail"))
    #expect(end.contains("line 60"))
    #expect(!end.contains("line 40 "))
    _ = press([.up], &model)
    #expect(!model.frame(size: model.size).text.contains("tail"))
    _ = press([.home], &model)
    #expect(model.frame(size: model.size).text.contains("line 1 "))
    #expect(press([.character("Y")], &model).count == 1)
    _ = press([.escape], &model)
    #expect(model.overlay == nil)
  }

  @Test func `a report is made anew for another width, and one no longer wanted is dropped`()
    throws
  {
    var model = try World.busy().model()
    _ = press([.character("w")], &model)
    let size = Size(width: 60, height: 20)
    #expect(model.update(.resized(size), at: model.now) == [.report(.brief, width: 52)])
    #expect(model.update(.resized(Size(width: 60, height: 18)), at: model.now).isEmpty)
    _ = press([.escape], &model)
    _ = model.update(.report(.brief, of: model.incident?.id, ["too late"]), at: model.now)
    #expect(model.overlay == nil)
    #expect(!model.frame(size: model.size).text.contains("too late"))
  }

  @Test func `a brief needs an incident, statistics need none`() throws {
    var model = try World.busy().modelWithNothingOpen(.console)
    #expect(press([.character("w")], &model).isEmpty)
    #expect(model.frame(size: model.size).text.contains("no incident is open"))
    #expect(press([.character("L")], &model) == [.report(.statistics, width: 72)])
  }

  @Test func `a report over the panes`() throws {
    var model = try World.busy().model()
    _ = press([.character("w")], &model)
    let lines = [
      "Hand-over: Checkout returns 502", "===============================", "",
      "Status  investigating since 01:35", "IC      mira",
    ]
    _ = model.update(.report(.brief, of: model.incident?.id, lines), at: model.now)
    expectSnapshot(model.frame(size: model.size).text, "over-brief")
  }
}
