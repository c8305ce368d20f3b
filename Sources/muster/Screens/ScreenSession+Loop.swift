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
    let (home, actor) = (store.home, actor)
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
        model.screen == .wall
        ? nil
        : try Worker {
          var recorder = Recorder(home: home, actor: actor, answers: answers, declared: declared)
          recorder.run(jobs)
        }
    } catch {
      worker = nil
      _ = model.update(.readOnly(true), at: WallClock.now)
    }
    var view = KeptView()
    if model.screen == .console {
      effects += model.update(.remembered(History.lines()), at: WallClock.now)
      if let message = view.read() { effects += model.update(message, at: WallClock.now) }
    }
    if model.screen == .console, let why = terminal.obstacle(to: notificationWay) {
      effects += model.update(.told(why, isError: false), at: WallClock.now)
    }
    loop(&terminal, answers, declared, jobs)
    terminal.leave()
    Output.listener.withLock { $0 = nil }
    if model.screen == .console { view.write(model.viewState) }
    // What was asked to be recorded is recorded, also when the terminal has gone.
    jobs.post(.stop)
    if let worker { worker.join() }
    for message in answers.take() {
      if case .notRecorded(_, let why) = message { Output.complain(Self.words(why)) }
    }
  }

  private static func words(_ why: NotRecorded) -> String {
    switch why {
    case .rejected(let rejection): rejection.text(clock: Clock(zone: .utc))
    case .refused(let text), .failed(let text), .kept(let text), .unknown(let text): text
    }
  }

  private mutating func loop(
    _ terminal: inout TerminalHandle, _ answers: Mailbox<Message>, _ declared: Mailbox<String>,
    _ jobs: Mailbox<Job>
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
    var isDone = perform(&terminal, jobs, answers)
    var owesLook = false
    while !isDone {
      var descriptors = [answers.descriptor, declared.descriptor]
      if let notices = shown?.follower.descriptor { descriptors.append(notices) }
      let wakeUps = terminal.wait(for: descriptors, timeout: tick.timeout(at: WallClock.now))
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
        second(tick.count, late)
      }
      isDone = perform(&terminal, jobs, answers)
      if terminal.isGone { isDone = true }
      if !isDone { terminal.present(model.frame(size: model.size), sheet) }
    }
  }

  /// Whether it is time for darker colours.
  private var isDim: Bool {
    guard let dim else { return false }
    let local = model.clock.zone.localTime(at: model.now)
    return dim.contains(minute: local.hour * 60 + local.minute)
  }

  /// What is done once a second: the log is looked at even where no notice came.
  private mutating func second(_ count: Int, _ late: Duration) {
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

  /// Does what the model asks for; true when the screen is to be left.
  private mutating func perform(
    _ terminal: inout TerminalHandle, _ jobs: Mailbox<Job>, _ answers: Mailbox<Message>
  ) -> Bool {
    while !effects.isEmpty {
      let asked = effects
      effects = []
      for effect in asked {
        switch effect {
        case .append(let appending): jobs.post(.append(appending))
        case .recordFirings(let drafts):
          if let id = model.incident?.id { jobs.post(.firings(incident: id, drafts)) }
        case .load(let range):
          if let id = model.incident?.id { load(id, range, jobs) }
        case .declare(let title, let severity):
          jobs.post(.declare(title: title, severity: severity))
        case .open(let id): attempt { session throws(Failure) in try session.show(id) }
        case .list: attempt { session throws(Failure) in try session.look() }
        case .bell: terminal.bell()
        case .notify(let text): terminal.notify(text, by: notificationWay)
        case .title(let title): terminal.setTitle(title)
        case .repaint: terminal.repaint()
        case .suspend: terminal.suspend()
        case .report(let report, let width): make(report, width, answers)
        case .copy(let text):
          let result = terminal.copy(text)
          effects += model.update(.told(result.sentence, isError: false), at: WallClock.now)
        case .theme(let name): choose(name)
        case .bare: bare(&terminal)
        case .edit(let text): edit(text, &terminal)
        case .remember(let line): History.append(line)
        case .quit: return true
        }
      }
    }
    return false
  }

  /// Has a report made on a thread of its own: nothing that is to be recorded waits for it.
  private mutating func make(_ report: Report, _ width: Int, _ answers: Mailbox<Message>) {
    let maker = ReportMaker(home: store.home, incident: model.incident?.id, width: width)
    attempt { _ throws(Failure) in
      let worker = try Worker { answers.post(.report(report, maker.lines(of: report))) }
      worker.detach()
    }
  }

  private mutating func attempt(_ body: (inout Self) throws(Failure) -> Void) {
    do throws(Failure) { try body(&self) } catch {
      effects += model.update(.told(error.message, isError: true), at: WallClock.now)
    }
  }

  private var notificationWay: NotificationWay {
    NotificationWay(rawValue: store.user.notify) ?? .none
  }

  private mutating func choose(_ name: String) {
    do throws(ThemeError) {
      try theme.choose(name)
      effects += model.update(.told("the theme is \(name)", isError: false), at: WallClock.now)
    } catch {
      effects += model.update(.told("\(error)", isError: true), at: WallClock.now)
    }
  }

  private mutating func lookAtTheme() {
    do throws(ThemeError) {
      guard try theme.lookAgain() else { return }
      effects += model.update(.told("the theme was read again", isError: false), at: WallClock.now)
    } catch {
      effects += model.update(
        .told("\(error); the theme stays as it was", isError: true), at: WallClock.now)
    }
  }

  /// The wall has no second thread: it reads older entries itself.
  private mutating func load(_ id: String, _ range: ClosedRange<Int>, _ jobs: Mailbox<Job>) {
    guard model.screen == .wall else { return jobs.post(.load(incident: id, range)) }
    var found: [RecordedEvent] = []
    do throws(LogError) {
      _ = try store.store.reader(of: id).read(at: WallClock.now) { event in
        if range.contains(event.sequence) { found.append(event.compacted()) }
      }
    } catch {
      effects += model.update(.readFailed(error.description), at: WallClock.now)
    }
    effects += model.update(.loaded(found), at: WallClock.now)
  }

  /// Lets the words be edited in the person's editor; they stay as they are where it fails.
  private mutating func edit(_ text: String, _ terminal: inout TerminalHandle) {
    let editor = environment("VISUAL") ?? environment("EDITOR") ?? "vi"
    var path = Array("\(environment("TMPDIR") ?? "/tmp")/muster-words-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else {
      effects += model.update(
        .told("no file for the editor: \(String(cString: strerror(errno)))", isError: true),
        at: WallClock.now)
      return
    }
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(name) }
    var words = text + "\n"
    let isWritten = words.withUTF8 { write(file, $0.baseAddress, $0.count) == $0.count }
    close(file)
    let command = editor.split(separator: " ").map(String.init) + [name]
    guard isWritten, terminal.run(command) == 0, var bytes = Settings.bytes(name) else {
      effects += model.update(
        .told("\(editor) did not end well; the words are as they were", isError: true),
        at: WallClock.now)
      return
    }
    while bytes.last == 10 || bytes.last == 13 { bytes.removeLast() }
    effects += model.update(.edited(String(decoding: bytes, as: UTF8.self)), at: WallClock.now)
  }

  /// Leaves the screen and prints it as plain text, so that anything can be picked with the mouse.
  private mutating func bare(_ terminal: inout TerminalHandle) {
    terminal.leave()
    let text = model.plainText
    do throws(Failure) {
      try Output.write(Array((text + "\n-- Enter goes back to the console --\n").utf8), to: 1)
    } catch {
      effects += model.update(.told(error.message, isError: true), at: WallClock.now)
    }
    var byte: UInt8 = 0
    while read(0, &byte, 1) == 1, byte != 10 {}
    terminal.enter()
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

/// When the next second begins, and how late one was noticed.
struct Ticker {
  private var next: Timestamp
  private(set) var count = 0

  init(at now: Timestamp) {
    next = Self.boundary(after: now)
  }

  private static func boundary(after now: Timestamp) -> Timestamp {
    Timestamp(milliseconds: (now.milliseconds / 1000 + 1) * 1000)
  }

  func timeout(at now: Timestamp) -> Duration { max(.zero, next - now) }

  /// How late the second was noticed, once for each; nil before it has passed.
  mutating func passed(at now: Timestamp) -> Duration? {
    // A clock that was put back would leave the screen standing still.
    if next - now > .seconds(2) { next = Self.boundary(after: now) }
    guard now >= next else { return nil }
    let late = now - next
    next = Self.boundary(after: now)
    count &+= 1
    return late
  }
}
