import Display
package import Engine
import Wording

extension Statistics {
  package func document(at now: Timestamp, in zone: TimeZoneRules) -> ReportDocument {
    var document = ReportDocument(title: "Incident statistics")
    guard let all = groups.first else { return document }
    document.facts = [
      .init("Incidents", "\(all.incidents)\(includesDrills ? ", including drills" : "")"),
      .init("Open", "\(all.open)"), .init("Reopened", "\(all.reopened)"),
      .init("False alarms", Self.share(all.falseAlarms, of: all.incidents)),
      .init("Targets", all.targets.words), .init("Promises", all.promises.words),
    ]
    for group in groups {
      let title =
        switch group.kind {
        case .all: "All"
        case .severity: "Severity \(group.name)"
        case .month: "Month \(group.name)"
        }
      var blocks: [ReportDocument.Block] = []
      if group.kind != .all {
        blocks.append(
          .paragraph(
            ReportDocument.Phrase(
              "Incidents: \(group.incidents). False alarms: \(group.falseAlarms). "
                + "Targets: \(group.targets.words). Promises: \(group.promises.words).")))
      }
      blocks += group.blocks
      document.sections.append(.init(title, blocks))
    }
    if !excluded.isEmpty {
      document.sections.append(
        .init(
          "Excluded",
          [.bullets(excluded.map { ReportDocument.Phrase("\($0.id): \($0.reason)") })]))
    }
    document.footer = [
      "Spread: the number of values in each of \(Distribution.boundsText), from left to right.",
      "As of \(InstantText.full(now, in: zone)). " + Self.percentileMethod + "; "
        + Self.sampleMethod + ".",
    ]
    return document
  }

  static func share(_ count: Int, of all: Int) -> String {
    all > 0 ? "\(count) of \(all) (\((count * 200 + all) / (2 * all)) %)" : "0"
  }

  /// Plain lines with a plot of every metric's distribution, harmless on a terminal.
  package func lines(at now: Timestamp, in zone: TimeZoneRules, width: Int = 80) -> [String] {
    document(at: now, in: zone).lines(width: width)
  }

  package var json: JSON {
    .object([
      "groups": .array(groups.map(\.json)),
      "excluded": .array(
        excluded.map { .object(["id": .string($0.id), "reason": .string($0.reason)]) }),
      "drills": .bool(includesDrills),
      "percentile": .string(Self.percentileMethod), "sample": .string(Self.sampleMethod),
    ])
  }

  /// One row per metric and group.
  package var csv: String {
    let header = [
      "group", "name", "metric", "formula", "defined_by", "n", "median_seconds", "p90_seconds",
      "excluded",
    ]
    let rows = groups.flatMap { group in
      group.metrics.map { metric in
        [
          group.kind.rawValue, group.name, metric.id, metric.formula,
          metric.isOfProcedure ? "procedure" : "default", "\(metric.values.count)",
          metric.median.map { "\($0.wholeSeconds)" } ?? "",
          metric.percentile90.map { "\($0.wholeSeconds)" } ?? "", "\(metric.excludedCount)",
        ]
      }
    }
    return CSV.text(header: header, rows: rows)
  }
}

extension Statistics.Group {
  fileprivate var blocks: [ReportDocument.Block] {
    guard incidents > 0 else { return [.paragraph("No incident.")] }
    var blocks = [table]
    let missing = metrics.filter { !$0.excluded.isEmpty }.map { metric in
      let reasons = metric.excluded.map { "\($0.count) \($0.reason)" }
      return ReportDocument.Phrase("\(metric.title): \(reasons.joined(separator: "; "))")
    }
    if !missing.isEmpty { blocks += [.paragraph(.quiet("No value, and why:")), .bullets(missing)] }
    guard kind == .all else { return blocks }
    return blocks
      + metrics.filter { $0.values.count > 1 }.map { metric in
        .distribution(
          title: "\(metric.title) (\(metric.formula)), n = \(metric.values.count)",
          metric.distribution)
      }
  }

  private var table: ReportDocument.Block {
    .table(
      header: ["Metric", "n", "Median", "90th", "Spread", "Formula"],
      rows: metrics.map { metric in
        [
          .init(metric.title), .init("\(metric.values.count)"),
          .strong(metric.median.map { InstantText.span($0) } ?? "no value"),
          .init(metric.percentile90.map { InstantText.span($0) } ?? ""),
          .init(metric.values.isEmpty ? "" : DistributionPlot.spread(metric.distribution)),
          .quiet(metric.formula + (metric.isOfProcedure ? " (procedure)" : "")),
        ]
      })
  }

  fileprivate var json: JSON {
    .object([
      "kind": .string(kind.rawValue), "name": .string(name), "incidents": .whole(incidents),
      "open": .whole(open), "false_alarms": .whole(falseAlarms), "reopened": .whole(reopened),
      "targets": .object([
        "met": .whole(targets.met), "late": .whole(targets.late),
        "missed": .whole(targets.missed), "running": .whole(targets.running),
      ]),
      "promises": .object([
        "kept": .whole(promises.kept), "broken": .whole(promises.broken),
        "open": .whole(promises.open),
      ]),
      "metrics": .array(metrics.map(\.json)),
    ])
  }
}

extension Statistics.Aggregate {
  fileprivate var json: JSON {
    .object([
      "id": .string(id), "title": .string(title), "formula": .string(formula),
      "defined_by": .string(isOfProcedure ? "procedure" : "default"), "n": .whole(values.count),
      "median_seconds": median.map { .integer($0.wholeSeconds) } ?? .null,
      "p90_seconds": percentile90.map { .integer($0.wholeSeconds) } ?? .null,
      "values_seconds": .array(values.map { .integer($0.wholeSeconds) }),
      "excluded": .array(
        excluded.map { .object(["reason": .string($0.reason), "count": .whole($0.count)]) }),
      "distribution": .array(
        distribution.buckets.map {
          .object([
            "from": .whole($0.from), "to": $0.to.map { .integer(Int64($0)) } ?? .null,
            "count": .whole($0.count),
          ])
        }),
    ])
  }
}

extension Statistics.Targets {
  package var words: String {
    "\(met) met, \(late) late, \(missed) missed" + (running > 0 ? ", \(running) running" : "")
  }
}

extension Statistics.Promises {
  package var words: String {
    "\(kept) kept, \(broken) broken" + (open > 0 ? ", \(open) open or ended" : "")
  }
}

/// A distribution as bars of characters.
package enum DistributionPlot {
  /// A line a bucket, its count behind the bar; buckets beyond the last that has any are left out.
  package static func lines(_ distribution: Distribution, width: Int) -> [String] {
    let buckets = distribution.buckets
    guard let first = buckets.firstIndex(where: { $0.count > 0 }),
      let last = buckets.lastIndex(where: { $0.count > 0 }),
      let most = buckets.map(\.count).max()
    else { return [] }
    let column = buckets.map(\.label.count).max() ?? 0
    let room = max(10, width - column - String(most).count - 6)
    return buckets[first...last].map { bucket in
      let length = bucket.count == 0 ? 0 : max(1, bucket.count * room / max(most, 1))
      let gap = String(repeating: " ", count: column - bucket.label.count)
      let bar = String(repeating: "█", count: length)
      return "  \(gap)\(bucket.label) │\(bar) \(bucket.count)"
    }
  }

  /// A sign a bucket: `·` for none, then the higher the more.
  package static func spread(_ distribution: Distribution) -> String {
    let signs = Array("▁▂▃▄▅▆▇█")
    let most = max(1, distribution.buckets.map(\.count).max() ?? 1)
    return String(
      distribution.buckets.map { bucket in
        bucket.count == 0 ? "·" : signs[(bucket.count * signs.count - 1) / most]
      })
  }
}
