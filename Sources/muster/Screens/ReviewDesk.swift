package import Dashboard
package import Display
import Engine
import Glibc
package import Procedures
import Runtime
import Synchronization
import Terminal
import Themes

/// Keeps what is decided in a review at once, and reads again what others have changed meanwhile.
package struct ReviewDesk {
  package private(set) var review: Review
  private var document: ProcedureDocument?
  private let path: String
  /// The decisions as they were read or written last.
  private var kept: [UInt8]?

  package init(_ loaded: ProcedureLoader.Loaded, _ review: Review) {
    self.review = review
    document = loaded.document
    path = loaded.procedure.source.path
    kept = Settings.bytes(ReviewFile.path(of: path), limit: ReviewFile.limit)
  }

  // MARK: - What a screen shows

  package func screen(_ size: Size, _ glyphs: Glyphs) -> ReviewScreen {
    var screen = ReviewScreen(
      DocumentPage(name: "", rows: [], lines: []), items: items, summary: summary,
      forms: ReviewWords.forms, size: size, glyphs: glyphs)
    screen = ReviewScreen(
      page(width: screen.textWidth), items: items, summary: summary, forms: ReviewWords.forms,
      size: size, glyphs: glyphs)
    return screen
  }

  private func page(width: Int) -> DocumentPage {
    guard let document else {
      return DocumentPage(name: DocumentMaker.name(path), rows: [], lines: [])
    }
    return DocumentPage(document, path: path, width: width)
  }

  private var summary: String {
    String(ReviewWords(review, of: path).summary.trimmingPrefix("Reviewed: "))
  }

  private var items: [ReviewItem] {
    review.items.map { item in
      let decision = item.decision
      let own = decision.rules.joined(separator: "; ")
      let kind: ReviewItem.Kind =
        switch item.subject {
        case .rule: .rule
        case .remark(let remark): .remark(remark.kind.rawValue)
        case .lost: .lost
        }
      let read = kind == .lost ? own : decision.read ?? decision.remark ?? own
      return ReviewItem(
        line: decision.line, kind: kind, text: read, verdict: .init(decision.verdict),
        rules: kind == .lost ? [] : decision.rules)
    }
  }

  // MARK: - Deciding

  /// Does what a screen asks for; true: it is to be left.
  package mutating func perform(
    _ effect: ReviewScreen.Effect, for screen: inout ReviewScreen
  ) -> Bool {
    switch effect {
    case .decide(let items, let verdict, let rules):
      keep(for: &screen) { review throws(RuleProblem) in
        try review.deciding(items, .init(verdict), rules: rules)
      }
    case .add(let rules, let line):
      keep(for: &screen) { review throws(RuleProblem) in try review.adding(rules, line: line) }
    case .layOut(let width): screen.take(page(width: width))
    case .repaint, .suspend: break
    case .quit: return true
    }
    return false
  }

  private mutating func keep(
    for screen: inout ReviewScreen,
    _ decide: (Review) throws(RuleProblem) -> [ReviewDecision]
  ) {
    let decisions: [ReviewDecision]
    do throws(RuleProblem) { decisions = try decide(review) } catch {
      return screen.refuse(error.text)
    }
    let own = ReviewFile.path(of: path)
    let isForeign = Settings.bytes(own, limit: ReviewFile.limit) != kept
    do throws(Failure) {
      if !isForeign { kept = try Self.write(decisions, of: path) }
      if isForeign || Settings.bytes(path, limit: ProcedureDocument.limit) != document?.bytes {
        try readAgain()
      } else {
        review = review.applying(decisions)
      }
    } catch {
      return screen.refuse(error.message)
    }
    screen.take(items, summary: summary, page: page(width: screen.textWidth))
    if isForeign { screen.refuse("\(own) was changed elsewhere and reloaded: decide again") }
  }

  /// Replaces the decisions about a document, and answers their bytes; who may read the file stays as it was.
  @discardableResult
  static func write(_ decisions: [ReviewDecision], of path: String) throws(Failure) -> [UInt8] {
    let own = ReviewFile.path(of: path)
    var status = stat()
    let mode = stat(own, &status) == 0 ? status.st_mode & 0o777 : 0o644
    let bytes = Array(ReviewFile.write(decisions, of: path).utf8)
    guard bytes.count <= ReviewFile.limit else {
      throw Failure(
        .no, "\(own): would exceed the limit of \(ReviewFile.limit) bytes; nothing was written")
    }
    try SmallFile.replace(own, with: bytes, mode: mode)
    return bytes
  }

  private mutating func readAgain() throws(Failure) {
    do throws(ProcedureError) {
      let loaded = try ProcedureLoader.load(path)
      if let failure = loaded.review?.failure { throw failure }
      review = loaded.review ?? review
      document = loaded.document
      kept = Settings.bytes(ReviewFile.path(of: path), limit: ReviewFile.limit)
    } catch {
      throw Failure(.no, error.description)
    }
  }

  // MARK: - On a terminal

  /// Runs until somebody leaves or the terminal is gone.
  mutating func run(ascii: Bool, theme name: String) throws(Failure) {
    let theme: ScreenTheme
    do throws(ThemeError) { theme = try ScreenTheme(name) } catch {
      throw Failure(.usage, "\(error)")
    }
    let surface = try TerminalSurface(
      TerminalOptions(ascii: ascii, mouse: false), theme, .none)
    // Standard error is the screen's own terminal; what cannot be read is told when a decision meets it.
    Output.listener.withLock { $0 = { _ in } }
    defer {
      surface.leave()
      Output.listener.withLock { $0 = nil }
    }
    var screen = screen(surface.size, surface.glyphs)
    surface.present(screen.frame, isDim: false)
    while !surface.isGone {
      for event in surface.wait(for: [], timeout: .seconds(3600)) {
        if take(event, for: &screen, on: surface) { return }
      }
      surface.present(screen.frame, isDim: false)
    }
  }

  private mutating func take(
    _ event: SurfaceEvent, for screen: inout ReviewScreen, on surface: TerminalSurface
  ) -> Bool {
    switch event {
    case .keys(let keys):
      // One key at a time: each acts on the state that the key before it left.
      for key in keys {
        for effect in screen.update([key]) {
          if effect == .repaint { surface.repaint() }
          if effect == .suspend { surface.suspend() }
          if perform(effect, for: &screen) { return true }
        }
      }
    case .resized(let size):
      for effect in screen.resized(to: size) { _ = perform(effect, for: &screen) }
    case .stop: surface.suspend()
    case .left: return true
    case .descriptor, .continued: break
    }
    return false
  }
}

extension ReviewItem.Verdict {
  fileprivate init(_ verdict: ReviewDecision.Verdict) {
    switch verdict {
    case .open: self = .open
    case .confirmed: self = .confirmed
    case .struck: self = .struck
    case .corrected: self = .corrected
    case .added: self = .added
    }
  }
}

extension ReviewDecision.Verdict {
  fileprivate init(_ verdict: ReviewItem.Verdict) {
    switch verdict {
    case .open: self = .open
    case .confirmed: self = .confirmed
    case .struck: self = .struck
    case .corrected: self = .corrected
    case .added: self = .added
    }
  }
}
