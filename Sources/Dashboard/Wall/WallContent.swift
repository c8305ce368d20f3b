import Display
import Engine
import Wording

/// What the wall says of the incident it shows, in the order of how far away each has to be read.
struct WallContent: Hashable {
  /// What broke.
  var headline: String
  /// How late, or how long there is: the number alone.
  var digits: String
  /// What the number counts: `MIN OVER`, `H:MIN LEFT`, `MIN RUNNING`.
  var unit: String
  /// Whom to call, or what is due.
  var call: String
  /// The number to call; nil where nobody is to be called.
  var number: String?
  /// Details beside it: nobody reached, the rule.
  var reasons: [String]
  /// Whether the number is bad news: drawn between bars.
  var isLoud: Bool
  var others: Int
  var entries: Int

  /// A span as the wall writes it: two figures at most, and their unit in words.
  static func figures(_ span: Duration) -> (digits: String, unit: String) {
    let seconds = Int(span.wholeSeconds.magnitude)
    switch seconds {
    case ..<60: return ("\(seconds)", "SEC")
    case ..<6000: return ("\(seconds / 60)", "MIN")
    case ..<172_800:
      let minutes = seconds / 60 % 60
      return ("\(seconds / 3600):\(minutes < 10 ? "0" : "")\(minutes)", "H:MIN")
    default: return ("\(seconds / 86_400)", "DAYS")
    }
  }
}

extension Model {
  /// What share of a wall's cells belongs to what must be read from far away: what broke, how late, whom to call.
  package var wallShareOfGreatThings: Double {
    incident.map { WallLayout(size, wallContent($0)).shareOfGreatThings } ?? 0
  }

  func wallContent(_ incident: Incident) -> WallContent {
    let others = incidents.count { $0.isOpen && $0.id != incident.id }
    var content = WallContent(
      headline: incident.shownTitle.isEmpty ? incident.id : incident.shownTitle, digits: "",
      unit: "",
      call: "", reasons: [], isLoud: false, others: others, entries: timeline.rows.count)
    guard let next, let left = next.remaining(at: now) else {
      if let running = incident.clock {
        let span = running.elapsed(at: now)
        (content.digits, content.unit) = WallContent.figures(span)
        content.unit += running.end == nil ? " RUNNING" : " IN ALL"
      }
      // What is owed later, without a clock, asks for nobody now.
      let byHand = next.flatMap { $0.step == nil ? nil : text(of: $0).label }
      content.call = stepWithoutClock?.words(at: now) ?? byHand ?? "Nothing is due"
      return content
    }
    let words = text(of: next)
    let isOver = left <= .zero
    (content.digits, content.unit) = WallContent.figures(
      isOver ? left : left + .milliseconds(999))
    content.unit += isOver ? " OVER" : " LEFT"
    content.isLoud = next.isLoud
    let call = callee(of: next)
    content.call = call?.what ?? words.label
    content.number = call?.number
    let noNumber = call != nil && call?.number == nil ? Self.noNumber : nil
    content.reasons = [
      [noNumber, call?.role, words.reason].compactMap { $0 }.joined(separator: "  ")
    ]
    return content
  }
}
