import Foundation
import PackagePlugin

/// Turns text files into Swift source, so that the program carries its themes and procedures in itself.
///
/// The `Themes` target gets every `themes/*.yaml` of the repository, any other target the files of its own `BuiltIn`
/// and `Lexicons` folders.
@main struct EmbedResources: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let package = context.package.directoryURL
    let sources = package.appending(path: "Sources/\(target.name)")
    let folders =
      target.name == "Themes"
      ? [package.appending(path: "themes")]
      : ["BuiltIn", "Lexicons"].map { sources.appending(path: $0) }
        .filter { FileManager.default.fileExists(atPath: $0.path) }
    let inputs = try folders.flatMap {
      try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }
    .filter { ["yaml", "md", "lexicon"].contains($0.pathExtension) }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(folders.map(\.lastPathComponent).joined(separator: ", "))",
        executable: try context.tool(named: "embed-resources").url,
        arguments: [output.path] + inputs.map(\.path), inputFiles: inputs, outputFiles: [output])
    ]
  }
}
