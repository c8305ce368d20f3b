import Display
import Engine
import Wording

extension Model {
  /// Whether what the wall shows may no longer be true: the store was not read, or the loop ran late.
  var staleness: (since: Timestamp, why: String)? {
    if let failure = health.failure, let read = health.read, present - read >= .seconds(5) {
      return (read, failure)
    }
    if let failure = health.failure, health.read == nil { return (present, failure) }
    if let read = health.read, present - read >= .seconds(5) {
      return (read, "the store could not be read")
    }
    if let late = health.lateBy, late >= .seconds(5), let at = health.lateAt {
      return (at - late, "this program ran \(InstantText.roughSpan(late)) late")
    }
    return nil
  }

  /// The wall, moved by one column every seven minutes so that nothing burns in.
  func drawShiftedWall(in frame: inout Frame) {
    guard size.width >= 60, size.height >= 12 else { return drawWall(in: &frame) }
    var inner = self
    inner.size.width -= 1
    var picture = Frame(inner.size, glyphs: glyphs)
    inner.drawWall(in: &picture)
    let isShifted = (now.milliseconds / 60_000 / 7) % 2 != 0
    if staleness != nil {
      frame.fill(Rect(x: 0, y: size.height - 1, width: size.width, height: 1), role: .wallStale)
    }
    frame.blit(picture, at: Point(x: isShifted ? 1 : 0, y: 0))
  }

  func drawWall(in frame: inout Frame) {
    guard size.width >= 20, size.height >= 3 else {
      frame.write("have \(size.width)x\(size.height)", at: .zero)
      frame.write("need 20x3", at: Point(x: 0, y: 1))
      return
    }
    let stale = staleness
    let bar = stale.map { staleBar(since: $0.since) }
    // What is told stands above the bar, which hides nothing.
    var inner = self
    inner.size.height -= bar.map { min($0.rows, max(0, size.height - 3)) } ?? 0
    var picture = Frame(inner.size, glyphs: glyphs)
    if incident == nil || incident?.isOpen == false && incidents.isEmpty {
      inner.drawQuietWall(in: &picture)
    } else {
      inner.drawBusyWall(in: &picture)
    }
    frame.blit(picture, at: .zero)
    if let stale, let bar { drawStale(stale.since, stale.why, bar, in: &frame) }
    if case .confirm(let question) = overlay {
      var popup = Popup(title: "Leave?", role: .dialogDanger)
      popup.add(question.question)
      for line in question.consequences { popup.add(line) }
      popup.add("y leaves · any other key stays")
      popup.draw(in: &frame, Rect(size))
    }
  }

  private func staleText(since: Timestamp) -> String { "STALE SINCE \(clock.minute(since))" }

  /// In which letters, and in how many rows, it is said that the screen is stale.
  private func staleBar(since: Timestamp) -> (letters: Lettering, rows: Int) {
    let fitting = Lettering.largest(
      for: staleText(since: since), width: size.width - 2, rows: max(1, size.height / 5))
    let letters = fitting.map { $0.lines.count == 1 ? $0.lettering : .plain } ?? .plain
    return (letters, letters.rows + (letters.rows > 1 ? 2 : 0))
  }

  /// A bar as tall as a headline: what stands above it may no longer be true.
  private func drawStale(
    _ since: Timestamp, _ why: String, _ bar: (letters: Lettering, rows: Int),
    in frame: inout Frame
  ) {
    frame.restyle(Rect(size), role: .ageStale)
    let area = Rect(x: 0, y: size.height - bar.rows, width: size.width, height: bar.rows)
    frame.fill(area, role: .wallStale)
    guard bar.letters.rows > 1 else {
      let line = " STALE since \(clock.time(since)) \(glyphs.separator) \(why)"
      frame.write(line, at: area.origin, width: area.width, role: .wallStale)
      return
    }
    frame.write(
      staleText(since: since), in: bar.letters, at: Point(x: 1, y: area.y), role: .wallStale)
    frame.write(
      "last read \(clock.time(since)) \(clock.abbreviation(since)) \(glyphs.separator) \(why)",
      at: Point(x: 1, y: area.maxY - 1), width: area.width - 2, role: .wallStale)
  }
}
