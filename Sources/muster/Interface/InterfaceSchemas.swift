import Engine

/// What the interface takes and answers, by JSON Schema.
enum InterfaceSchemas {
  static let incidentID: JSON = ["type": "string", "pattern": "^[a-z0-9-]{1,80}$"]
  static let flag: JSON = ["type": "string", "enum": ["0", "1", "true", "false"]]
  static let count: JSON = ["type": "integer", "minimum": 1, "maximum": 10000]

  static func reference(_ name: String) -> JSON {
    ["$ref": .string("#/components/schemas/\(name)")]
  }

  static func list(_ name: String) -> JSON { ["type": "array", "items": reference(name)] }

  static let all: JSON = [
    "Problem": object(["error": text], ["error"]),
    "Ready": object(
      ["ready": flagValue, "problems": ["type": "array", "items": text], "settings": maybe(text)],
      ["ready", "problems"]),
    "Listed": object(
      [
        "id": incidentID, "title": text, "severity": text, "status": text, "open": flagValue,
        "drill": flagValue, "outcome": maybe(text), "episode": whole, "declared": maybe(time),
        "clock_start": maybe(time), "procedure_not_read": maybe(text), "log": text,
        "next": maybe(text), "next_due": maybe(time),
      ], ["id", "title", "severity", "status", "open"]),
    "Situation": open(
      [
        "id": incidentID, "title": text, "now": time, "open": flagValue, "severity": text,
        "status": text, "episode": whole, "times": ["type": "object"],
        "roles": ["type": "object"], "checklist": ["type": "array"],
        "deadlines": ["type": "array"], "next_update_due": maybe(time),
        "head": ["type": ["object", "null"]], "damage": ["type": "array"],
      ], ["id", "title", "severity", "status", "times", "deadlines", "damage"]),
    "Receipt": open(
      [
        "seq": ["type": ["integer", "null"]], "id": incidentID, "title": text, "kind": text,
        "event": text, "recorded": time, "effective": time, "hash": maybe(text),
      ], ["seq", "id", "kind", "event", "recorded"]),
    "Taken": object(
      ["recorded": whole, "known": whole, "unread": whole, "ignored": whole], ["recorded"]),
    "Alert": object(
      [
        "alert": text, "title": text, "severity": maybe(text), "sender": text, "since": time,
        "count": whole, "incident": maybe(text), "reason": maybe(text), "url": maybe(text),
        "labels": ["type": "object", "additionalProperties": text],
      ], ["alert", "title", "sender", "since", "count", "incident", "labels"]),
  ]

  private static let text: JSON = ["type": "string"]
  private static let whole: JSON = ["type": "integer"]
  private static let flagValue: JSON = ["type": "boolean"]
  private static let time: JSON = ["type": "string", "format": "date-time"]

  private static func maybe(_ schema: JSON) -> JSON {
    var members = schema.members ?? []
    for index in members.indices where members[index].key == "type" {
      members[index].value = .array([members[index].value, "null"])
    }
    return .object(members)
  }

  private static func object(_ properties: JSON, _ required: [JSON]) -> JSON {
    [
      "type": "object", "properties": properties, "required": .array(required),
      "additionalProperties": false,
    ]
  }

  /// The same, where a later version may say more.
  private static func open(_ properties: JSON, _ required: [JSON]) -> JSON {
    ["type": "object", "properties": properties, "required": .array(required)]
  }
}
