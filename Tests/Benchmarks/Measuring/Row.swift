/// One line of the table: a figure of ours, what it is compared with, and what it has to reach.
struct Row {
  var what: String
  var ours: String
  var peer: String
  /// The figure that is judged, as printed.
  var figure: String
  var must: String
  var aim: String
  var verdict: Verdict

  enum Verdict: String {
    case aim, must, missed, shown = "-"
  }

  /// A figure that is to stay at or below its limits.
  init(
    _ what: String, ours: String, peer: String = "", figure: Double, unit: String = "",
    atMost must: Double?, aim: Double? = nil
  ) {
    self.init(
      what, ours: ours, peer: peer, figure: figure, unit: unit, sign: "<=", must: must, aim: aim
    ) { $0 <= $1 }
  }

  /// A figure that is to reach its limits.
  init(
    _ what: String, ours: String, peer: String = "", figure: Double, unit: String = "",
    atLeast must: Double?, aim: Double? = nil
  ) {
    self.init(
      what, ours: ours, peer: peer, figure: figure, unit: unit, sign: ">=", must: must, aim: aim
    ) { $0 >= $1 }
  }

  private init(
    _ what: String, ours: String, peer: String, figure: Double, unit: String, sign: String,
    must: Double?, aim: Double?, holds: (Double, Double) -> Bool
  ) {
    self.what = what
    self.ours = ours
    self.peer = peer
    self.figure = figure.short + unit
    self.must = must.map { "\(sign) \($0.short)\(unit)" } ?? ""
    self.aim = aim.map { "\(sign) \($0.short)\(unit)" } ?? ""
    let aimHolds = aim.map { holds(figure, $0) } ?? true
    if let must {
      verdict = !holds(figure, must) ? .missed : aimHolds ? .aim : .must
    } else {
      verdict = .shown
    }
  }
}

extension Double {
  /// Three significant digits, as short as they go.
  var short: String {
    guard isFinite else { return "?" }
    let magnitude = abs(self)
    let places: Double =
      magnitude >= 99.95 ? 1 : magnitude >= 9.995 ? 10 : magnitude >= 0.9995 ? 100 : 1000
    let scaled = (self * places).rounded()
    if places == 1 || scaled.truncatingRemainder(dividingBy: places) == 0 {
      return String(Int(scaled / places))
    }
    return String(scaled / places)
  }
}
