import ArgumentParser
import Dashboard
import Display
import Engine
import Glibc
import Procedures

/// The team's way through what was read from its document, before the next outage.
struct ProcedureReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Confirm, correct or strike out the rules that were read from the team's document.",
    discussion: """
      Decisions are stored in a file beside the document, OUTAGE.md.muster.yaml for OUTAGE.md, by \
      line and words: edits elsewhere leave them in force, a changed line must be decided again. They \
      apply wherever the document is read. 'muster procedure check --reviewed' exits with 1 while anything \
      is open.

      Without a terminal: --draft writes an entry for everything open into that file, to be \
      filled in with an editor: 'decision: confirmed', 'struck' (not a rule), or 'corrected' with a \
      'rule:'; an entry with 'decision: added' and a 'rule:' adds one. Rules are written as

        \(ReviewWords.forms.joined(separator: "\n        "))

      Example: muster procedure review OUTAGE.md
      Example: muster procedure review OUTAGE.md --json
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("The document; else the store's.", valueName: "file"), completion: .file())
  var name: String?
  @Flag(name: .long, help: "Print JSON: open and decided entries.")
  var json = false
  @Flag(name: .long, help: "Write an entry for everything open into the file of decisions.")
  var draft = false
  @Flag(name: .long, help: "Use plain ASCII symbols only.") var ascii = false
  @Option(
    name: .long,
    help: ArgumentHelp("Print one frame as text and exit.", valueName: "WxH"))
  var dump: TypedSize?

  func run() throws {
    let access = try StoreAccess(home: store.home)
    let loaded = try ProcedureChoice(store: access).loadedForReading(name)
    let path = loaded.procedure.source.path
    guard let review = loaded.review else {
      throw Failure(.usage, "\(path) is built in; only a file can be reviewed")
    }
    if let failure = review.failure { throw Failure(.no, failure.description) }
    if json { return try Output.json(ReviewWords(review, of: path).json) }
    if draft { return try writeDraft(review, of: path) }
    var desk = ReviewDesk(loaded, review)
    if let size = dump?.size {
      let screen = desk.screen(size, ascii ? .ascii : .utf8)
      return try Output.write(Array(screen.frame.text.utf8), to: 1)
    }
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 {
      try desk.run(ascii: ascii, theme: access.user.theme ?? "default")
      return try Output.lines(ReviewWords(desk.review, of: path).lines)
    }
    throw Failure(
      .usage,
      "\(ReviewFile.path(of: path)): no terminal: --draft writes the open entries into it, to be "
        + "filled in with an editor; --json lists them; see --help")
  }

  private func writeDraft(_ review: Review, of path: String) throws(Failure) {
    let own = ReviewFile.path(of: path)
    try ReviewDesk.write(review.draft, of: path)
    let open = review.items.count(where: \.isOpen)
    try Output.lines([
      "\(own): \(open) \(open == 1 ? "entry awaits" : "entries await") a decision",
      ReviewWords(review, of: path).summary,
    ])
  }
}
