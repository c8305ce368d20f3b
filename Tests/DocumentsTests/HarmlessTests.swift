import Documents
import Engine
import Testing

@Suite struct HarmlessTests {
  @Test(arguments: [
    ("plain words, 5 % of it", "plain words, 5 % of it"),
    ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
    ("[x](javascript:1)", "\\[x\\](javascript:1)"),
    ("![i](https://e.example)", "!\\[i\\](https\\://e.example)"),
    ("<b>&", "&lt;b&gt;&amp;"), ("- item", "\\- item"), ("1. item", "1\\. item"),
    ("a | b", "a \\| b"), ("@team #12", "\\@team \\#12"), ("www.e.example", "www\\.e.example"),
    ("two\nlines", "two ↵ lines"), ("\u{202E}back", "&lt;U+202E&gt;back"), ("v1.2", "v1.2"),
  ])
  func `Markdown means only its words`(text: String, markdown: String) {
    #expect(Harmless.markdown(text) == markdown)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
    (" =1", "' =1"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("plain", "plain"),
    ("=a,\"b\"", "\"'=a,\"\"b\"\"\""), ("a\tb\nc", "\"a b\nc\""),
  ])
  func `a cell is never a formula`(text: String, cell: String) {
    #expect(Harmless.csv(text) == cell)
  }

  @Test(arguments: [
    ("<a href=\"x\">'&", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;"), ("\u{1B}[31m", "^[[31m"),
  ])
  func `HTML is escaped`(text: String, html: String) {
    #expect(Harmless.html(text) == html)
  }

  /// Every document that leaves the product, of an incident full of hostile and withdrawn words.
  private static func documents() throws -> [(name: String, text: String)] {
    let rich = try RichIncident(BuiltIns.read("standard"))
    let report = PostmortemReport(of: rich.source)
    let brief = BriefReport(of: rich.source)
    let export = TimelineExport(of: rich.source)
    return [
      ("postmortem.md", report.markdown), ("postmortem.html", report.html),
      ("brief.md", brief.markdown), ("brief.txt", brief.lines().joined(separator: "\n")),
      ("log.md", export.markdown), ("log.csv", export.csv),
      ("postmortem.json", report.json.text), ("brief.json", brief.json.text),
      ("log.json", export.json.text), ("log.cloudevents", export.cloudEvents.text),
    ]
  }

  @Test func `withdrawn words stand in no document`() throws {
    for (name, text) in try Self.documents() {
      #expect(!text.containsText("SECRET-4711"), "\(name)")
      #expect(text.containsText("Pool exhausted"), "\(name)")
    }
  }

  @Test func `hostile words stay words`() throws {
    for (name, text) in try Self.documents() {
      if name.hasSuffix(".html") || name.hasSuffix(".md") {
        #expect(!text.containsText("<script"), "\(name)")
        #expect(!text.containsText("<img"), "\(name)")
      }
      if name.hasSuffix(".md") {
        #expect(!text.containsText(" [x]("), "\(name)")
        #expect(!text.containsText("https://evil"), "\(name)")
      }
      guard !name.hasSuffix("json"), name != "log.cloudevents" else { continue }
      let isClean = text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0 == "\r"
          || !($0.value < 0x20 || (0x7F...0x9F).contains($0.value)
            || $0.properties.generalCategory == .format)
      }
      #expect(isClean, "\(name)")
    }
  }

  @Test func `HTML fetches and runs nothing`() throws {
    let html = try #require(Self.documents().first { $0.name == "postmortem.html" }).text
    #expect(html.containsText("default-src 'none'; style-src 'unsafe-inline'"))
    for word in [" src=", " href=", "url(http", "@import", "<iframe", "<link", "onload="] {
      #expect(!html.containsText(word), "\(word)")
    }
    let inner = html.split(separator: "<").map { $0.prefix { $0.isLetter || $0.isNumber } }
    let tags = Set(inner.filter { !$0.isEmpty }.map(String.init))
    let known: Set<String> = [
      "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "dl", "div",
      "dt", "dd", "section", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td",
      "figure", "figcaption", "footer", "strong", "span", "mark", "svg", "defs", "pattern",
      "path", "rect", "text", "g", "circle",
    ]
    #expect(tags.subtracting(known).isEmpty)
  }
}
