import Dashboard
import Display
import Engine
import EventLog
import Glibc
import Procedures
import Terminal
import Themes

/// What the model asks for, done.
extension ScreenSession {
  /// Does what the model asks for; true when the screen is to be left.
  mutating func perform(
    _ terminal: inout TerminalHandle, _ jobs: Mailbox<Job>, _ answers: Mailbox<Message>,
    _ deliveries: DeliveryWorkers
  ) -> Bool {
    while !effects.isEmpty {
      let asked = effects
      effects = []
      for effect in asked {
        switch effect {
        case .append(let appending): jobs.post(.append(appending))
        case .deliver(let due): deliveries.start(due)
        case .recordFirings(let drafts):
          if let incident = model.incident {
            jobs.post(.firings(incident: incident.id, drafts, incident.pace))
          }
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
          let result = terminal.copy(Sanitizer.clean(text, .multiLine))
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
    let maker = ReportMaker(
      place: store.place, incident: model.incident?.id, vantage: model.playback?.vantage,
      width: width)
    attempt { _ throws(Failure) in
      let worker = try Worker { answers.post(.report(report, maker.lines(of: report))) }
      worker.detach()
    }
  }

  mutating func attempt(_ body: (inout Self) throws(Failure) -> Void) {
    do throws(Failure) { try body(&self) } catch {
      effects += model.update(.told(error.message, isError: true), at: WallClock.now)
    }
  }

  var notificationWay: NotificationWay {
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

  mutating func lookAtTheme() {
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
