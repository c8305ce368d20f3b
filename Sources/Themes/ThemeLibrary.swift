import Glibc

/// The themes there are: those of the program, and those in a folder of the user's, which win.
package struct ThemeLibrary: Sendable {
  private let folder: String?
  private let builtIn: [String: String]

  /// `folder` may be missing; its files are read when they are asked for.
  package init(folder: String? = nil) {
    self.folder = folder
    builtIn = Dictionary(
      EmbeddedFiles.all.map { (Self.stem($0.name), $0.text) }, uniquingKeysWith: { $1 })
  }

  /// The names of all themes: the program's own, then what only the user has, each sorted.
  package var names: [String] {
    let own = ["default"] + builtIn.keys.filter { $0 != "default" }.sorted()
    return own + userNames().filter { builtIn[$0] == nil }
  }

  /// Reads a theme and everything it inherits.
  package func load(_ name: String) throws(ThemeError) -> Theme {
    var chain: [ThemeFile] = []
    var seen: Set<String> = []
    var wanted: (name: String, from: ThemeFile?) = (name, nil)
    while true {
      // A file of the user's may build on the program's theme of the same name; the program's
      // own build on each other.
      let builtInOnly = wanted.from.map {
        $0.file == path(of: wanted.name) || $0.file.hasPrefix(Self.builtInFolder)
      }
      let file = try read(wanted.name, builtInOnly: builtInOnly ?? false, from: wanted.from)
      guard seen.insert(file.file).inserted else {
        throw ThemeError(
          problem: .inheritsItself, file: wanted.from?.file ?? file.file,
          line: wanted.from?.inherits?.line ?? 0)
      }
      chain.append(file)
      let isRoot = file.file == Self.builtInPath("default")
      guard !isRoot else { break }
      wanted = (file.inherits?.name ?? "default", file)
    }
    return try Theme(name: name, chain: chain)
  }

  private func read(
    _ name: String, builtInOnly: Bool, from: ThemeFile?
  ) throws(ThemeError) -> ThemeFile {
    if !builtInOnly, let path = path(of: name), let text = try Self.contents(of: path) {
      return try ThemeFile(file: path, text: text)
    }
    guard let text = builtIn[name] else {
      throw ThemeError(
        problem: .unknownTheme(name, known: names), file: from?.file ?? "theme",
        line: from?.inherits?.line ?? 0)
    }
    return try ThemeFile(file: Self.builtInPath(name), text: text)
  }

  private static let builtInFolder = "themes/"

  private static func builtInPath(_ name: String) -> String { builtInFolder + name + ".yaml" }

  private static func stem(_ file: String) -> String {
    file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
  }

  /// A name is never a way to another folder.
  private func path(of name: String) -> String? {
    guard let folder, !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else { return nil }
    return "\(folder)/\(name).yaml"
  }

  private func userNames() -> [String] {
    guard let folder, let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(Self.stem(name)) }
    }
    return names.sorted()
  }

  /// The text of a file, at most as much as a theme may have; `nil` where there is none.
  private static func contents(of path: String) throws(ThemeError) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0 && errno == ENOENT { return nil }
    func problem() -> ThemeError {
      ThemeError(problem: .unreadable(String(cString: strerror(errno))), file: path, line: 0)
    }
    guard file >= 0 else { throw problem() }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= 256 << 10 {
      let count = Glibc.read(file, &block, block.count)
      guard count >= 0 else { throw problem() }
      if count == 0 { break }
      bytes += block[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
