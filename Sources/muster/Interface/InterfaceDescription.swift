import Engine

/// The interface by the OpenAPI standard, for programs that make clients of it.
enum InterfaceDescription {
  static let text = document.indentedText + "\n"

  private static let document: JSON = [
    "openapi": "3.1.0",
    "info": [
      "title": "Muster", "version": .string(Muster.version),
      "description":
        "What an agent takes in and answers. Every answer is the one that the verb prints with --json.",
    ],
    "servers": [["url": "/"]],
    "security": [["bearer": []], ["basic": []]],
    "paths": [
      "/healthz": [
        "get": operation(
          "Whether the agent is there", ["200": plain("text/plain", "It is")], isOpen: true)
      ],
      "/readyz": ["get": operation("Whether it can work", answers(["503": "It cannot"]))],
      "/metrics": [
        "get": operation("Figures for Prometheus", answers([:], "text/plain"))
      ],
      "/openapi.json": ["get": operation("This description", answers([:]))],
      "/": [
        "get": operation(
          "The brief, for a browser", answers(["404": "No such incident"], "text/html"),
          [query("incident", "Which incident")])
      ],
      "/v1/incidents": [
        "get": operation(
          "The open incidents, or all", answers([:]), [query("all", "1 for closed ones too")]),
        "post": recording("Declare an incident", "201"),
      ],
      "/v1/incidents/{id}": [
        "get": operation("Where an incident stands", answers(notThere), [id])
      ],
      "/v1/incidents/{id}/log": [
        "get": operation(
          "Its timeline, an entry a line", answers(notThere, "application/x-ndjson"),
          [id, query("last", "How many entries")])
      ],
      "/v1/incidents/{id}/brief": [
        "get": operation("What somebody must know who takes over", answers(notThere), [id])
      ],
      "/v1/incidents/{id}/{verb}": [
        "post": recording("Record something by a verb of the command line", "200", [id, verb])
      ],
      "/v1/events": [
        "get": operation(
          "What is recorded from now on", answers(notThere, "text/event-stream"),
          [query("incident", "Only of this one")])
      ],
      "/v1/alerts/{format}": ["post": delivery([format])],
      "/v1/alerts/generic/{name}": ["post": delivery([name])],
    ],
    "components": [
      "securitySchemes": [
        "bearer": ["type": "http", "scheme": "bearer"],
        "basic": ["type": "http", "scheme": "basic"],
      ]
    ],
  ]

  private static let notThere: [String: String] = ["404": "No such incident"]

  private static let id: JSON = [
    "name": "id", "in": "path", "required": true, "schema": ["type": "string"],
    "description": "The id of an incident",
  ]
  private static var verbs: [String] {
    ConsoleReader.verbs.map(\.name).filter(ConsoleReader.records)
  }

  private static let verb: JSON = [
    "name": "verb", "in": "path", "required": true,
    "schema": ["type": "string", "enum": .array(verbs.map { .string($0) })],
    "description": "Whatever records in one incident",
  ]
  private static let format: JSON = [
    "name": "format", "in": "path", "required": true,
    "schema": [
      "type": "string", "enum": ["alertmanager", "grafana", "pagerduty", "cloudevents"],
    ],
  ]
  private static let name: JSON = [
    "name": "name", "in": "path", "required": true, "schema": ["type": "string"],
    "description": "A mapping that is built in or under 'mappings:' in store.yaml",
  ]

  private static func query(_ name: String, _ description: String) -> JSON {
    [
      "name": .string(name), "in": "query", "required": false, "schema": ["type": "string"],
      "description": .string(description),
    ]
  }

  private static func plain(_ type: String, _ description: String) -> JSON {
    ["description": .string(description), "content": .object([JSON.Member(type, [:])])]
  }

  /// What every question may be answered with, and what this one may be.
  private static func answers(
    _ more: [String: String], _ type: String = "application/json", success: String = "200"
  ) -> [String: JSON] {
    var answers: [String: JSON] = [success: plain(type, "Done")]
    let all = [
      "400": "The request is malformed", "401": "A token is needed",
      "403": "The token is not for this", "404": "There is nothing here",
      "405": "Another method", "421": "Another host", "429": "Too many wrong tokens",
      "431": "Too many headers", "503": "Try again in a moment",
    ].merging(more) { $1 }
    for (status, words) in all { answers[status] = plain("application/json", words) }
    return answers
  }

  private static func operation(
    _ summary: String, _ answers: [String: JSON], _ parameters: [JSON] = [], body: JSON? = nil,
    isOpen: Bool = false
  ) -> JSON {
    let sorted = answers.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) }
    return .object([
      "summary": .string(summary), "parameters": parameters.isEmpty ? nil : .array(parameters),
      "requestBody": body, "responses": .object(sorted), "security": isOpen ? [] : nil,
    ])
  }

  private static func recording(
    _ summary: String, _ success: String, _ parameters: [JSON] = []
  ) -> JSON {
    operation(
      summary,
      answers(
        [
          "202": "Kept, and not in the log yet", "409": "Its state does not allow it",
          "408": "The body did not come", "413": "The body is too large", "415": "No JSON",
        ], success: success), parameters,
      body: [
        "required": false,
        "content": [
          "application/json": [
            "schema": [
              "type": "object", "additionalProperties": false,
              "properties": [
                "words": ["type": "string", "description": "As behind the verb"],
                "at": ["type": "string", "description": "When it happened, if not now"],
              ],
            ]
          ]
        ],
      ])
  }

  private static func delivery(_ parameters: [JSON]) -> JSON {
    operation(
      "Deliver alerts; answered when they are on the disk",
      answers([
        "404": "No such format", "408": "The body did not come", "413": "The body is too large",
        "415": "No JSON",
      ]), parameters,
      body: [
        "required": true,
        "content": ["application/json": ["schema": ["type": ["object", "array"]]]],
      ])
  }
}
