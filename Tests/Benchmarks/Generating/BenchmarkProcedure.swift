import Engine

/// A small procedure with clocks for everything, as a declaration keeps it.
enum BenchmarkProcedure {
  static var json: JSON {
    [
      "name": "benchmark",
      "source": ["path": "benchmark.yaml", "sha256": .string(String(repeating: "0", count: 64))],
      "severities": [
        severity("SEV-1", rank: 1, resolve: 4 * 3600), severity("SEV-2", rank: 2, resolve: 86_400),
      ],
      "statuses": [
        status("investigating", "open"), status("identified", "open"),
        status("monitoring", "mitigated"), status("resolved", "resolved"),
      ],
      "phases": [phase("assess"), phase("fix"), phase("watch")],
      "checklist": .array(
        (0..<60).map { number in
          [
            "id": .string("step-\(number)"), "text": .string("Step \(number) of the list"),
            "phase": .string(["assess", "fix", "watch"][number / 20]), "depth": 0, "kind": "task",
            "severities": [], "line": .integer(Int64(number)),
          ]
        }),
      "escalation": [
        [
          "severity": .null, "level": 1, "from": "responder", "to": "Engineering Lead",
          "after_seconds": 900, "since": "start", "unless": "acknowledged", "condition": .null,
          "line": 90,
        ]
      ],
      "cadence": [
        ["severity": .null, "every_seconds": 1800, "audience": "customers", "line": 95]
      ],
      "roles": [["name": "Incident Commander", "duties": [], "line": 100]],
    ]
  }

  private static func severity(_ id: String, rank: Int, resolve: Int) -> JSON {
    [
      "id": .string(id), "name": .string(id), "rank": .integer(Int64(rank)), "line": 1,
      "targets": [
        ["kind": "acknowledge", "seconds": 900, "line": 2],
        ["kind": "mitigate", "seconds": 7200, "line": 3],
        ["kind": "resolve", "seconds": .integer(Int64(resolve)), "line": 4],
      ],
      "rules": [],
    ]
  }

  private static func status(_ id: String, _ role: String) -> JSON {
    ["id": .string(id), "name": .string(id), "role": .string(role), "line": 10]
  }

  private static func phase(_ id: String) -> JSON {
    ["id": .string(id), "title": .string(id), "window_seconds": .null, "line": 20]
  }
}
