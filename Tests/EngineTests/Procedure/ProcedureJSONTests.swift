import Engine
import TestSupport
import Testing

@Suite struct ProcedureJSONTests {
  @Test func `a procedure survives being written and read`() throws {
    let full = fullProcedure()
    #expect(Procedure(json: try JSON(parsing: full.json.text)) == full)
  }

  /// Whoever adds a property to `Procedure` is sent to the full one of the tests, and from there to every form it has.
  @Test func `the full procedure of the tests has every part, and every field of its facts`() {
    let full = fullProcedure()
    for property in Mirror(reflecting: full).children {
      #expect(!isEmpty(property.value), "\(property.label ?? "?") is empty")
    }
    for part in Procedure.Part.allCases {
      let facts = part.place.facts(in: full)
      guard let kind = facts.first else { continue }
      for field in Mirror(reflecting: kind).children {
        let isSet = facts.filter { type(of: $0) == type(of: kind) }.contains { fact in
          Mirror(reflecting: fact).children.contains {
            $0.label == field.label && !isEmpty($0.value)
          }
        }
        #expect(isSet, "\(part.rawValue): no fact has \(field.label ?? "?")")
      }
    }
  }

  @Test func `a fact that has a severity names it`() {
    for part in Procedure.Part.allCases {
      for fact in part.place.facts(in: fullProcedure()) {
        let fields = Mirror(reflecting: fact).children.filter {
          ["severity", "severities"].contains($0.label) && !isEmpty($0.value)
        }
        #expect(fields.isEmpty == fact.severityNames.isEmpty, "\(part.rawValue): \(fact)")
      }
    }
  }

  private func isEmpty(_ value: Any) -> Bool {
    let mirror = Mirror(reflecting: value)
    return switch mirror.displayStyle {
    case .optional, .collection: mirror.children.isEmpty
    default: (value as? String)?.isEmpty == true
    }
  }

  @Test func `unknown keys and values of another shape are passed over`() throws {
    let json = try JSON(
      parsing:
        #"{"name":"x","later":[1],"severities":[{"id":"P1","targets":[{"kind":"dance","seconds":1,"line":1}]},7]}"#
    )
    let procedure = Procedure(json: json)
    #expect(procedure.name == "x")
    #expect(procedure.severities == [Severity(id: "P1", name: "P1", rank: 1, line: 0)])
  }
}
