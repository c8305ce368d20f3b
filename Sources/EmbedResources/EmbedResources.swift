import Foundation
import PackagePlugin

/// Turns text files into Swift source, so that the program carries its themes and procedures in itself.
///
/// The `Themes` target gets every `themes/*.yaml` of the repository, any other target the files of its own `BuiltIn` folder.
@main struct EmbedResources: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder =
      target.name == "Themes"
      ? context.package.directoryURL.appending(path: "themes")
      : context.package.directoryURL.appending(path: "Sources/\(target.name)/BuiltIn")
    let inputs = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    )
    .filter { ["yaml", "md"].contains($0.pathExtension) }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(folder.lastPathComponent)",
        executable: try context.tool(named: "embed-resources").url,
        arguments: [output.path] + inputs.map(\.path), inputFiles: inputs, outputFiles: [output])
    ]
  }
}
