import Engine
import Foundation
import Procedures
import Testing

/// Whatever may be a rule and was not read is remarked.
@Suite struct `What was not read is remarked` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  private func unread(_ text: String) throws -> [Int] {
    try read(text).remarks.filter { $0.kind == .unread }.map(\.line)
  }

  private static let head = "# Outages\n\n- P1: down\n- P2: slow\n\n"

  @Test(arguments: [
    "The cache forgets after 9 minutes.", "> The night shift waits 40 minutes.",
    "| Thing | Kept |\n|---|---|\n| Logs | 30 days |", "```\nwait 25 minutes\n```",
    "<td>within 20 minutes</td>", "## Glossary\n\nA blip lasts 2 minutes.",
    "- Ask the database administrator.", "- Page the duty manager as well.",
    "If in doubt, page the duty manager.",
    "| Thing | Escalate to |\n|---|---|\n| Roof | Ann |",
    "## When to escalate\n\n- It is not getting better\n- It spreads",
  ])
  func `wherever it stands`(text: String) throws {
    let lines = try unread(Self.head + text + "\n")
    #expect(lines.count == 1, "\(lines)")
    #expect(lines.allSatisfy { $0 > 5 })
  }

  @Test(arguments: [
    "> Investigating - We look into errors of the API.\n> Resolved - The errors are gone.",
    "`We have failed over to the second region and all is well.`",
    "\"Everything is back to normal since Tuesday for all users.\"",
  ])
  func `a text to send that is no template`(text: String) throws {
    let procedure = try read(Self.head + "## Status page\n\n\(text)\n")
    #expect(procedure.templates.isEmpty)
    #expect(
      procedure.remarks.contains { $0.line == 8 && $0.text.hasPrefix("May be a text to send") })
  }

  @Test func `a time in another column of a row that was read`() throws {
    let table = """
      # Outages

      | Severity | Response time | Vendor | Meaning |
      |---|---|---|---|
      | P1 | 15 minutes | 45 minutes | down for 5 minutes |
      | P2 | 1 hour | 2 hours | slow |
      """
    #expect(try unread(table) == [5])
    #expect(try read(table).remarks.contains { $0.text.contains("45 minutes") })
  }

  @Test func `an example of a severity is no time that was missed`() throws {
    let text = "# Outages\n\n## P1\n\n**Examples**:\n- slow for 5 minutes\n\n## P2\n\nslow\n"
    #expect(try unread(text).isEmpty)
  }

  @Test func `once for what stands together in a table`() throws {
    let procedure = try read(
      Self.head + "| Thing | Kept |\n|---|---|\n| Logs | 30 days |\n| Mail | 90 days |\n")
    let remark = try #require(procedure.remarks.first { $0.kind == .unread })
    #expect(remark.line == 8)
    #expect(remark.text.hasSuffix("and 1 more, up to line 9"))
  }

  @Test func `a promise in a text to send that no rule keeps`() throws {
    let template = """
      ## Templates

      ```
      Subject: [what]
      We will send updates every hour.
      ```

      """
    #expect(try unread(Self.head + template) == [10])
    #expect(
      try unread(Self.head + "## Updates\n\nSend updates every hour.\n\n" + template).isEmpty)
  }

  @Test func `a language that no lexicon has`() throws {
    let danish = """
      # Når noget går galt

      Når en hændelse opdages, skal vagten straks ringe til den ansvarlige. Hvis der ikke svares,
      ringes der til næste person på listen. Alle hændelser skal noteres i bogen, og kunderne skal
      have besked mindst hver halve time. Efter løsningen holdes et møde, hvor årsagen gennemgås, og
      hvor der aftales forbedringer. Alvorlige fejl er når tjenesten er nede for alle; mindre fejl er
      når kun en del er ramt. Vagten har ansvar for at anlægget overvåges døgnet rundt.
      """
    let remark = try #require(try read(danish).remarks.first { $0.text.contains("language") })
    #expect(remark.line == 1)
    let german = """
      # Wenn etwas ausfällt

      Wenn eine Störung bemerkt wird, ruft die Bereitschaft sofort die Leitung an. Antwortet niemand,
      wird die nächste Person auf der Liste angerufen. Jede Störung wird im Buch notiert, und die
      Kunden werden jede halbe Stunde informiert. Nach der Behebung gibt es eine Besprechung, in der
      die Ursache besprochen und Verbesserungen vereinbart werden. Schwere Fehler sind solche, bei
      denen der Dienst für alle ausfällt; leichte treffen nur einen Teil.
      """
    #expect(try !read(german).remarks.contains { $0.text.contains("language") })
  }

  @Test(arguments: ["", "| P1 | ", "- **Escalation**: ", "## Escalation\n\n"])
  func `four times the words of one line take about four times the work`(before: String) throws {
    func work(_ count: Int) throws -> UInt64 {
      let text =
        Self.head + "| Severity | Escalation |\n|---|---|\n" + before
        + String(repeating: "within 5 minutes or ", count: count) + "\n"
      return try (0..<3).map { _ in
        let start = clock_gettime_nsec(CLOCK_THREAD_CPUTIME_ID)
        _ = try read(text)
        return clock_gettime_nsec(CLOCK_THREAD_CPUTIME_ID) - start
      }.min() ?? 0
    }
    let ratio = Double(try work(6000)) / Double(try work(1500))
    #expect(ratio < 10, "\(ratio)")
  }
}

private func clock_gettime_nsec(_ id: clockid_t) -> UInt64 {
  var time = timespec()
  clock_gettime(id, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
