import Engine

/// The interface by the OpenAPI standard, for programs that make clients of it.
enum InterfaceDescription {
  private typealias Schemas = InterfaceSchemas

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
      "/readyz": [
        "get": operation(
          "Whether it can work", answers(["503": "It cannot"], schema: Schemas.reference("Ready")))
      ],
      "/metrics": [
        "get": operation("Figures for Prometheus", answers([:], "text/plain"))
      ],
      "/openapi.json": [
        "get": operation("This description", answers([:], schema: ["type": "object"]))
      ],
      "/": [
        "get": operation(
          "The brief, for a browser", answers(["404": "No such incident"], "text/html"),
          [query("incident", "Which incident", Schemas.incidentID)])
      ],
      "/v1/incidents": [
        "get": operation(
          "The open incidents, or all", answers([:], schema: Schemas.list("Listed")),
          [query("all", "1 for closed ones too", Schemas.flag)]),
        "post": recording("Declare an incident", "201", needsWords: true),
      ],
      "/v1/incidents/{id}": [
        "get": operation(
          "Where an incident stands",
          answers(notThere, schema: Schemas.reference("Situation")), [id])
      ],
      "/v1/incidents/{id}/log": [
        "get": operation(
          "Its timeline, an entry a line", answers(notThere, "application/x-ndjson"),
          [id, query("last", "How many entries", Schemas.count)])
      ],
      "/v1/incidents/{id}/brief": [
        "get": operation(
          "What somebody must know who takes over",
          answers(notThere, schema: Schemas.reference("Situation")), [id])
      ],
      "/v1/incidents/{id}/{verb}": [
        "post": recording("Record something by a verb of the command line", "200", [id, verb])
      ],
      "/v1/events": [
        "get": operation(
          "What is recorded from now on, and behind Last-Event-ID what was recorded since that event: "
            + "at least once, known by its id. 'reset' stands for an event that is not known.",
          answers(notThere, "text/event-stream"),
          [query("incident", "Only of this one", Schemas.incidentID), lastEvent])
      ],
      "/v1/alerts": [
        "get": operation(
          "Alerts that fire and belong to no incident, or all that fire",
          answers([:], schema: Schemas.list("Alert")),
          [query("all", "1 for those of incidents too", Schemas.flag)])
      ],
      "/v1/alerts/{format}": ["post": delivery([format])],
      "/v1/alerts/generic/{name}": ["post": delivery([name])],
    ],
    "components": [
      "securitySchemes": [
        "bearer": ["type": "http", "scheme": "bearer"],
        "basic": ["type": "http", "scheme": "basic"],
      ],
      "schemas": Schemas.all,
    ],
  ]

  private static let notThere: [String: String] = ["404": "No such incident"]

  private static let id: JSON = [
    "name": "id", "in": "path", "required": true, "schema": Schemas.incidentID,
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
    "name": "name", "in": "path", "required": true,
    "schema": ["type": "string", "pattern": "^[a-z0-9-]{1,64}$", "examples": ["plain"]],
    "description": "A mapping that is built in or under 'mappings:' in store.yaml",
  ]

  private static let lastEvent: JSON = [
    "name": "Last-Event-ID", "in": "header", "required": false,
    "schema": ["type": "string", "pattern": "^[a-z0-9-]{1,80}:[0-9]{1,9}$"],
    "description": "The id of the last event that was received",
  ]

  private static func query(_ name: String, _ description: String, _ schema: JSON) -> JSON {
    [
      "name": .string(name), "in": "query", "required": false, "schema": schema,
      "description": .string(description),
    ]
  }

  private static func plain(
    _ type: String, _ description: String, _ schema: JSON = ["type": "string"]
  ) -> JSON {
    [
      "description": .string(description),
      "content": .object([JSON.Member(type, ["schema": schema])]),
    ]
  }

  /// What every question may be answered with, and what this one may be.
  private static func answers(
    _ more: [String: String], _ type: String = "application/json", success: String = "200",
    schema: JSON = ["type": "string"]
  ) -> [String: JSON] {
    var answers: [String: JSON] = [success: plain(type, "Done", schema)]
    let all = [
      "400": "The request is malformed", "401": "A token is needed",
      "403": "The token is not for this", "404": "There is nothing here",
      "405": "Another method", "421": "Another host", "429": "Too many wrong tokens",
      "431": "Too many headers", "503": "Try again in a moment",
    ].merging(more) { $1 }
    for (status, words) in all {
      // What cannot work says the same as what can.
      let isReady = status == "503" && schema == Schemas.reference("Ready")
      answers[status] = plain(
        "application/json", words, isReady ? ["type": "object"] : Schemas.reference("Problem"))
    }
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
    _ summary: String, _ success: String, _ parameters: [JSON] = [], needsWords: Bool = false
  ) -> JSON {
    operation(
      summary,
      answers(
        [
          "400": "The words are not those of the verb", "202": "Kept, and not in the log yet",
          "409": "Its state does not allow it", "408": "The body did not come",
          "413": "The body is too large", "415": "No JSON",
        ], success: success, schema: Schemas.reference("Receipt")), parameters,
      body: [
        "required": true,
        "content": [
          "application/json": [
            "schema": .object([
              "type": "object", "additionalProperties": false,
              "required": needsWords ? ["words"] : nil,
              "properties": [
                "words": [
                  "type": "string", "description": "As behind the verb", "maxLength": 65536,
                  "minLength": needsWords ? 1 : 0, "pattern": "^[^\\u0000]*$",
                ],
                "at": [
                  "type": "string", "description": "When it happened, if not now: 14:05, -12m",
                  "maxLength": 64,
                ],
              ],
            ])
          ]
        ],
      ])
  }

  private static func delivery(_ parameters: [JSON]) -> JSON {
    operation(
      "Deliver alerts; answered when they are on the disk",
      answers(
        [
          "404": "No such format", "408": "The body did not come",
          "413": "The body is too large", "415": "No JSON",
        ], schema: Schemas.reference("Taken")), parameters,
      body: [
        "required": true,
        "content": [
          "application/json": [
            "schema": [
              "description": "As the sender has it; what is no alert is kept and counted as unread"
            ]
          ]
        ],
      ])
  }
}
