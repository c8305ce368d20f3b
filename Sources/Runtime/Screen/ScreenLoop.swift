package import Dashboard
import Display
import Engine

/// The loop of one screen: keys, seconds and what the crew tells become messages; frames go to the surface.
///
/// One thread owns the model and the surface, and it never waits for anything but them.
package struct ScreenLoop {
  package private(set) var model: Model
  let surface: any Surface
  let crew: any Crew
  let answers: Mailbox<Answer>
  private let time: any Timekeeper
  /// When the screen is to be darker, asked once for each frame.
  private let isDim: (Model) -> Bool
  /// What is still to be done because of messages.
  var effects: [Effect]
  private var ticker: Ticker
  private var isOver = false

  /// `effects` are what is to be done first.
  package init(
    _ model: Model, on surface: any Surface, crew: any Crew, answers: Mailbox<Answer>,
    time: any Timekeeper, effects: [Effect], isDim: @escaping (Model) -> Bool = { _ in false }
  ) {
    self.model = model
    self.surface = surface
    self.crew = crew
    self.answers = answers
    self.time = time
    self.effects = effects
    self.isDim = isDim
    ticker = Ticker(at: time.now)
  }

  /// How often a replay that plays is drawn.
  private static let playingFrame = Duration.milliseconds(100)

  /// How long the first frame waits for something to show.
  private static let patience = Duration.milliseconds(150)

  /// Runs until somebody leaves or the surface is gone.
  package mutating func run() {
    update(.resized(surface.size))
    perform()
    let limit = ContinuousClock.now + Self.patience
    while !isOver, !model.hasBegun, case let rest = limit - .now, rest > .zero {
      step(timeout: rest, draws: false)
    }
    present()
    while !isOver {
      let second = ticker.timeout(at: time.now)
      let isPlaying = model.playback?.isPlaying == true
      step(timeout: isPlaying ? min(second, Self.playingFrame) : second, draws: true)
    }
  }

  /// Waits once, takes in what came, and does what follows from it.
  private mutating func step(timeout: Duration, draws: Bool) {
    var hasKeys = false
    for event in surface.wait(for: [answers.descriptor], timeout: timeout) {
      switch event {
      case .keys(let keys):
        update(.keys(keys))
        hasKeys = true
      case .descriptor: takeAnswers()
      case .resized(let size): update(.resized(size))
      case .continued: break
      case .stop: surface.suspend()
      case .left: isOver = true
      }
    }
    if surface.isGone { isOver = true }
    guard !isOver else { return }
    // A key is answered before a program is run for it.
    if hasKeys, draws { present() }
    passSecond()
    perform()
    if surface.isGone { isOver = true }
    if !isOver, draws { present() }
  }

  private mutating func takeAnswers() {
    var entries: (events: [RecordedEvent], incident: String) = ([], "")
    for answer in answers.take() {
      // What lies here of one log is taken in as one.
      if case .message(.recorded(let events, let id)) = answer {
        if id != entries.incident { passOn(&entries) }
        entries = (entries.events + events, id)
        continue
      }
      passOn(&entries)
      switch answer {
      case .message(let message): update(message)
      case .theme(let theme, let words):
        surface.use(theme)
        if let words { update(.told(words, isError: false)) }
      }
    }
    passOn(&entries)
  }

  private mutating func passOn(_ entries: inout (events: [RecordedEvent], incident: String)) {
    guard !entries.events.isEmpty else { return }
    update(.recorded(entries.events, in: entries.incident))
    entries.events = []
  }

  private mutating func passSecond() {
    if let late = ticker.passed(at: time.now) {
      // Some of it did not ring.
      takeAnswers()
      if late >= .seconds(5), model.playback == nil { update(.late(late)) }
      update(.tick)
    } else if model.playback?.isPlaying == true {
      update(.tick)
    }
  }

  mutating func update(_ message: Message) {
    effects += model.update(message, at: time.now)
  }

  private func present() { surface.present(model.frame(size: model.size), isDim: isDim(model)) }

  mutating func leave() { isOver = true }

  /// What is still to be kept of what was being written.
  package mutating func unkeptDrafts() -> [Effect] { model.keepDrafts() }
}
