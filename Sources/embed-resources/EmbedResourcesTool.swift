import Foundation

/// Writes a Swift file that holds every input as a string literal: `embed-resources OUTPUT INPUT...`.
@main enum EmbedResourcesTool {
  static func main() throws {
    let arguments = CommandLine.arguments
    var source = """
      /// Text files that were in the repository when the program was built, by name.
      enum EmbeddedFiles {
        static let all: [(name: String, text: String)] = [

      """
    for path in arguments.dropFirst(2) {
      let url = URL(fileURLWithPath: path)
      let text = try String(contentsOf: url, encoding: .utf8)
      source += "    (\"\(url.lastPathComponent)\", ####\"\"\"\n\(text)\n\"\"\"####),\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
  }
}
