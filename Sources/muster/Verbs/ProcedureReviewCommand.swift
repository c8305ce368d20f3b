import ArgumentParser
import Engine
import Glibc
import Procedures

/// The team's way through what was read from its document, before the next outage.
struct ProcedureReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Confirm, correct or strike out what was read from the team's document, once.",
    discussion: """
      The decisions stand in a file beside the document, OUTAGE.md.muster.yaml for OUTAGE.md, by \
      line and words: edits elsewhere leave them in force, a changed line asks again. Whoever reads \
      the document reads them, too. 'muster procedure check --reviewed' exits with 1 while anything \
      is open.

      Without a terminal: --draft writes an entry for everything that is open into that file, to be \
      filled in with an editor: 'decision: confirmed', 'struck' (no rule), or 'corrected' with a \
      'rule:'; an entry with 'decision: added' and a 'rule:' adds one. Rules are written as

        SEV-1: acknowledge within 15m         (respond, triage, mitigate, resolve)
        SEV-1: communicate to customers within 30m
        SEV-1, SEV-2: call CTO after 30m unless acknowledged   (mitigated, resolved)
        call CTO after 15m from previous unless resolved if money is lost
        call CTO when acknowledge is over unless acknowledged
        update every 30m to customers
        update once within 2 business days to customers
        watch 30m after mitigated
        post-mortem draft within 5 business days    (review, meeting)
        phase 0-15m Triage

      without a severity for all of them; a name in which such words occur stands in quotes.

      Example: muster procedure review OUTAGE.md
      Example: muster procedure review OUTAGE.md --json
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("The document; else the store's.", valueName: "file"), completion: .file())
  var name: String?
  @Flag(name: .long, help: "Print JSON: what awaits a decision, and what was decided.")
  var json = false
  @Flag(name: .long, help: "Write an entry for everything that is open into the decisions' file.")
  var draft = false

  func run() throws {
    let loaded = try ProcedureChoice(store: try StoreAccess(home: store.home))
      .loadedForReading(name)
    let path = loaded.procedure.source.path
    guard let review = loaded.review else {
      throw Failure(.usage, "\(path) is built in; only a file is reviewed")
    }
    if let failure = review.failure { throw Failure(.no, failure.description) }
    if json { return try Output.json(ReviewWords(review, of: path).json) }
    if draft { return try writeDraft(review, of: path) }
    throw Failure(
      .usage,
      "\(ReviewFile.path(of: path)): without a terminal, --draft writes into it what is open, to be "
        + "filled in with an editor; --json lists it, --help says how")
  }

  private func writeDraft(_ review: Review, of path: String) throws(Failure) {
    let own = ReviewFile.path(of: path)
    try SmallFile.replace(
      own, with: Array(ReviewFile.write(review.draft, of: path).utf8), mode: 0o644)
    let open = review.items.count(where: \.isOpen)
    try Output.lines([
      "\(own): \(open) \(open == 1 ? "entry awaits" : "entries await") a decision",
      ReviewWords(review, of: path).summary,
    ])
  }
}
