import Engine
import YAML

extension SchemaFields {
  /// Seconds under any of the names; a range gives its end in `maximum`, as does `max_seconds`.
  func span(
    _ names: String...
  ) throws(ProcedureError) -> (seconds: Int, maximum: Int?)? {
    let stated = try value(anyOf: names)
    let later = try value("max_seconds")
    guard let stated else {
      if let later {
        throw context.error(
          at: later, "'max_seconds' without '\(names[0])' in \(subject)",
          remedy: "state '\(names[0])' too")
      }
      return nil
    }
    guard case .seconds(let seconds, var maximum) = try allowance(of: stated) else {
      throw context.error(
        at: stated, "business time is not possible here: '\(stated.shown)'",
        remedy: "write a span such as 30m or 2h")
    }
    if let later {
      guard maximum == nil, case .seconds(let end, nil) = try allowance(of: later), end >= seconds
      else {
        throw context.error(
          at: later, "'max_seconds' of \(subject) must be later than its beginning, stated once",
          remedy: "correct it")
      }
      maximum = end
    }
    return (seconds, maximum)
  }

  /// An allowance under any of the names, or as `business_days`, `business_hours`.
  func allowance(_ names: String...) throws(ProcedureError) -> Allowance? {
    let days = try integer("business_days", in: 0...1000)
    let hours = try integer("business_hours", in: 0...1000)
    let stated = try value(anyOf: names)
    guard (stated == nil ? 0 : 1) + (days == nil ? 0 : 1) + (hours == nil ? 0 : 1) <= 1 else {
      throw context.error(
        at: node, "\(subject) has two times", remedy: "keep one of them")
    }
    if let days { return .businessDays(days) }
    if let hours { return .businessHours(hours) }
    guard let value = stated else { return nil }
    let allowance = try allowance(of: value)
    guard let later = try self.value("max_seconds") else { return allowance }
    guard case .seconds(let seconds, nil) = allowance,
      case .seconds(let end, nil) = try self.allowance(of: later), end >= seconds
    else {
      throw context.error(
        at: later, "'max_seconds' of \(subject) must be later than its beginning, stated once",
        remedy: "correct it")
    }
    return .seconds(seconds, maximum: end)
  }

  func allowance(of value: YAMLNode) throws(ProcedureError) -> Allowance {
    guard let text = value.text, let allowance = AllowanceText.read(text) else {
      let negative = value.text?.trimmed().hasPrefix("-") == true
      throw context.error(
        at: value,
        negative
          ? "a time cannot be negative: '\(value.shown)'" : "'\(value.shown)' is not a duration",
        remedy: "write 90s, 15m, 1h30m, 15-30m, 2 business days, 4 business hours, or seconds")
    }
    return allowance
  }
}
