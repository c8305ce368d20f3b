import Documents
import Testing

@Suite struct TextTableTests {
  private static let document: ReportDocument = {
    var document = ReportDocument(title: "T")
    document.sections = [
      .init(
        "S",
        [
          .table(
            header: ["Name", "Count", "Nothing", "Words"],
            rows: [
              ["first of all", "1", "", "some words that go on and on"], ["b", "22", "", ""],
            ])
        ])
    ]
    return document
  }()

  @Test(arguments: [
    (
      60,
      [
        "  Name          Count  Words", "  first of all  1      some words that go on and on",
        "  b             22",
      ]
    ),
    (
      42,
      [
        "  Name          Count  Words", "  first of all  1      some words that go",
        "                       on and on", "  b             22",
      ]
    ),
    (
      30,
      [
        "  first of all", "    Count 1 · Words some words", "    that go on and on", "  b",
        "    Count 22",
      ]
    ),
  ])
  func `a table keeps its columns as long as there is room`(width: Int, lines: [String]) {
    #expect(Array(Self.document.lines(width: width).dropFirst(3)) == lines)
  }
}
