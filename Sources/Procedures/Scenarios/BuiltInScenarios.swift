package import Engine

/// The scenarios that come with the program.
package enum BuiltInScenarios {
  package struct Entry: Hashable, Sendable {
    /// As typed: `bad-deployment`.
    package var name: String
    package var file: String
    package var text: String

    package func read() throws(ProcedureError) -> DrillScenario {
      try ScenarioSchema.read(Array(text.utf8), path: file)
    }
  }

  private static let ending = ".scenario.yaml"

  /// In the order of their names.
  package static let all: [Entry] = EmbeddedFiles.all.compactMap { name, text in
    guard name.hasSuffix(ending) else { return nil }
    return Entry(name: String(name.dropLast(ending.count)), file: name, text: text)
  }

  /// The one of that name, whatever its case.
  package static func named(_ name: String) -> Entry? {
    all.first { $0.name == name.lowercased() }
  }
}
