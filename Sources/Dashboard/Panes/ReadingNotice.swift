package import Display

extension Model {
  /// What stands on the screen while a long log is read for the first time: which one, and how far.
  package func readingFrame(of id: String, part: Double, size: Size) -> Frame {
    var frame = Frame(size, glyphs: glyphs)
    guard !size.isEmpty else { return frame }
    let percent = Int((min(max(part, 0), 1) * 100).rounded(.down))
    let y = size.height / 2
    let width = min(size.width, 60)
    let x = (size.width - width) / 2
    frame.write("Reading \(id)  \(percent) %", at: Point(x: x, y: y), width: width, role: .text)
    guard size.height > y + 1 else { return frame }
    let bar = glyphs.progress(percent, of: 100, width: width)
    frame.write(bar.fill, at: Point(x: x, y: y + 1), role: .progressFill)
    frame.write(bar.rest, at: Point(x: x + bar.fill.count, y: y + 1), role: .progressRest)
    return frame
  }
}
