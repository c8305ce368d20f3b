import Engine
import Glibc

/// The facts of a procedure, one a line, in an order and a shape that people compare easily.
enum FactSheet {
  static func lines(_ procedure: Procedure) -> [String] {
    var lines: [String] = []
    for severity in procedure.severities {
      lines.append("severity \(severity.id) rank \(severity.rank) @\(severity.line)")
      for target in severity.targets {
        lines.append("  \(target.kind.rawValue) \(span(target.within)) @\(target.line)")
      }
      for rule in severity.rules {
        lines.append("  rule \(rule.label): \(rule.text.prefix(40)) @\(rule.line)")
      }
    }
    for status in procedure.statuses {
      lines.append("status \(status.name) \(status.role.rawValue) @\(status.line)")
    }
    for phase in procedure.phases {
      let window = phase.window.map { " \($0.start)-\($0.end.map(String.init) ?? "")" } ?? ""
      lines.append("phase \(phase.title)\(window) @\(phase.line)")
    }
    for item in procedure.checklist {
      let severities = item.severities.isEmpty ? "" : " [\(item.severities.joined(separator: ","))]"
      lines.append(
        "item \(item.depth) \(item.kind.rawValue) \(item.text.prefix(40))\(severities) @\(item.line)"
      )
    }
    for step in procedure.escalation {
      lines.append(
        "step \(step.severity ?? "*") \(step.level) \(step.to) after \(step.after.map(String.init) ?? "-") since \(step.since.rawValue) unless \(step.unless.rawValue)\(step.condition.map { " if \($0)" } ?? "") @\(step.line)"
      )
    }
    for cadence in procedure.cadence {
      lines.append(
        "every \(cadence.every.map(String.init) ?? span(cadence.interval)) \(cadence.severity ?? "*") \(cadence.audience ?? "-") @\(cadence.line)"
      )
    }
    for notice in procedure.notices {
      lines.append(
        "once \(span(notice.within)) \(notice.severity ?? "*") \(notice.audience ?? "-") @\(notice.line)"
      )
    }
    for watch in procedure.watch {
      lines.append("watch \(watch.seconds) after \(watch.after.rawValue) @\(watch.line)")
    }
    for template in procedure.templates {
      lines.append("template \(template.title) @\(template.line)")
    }
    for runbook in procedure.runbooks {
      lines.append("runbook \(runbook.title) (\(runbook.steps.count)) @\(runbook.line)")
    }
    for duty in procedure.postmortem {
      lines.append(
        "\(duty.what.rawValue) \(duty.within.map(span) ?? "-") \(duty.severity ?? "*")\(duty.condition.map { " if \($0)" } ?? "") @\(duty.line)"
      )
    }
    for decision in procedure.decisions {
      lines.append("ask \(decision.question) @\(decision.line)")
    }
    for turn in procedure.oncall {
      lines.append(
        "on call \(turn.days.map(\.rawValue).joined(separator: ",")) \(turn.primary ?? "-") @\(turn.line)"
      )
    }
    for role in procedure.roles {
      lines.append("role \(role.name) (\(role.duties.count)) @\(role.line)")
    }
    for contact in procedure.contacts {
      lines.append(
        "contact \(contact.role ?? "-") \(contact.name ?? "-") \(contact.contact ?? "-") @\(contact.line)"
      )
    }
    for metric in procedure.metrics {
      lines.append("metric \(metric.id) \(metric.from)-\(metric.to) @\(metric.line)")
    }
    for remark in procedure.remarks {
      lines.append("remark \(remark.kind.rawValue) @\(remark.line)")
    }
    return lines
  }

  private static func span(_ allowance: Allowance) -> String {
    switch allowance {
    case .seconds(let seconds, let maximum): "\(seconds)s" + (maximum.map { "-\($0)s" } ?? "")
    case .businessDays(let days): "\(days)bd"
    case .businessHours(let hours): "\(hours)bh"
    }
  }
}

/// A file of the tests' own, whole.
func fixture(_ name: String, _ file: String = #filePath) -> String {
  let folder = file.split(separator: "/").dropLast(2).joined(separator: "/")
  guard let stream = fopen("/\(folder)/Fixtures/Markdown/\(name)", "r") else { return "" }
  defer { fclose(stream) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&buffer, 1, buffer.count, stream)
    if count == 0 { break }
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
