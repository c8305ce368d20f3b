import Display

/// Where the parts of the console lie at a size: panes fold into one another as it gets smaller.
struct ConsoleLayout {
  enum Shape { case tooSmall, line, single, stacked, wide, columns }

  struct Placed {
    var pane: Pane
    /// With its frame; rectangles of panes one above the other share a row.
    var rect: Rect
  }

  let shape: Shape
  var header = Rect(x: 0, y: 0, width: 0, height: 0)
  var hint = Rect(x: 0, y: 0, width: 0, height: 0)
  /// How a replay stands; empty where none is shown, or where there is no room beside the hints.
  var transport = Rect(x: 0, y: 0, width: 0, height: 0)
  var panes: [Placed] = []

  func rect(of pane: Pane) -> Rect? { panes.first { $0.pane == pane }?.rect }

  init(_ model: Model) {
    self.init(
      model.size, focus: model.focus, isZoomed: model.isZoomed, isReplay: model.playback != nil)
  }

  init(_ size: Size, focus: Pane, isZoomed: Bool, isReplay: Bool = false) {
    let (width, height) = (size.width, size.height)
    shape =
      if width < 20 || height < 3 { .tooSmall }  //
      else if width < 32 || height < 7 { .line } else if width < 64 || height < 18 {
        .single
      } else if width < 110 || height < 26 { .stacked } else if width < 200 { .wide } else {
        .columns
      }
    guard shape != .tooSmall, shape != .line else { return }
    let headerRows = shape == .single && height < 14 ? 1 : 2
    let parts = Rect(size).split(top: headerRows)
    header = parts.top
    var (body, hintRow) = parts.rest.split(bottom: 1)
    if isReplay, height < 12 {
      (transport, hintRow) = (hintRow, Rect(x: 0, y: 0, width: 0, height: 0))
    } else if isReplay {
      (body, transport) = body.split(bottom: 1)
    }
    hint = hintRow
    if isZoomed || shape == .single {
      panes = [Placed(pane: focus, rect: body)]
      return
    }
    switch shape {
    case .stacked: stack(body, focus)
    case .wide: wide(body)
    default: columns(body)
    }
  }

  /// Escalation, checklist and timeline one above the other; pane 1 takes the upper half while it has the focus.
  private mutating func stack(_ body: Rect, _ focus: Pane) {
    let timelineRows = max(4, (body.height * 3 + 4) / 10)
    let rest = body.height - timelineRows + 1
    if focus == .incident {
      panes = [Placed(pane: .incident, rect: body.split(top: rest).top)]
    } else {
      let escalationRows = (rest + 2) / 2
      panes = [
        Placed(pane: .escalation, rect: body.split(top: escalationRows).top),
        Placed(
          pane: .checklist,
          rect: Rect(
            x: body.x, y: body.y + escalationRows - 1, width: body.width,
            height: rest - escalationRows + 1)),
      ]
    }
    panes.append(
      Placed(
        pane: .timeline,
        rect: Rect(
          x: body.x, y: body.y + rest - 1, width: body.width, height: body.height - rest + 1)))
  }

  /// Incident over checklist on the left, escalation on the right, the timeline across the bottom.
  private mutating func wide(_ body: Rect) {
    let timelineRows = max(5, body.height * 2 / 5)
    let (upper, lower) = body.split(bottom: timelineRows)
    let (left, right) = upper.split(left: body.width * 9 / 20)
    let incidentRows = min(10, max(6, upper.height * 2 / 5))
    panes = [
      Placed(pane: .incident, rect: left.split(top: incidentRows).top),
      Placed(pane: .escalation, rect: right),
      Placed(
        pane: .checklist,
        rect: Rect(
          x: left.x, y: left.y + incidentRows - 1, width: left.width,
          height: left.height - incidentRows + 1)),
      Placed(pane: .timeline, rect: lower),
    ]
  }

  /// Three columns over the timeline.
  private mutating func columns(_ body: Rect) {
    let timelineRows = max(6, body.height * 2 / 5)
    let (upper, lower) = body.split(bottom: timelineRows)
    let (left, rest) = upper.split(left: upper.width * 5 / 20)
    let (middle, right) = rest.split(left: rest.width * 9 / 20)
    panes = [
      Placed(pane: .incident, rect: left), Placed(pane: .escalation, rect: right),
      Placed(pane: .checklist, rect: middle), Placed(pane: .timeline, rect: lower),
    ]
  }
}
