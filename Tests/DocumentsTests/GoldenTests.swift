import Documents
import Engine
import Testing

@Suite struct GoldenTests {
  @Test(arguments: BuiltIns.names)
  func `a rich incident under a built-in procedure`(name: String) throws {
    let rich = try RichIncident(BuiltIns.read(name))
    let report = PostmortemReport(of: rich.source, author: "Mira")
    GoldenFile.expect(report.markdown, "\(name).postmortem.md")
    GoldenFile.expect(report.html, "\(name).postmortem.html")
    let brief = BriefReport(of: rich.source(at: RichIncident.time("01:50")))
    GoldenFile.expect(brief.markdown, "\(name).brief.md")
    GoldenFile.expect(
      brief.lines(width: 80).joined(separator: "\n") + "\n", "\(name).brief.txt")
  }
}
