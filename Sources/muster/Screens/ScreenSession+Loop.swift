import Dashboard
import Display
import Engine
import EventLog
import Glibc
import Procedures
import Synchronization
import Terminal
import Themes

extension ScreenSession {
  /// Runs the screen until somebody leaves or the terminal is gone.
  ///
  /// One thread owns the terminal and the model; appending goes on beside it.
  mutating func run(mouse: Bool) throws(Failure) {
    let answers = try Mailbox<Message>()
    let declared = try Mailbox<String>()
    let jobs = try Mailbox<Job>()
    let deliveries = try DeliveryWorkers(home: store.place.home, answers: answers)
    let (place, actor) = (store.place, actor)
    var terminal: TerminalHandle
    do throws(TerminalError) {
      terminal = try TerminalHandle(TerminalOptions(ascii: options.ascii, mouse: mouse))
    } catch {
      throw Failure(.usage, "\(error); --dump 80x24 prints one frame as text")
    }
    // Standard error is the screen's own terminal.
    Output.listener.withLock { $0 = { answers.post(.told($0, isError: true)) } }
    defer { Output.listener.withLock { $0 = nil } }
    model.glyphs = terminal.glyphs
    let (blank, sheet) = (model, theme.theme.sheet(for: terminal.tier))
    try begin { id, part in
      terminal.present(blank.readingFrame(of: id, part: part, size: terminal.size), sheet)
    }
    let worker: Worker?
    do throws(Failure) {
      worker =
        model.screen == .wall || replay != nil
        ? nil
        : try Worker {
          var recorder = Recorder(
            place: place, actor: actor, answers: answers, declared: declared)
          recorder.run(jobs)
        }
    } catch {
      worker = nil
      _ = model.update(.readOnly(true), at: WallClock.now)
    }
    var view = KeptView()
    if isLiveConsole {
      effects += model.update(.remembered(History.lines()), at: WallClock.now)
      if let message = view.read() { effects += model.update(message, at: WallClock.now) }
    }
    if isLiveConsole, let why = terminal.obstacle(to: notificationWay) {
      effects += model.update(.told(why, isError: false), at: WallClock.now)
    }
    loop(&terminal, answers, declared, jobs, deliveries)
    terminal.leave()
    Output.listener.withLock { $0 = nil }
    if isLiveConsole { view.write(model.viewState) }
    // What was asked to be recorded is recorded, also when the terminal has gone.
    jobs.post(.stop)
    if let worker { worker.join() }
    deliveries.wait()
    for message in answers.take() {
      if case .notRecorded(_, let why) = message { Output.complain(Self.words(why)) }
    }
  }

  private var isLiveConsole: Bool { model.screen == .console && replay == nil }

  private static func words(_ why: NotRecorded) -> String {
    switch why {
    case .rejected(let rejection): rejection.text(clock: Clock(zone: .utc))
    case .refused(let text), .failed(let text), .kept(let text), .unknown(let text): text
    }
  }

  private mutating func loop(
    _ terminal: inout TerminalHandle, _ answers: Mailbox<Message>, _ declared: Mailbox<String>,
    _ jobs: Mailbox<Job>, _ deliveries: DeliveryWorkers
  ) {
    let tier = terminal.tier
    var sheets = Sheets(theme, tier)
    var sheet: StyleSheet {
      if sheets.version != theme.version { sheets = Sheets(theme, tier) }
      return isDim ? sheets.dim : sheets.full
    }
    effects += model.update(.resized(terminal.size), at: WallClock.now)
    var tick = Ticker(at: WallClock.now)
    terminal.present(model.frame(size: model.size), sheet)
    var isDone = perform(&terminal, jobs, answers, deliveries)
    var owesLook = false
    while !isDone {
      var descriptors = [answers.descriptor, declared.descriptor]
      if let notices = shown?.follower.descriptor { descriptors.append(notices) }
      let isPlaying = model.playback?.isPlaying == true
      let second = tick.timeout(at: WallClock.now)
      let wakeUps = terminal.wait(
        for: descriptors, timeout: isPlaying ? min(second, Self.playingFrame) : second)
      var mustFollow = false
      for wakeUp in wakeUps {
        switch wakeUp {
        case .input:
          effects += model.update(.keys(terminal.readKeys()), at: WallClock.now)
          if terminal.isGone { isDone = true }
        case .descriptor(answers.descriptor):
          for message in answers.take() {
            if case .appended = message { mustFollow = true }
            effects += model.update(message, at: WallClock.now)
          }
        case .descriptor(declared.descriptor):
          for id in declared.take() { effects.append(.open(id)) }
        case .descriptor: mustFollow = true
        case .resized(let size): effects += model.update(.resized(size), at: WallClock.now)
        case .continued: break
        case .signal(.stop): terminal.suspend()
        case .signal, .gone: isDone = true
        }
      }
      if isDone { break }
      // A key is answered before any file is looked at.
      if wakeUps.contains(.input) { terminal.present(model.frame(size: model.size), sheet) }
      if mustFollow, shown?.follower.changed() == true { owesLook = true }
      // The notice of our own line comes before its sync; it is shown after it.
      if owesLook, !model.isRecording {
        owesLook = false
        follow()
      }
      if let late = tick.passed(at: WallClock.now) {
        self.second(tick.count, late)
      } else if isPlaying {
        effects += model.update(.tick, at: WallClock.now)
      }
      isDone = perform(&terminal, jobs, answers, deliveries)
      if terminal.isGone { isDone = true }
      if !isDone { terminal.present(model.frame(size: model.size), sheet) }
    }
  }

  /// How often a replay that plays is drawn.
  private static let playingFrame = Duration.milliseconds(100)

  /// Whether it is time for darker colours.
  private var isDim: Bool {
    guard let dim else { return false }
    let local = model.clock.zone.localTime(at: model.now)
    return dim.contains(minute: local.hour * 60 + local.minute)
  }

  /// What is done once a second: the log is looked at even where no notice came.
  private mutating func second(_ count: Int, _ late: Duration) {
    guard replay == nil else {
      if count % 3 == 0 { lookAtTheme() }
      effects += model.update(.tick, at: WallClock.now)
      return
    }
    if late >= .seconds(5) { effects += model.update(.late(late), at: WallClock.now) }
    if let shown {
      if shown.follower.changed() || model.health.failure != nil {
        follow()
      } else {
        effects += model.update(.looked, at: WallClock.now)
        // What was no news yet may have stood long enough by now.
        judge()
      }
    }
    if count % 3 == 0 || shown == nil {
      do throws(Failure) { try look() } catch {
        effects += model.update(.readFailed(error.message), at: WallClock.now)
      }
    }
    if count % 3 == 0 { lookAtTheme() }
    attempt { session throws(Failure) in try session.rotate(atSecond: count) }
    effects += model.update(.tick, at: WallClock.now)
  }
}

/// The styles of a theme for one terminal.
private struct Sheets {
  let full: StyleSheet
  let dim: StyleSheet
  let version: Int

  init(_ theme: ScreenTheme, _ tier: ColorTier) {
    full = theme.theme.sheet(for: tier)
    dim = theme.theme.dimmedSheet(for: tier)
    version = theme.version
  }
}
