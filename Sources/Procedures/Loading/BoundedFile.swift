import Glibc

/// Why a file could not be read.
package enum FileProblem: Error, Hashable, Sendable {
  case notThere
  case notAFile
  /// Not a plain relative name under the folder of the document that mentions it.
  case outside
  case tooLarge(limit: Int)
  /// `errno` of the call that failed.
  case failed(Int32)

  package var what: String {
    switch self {
    case .notThere: "there is no such file"
    case .notAFile: "it is not a file"
    case .outside: "it is not in the document's folder"
    case .tooLarge(let limit): "it is larger than the limit of \(limit) bytes"
    case .failed(let code): "it cannot be read: \(String(cString: strerror(code)))"
    }
  }

  package var remedy: String {
    switch self {
    case .notThere, .outside, .notAFile: "check the name"
    case .tooLarge: "make it shorter"
    case .failed: "check its permissions"
    }
  }
}

/// Reads small files whole, never more than a limit, and never waits for a pipe.
package enum BoundedFile {
  /// The name that stands for standard input, which is read to its end.
  package static let standardInput = "-"

  package static func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw .notThere }
    if path == standardInput { return try all(of: STDIN_FILENO, limit: limit) }
    // A pipe without a writer would otherwise keep us waiting in open.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw problem(errno) }
    defer { close(descriptor) }
    return try bytes(descriptor, limit: limit)
  }

  /// Reads a file in or below the folder of another file, by the relative name used there.
  ///
  /// Only plain relative names: no `..`, no root, no symbolic link on the way.
  package static func read(
    _ name: String, beside path: String, limit: Int
  ) throws(FileProblem) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw .notThere }
    guard let parts = plainParts(name), let last = parts.last else { throw .outside }
    var folder = open(Self.folder(of: path), O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard folder >= 0 else { throw problem(errno) }
    defer { close(folder) }
    for part in parts.dropLast() {
      let inner = openat(folder, part, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW)
      guard inner >= 0 else { throw problem(errno) }
      close(folder)
      folder = inner
    }
    let descriptor = openat(
      folder, last, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)
    guard descriptor >= 0 else { throw problem(errno) }
    defer { close(descriptor) }
    return try bytes(descriptor, limit: limit)
  }

  /// The name of a file in or below a folder, without what else may be written around it; nil for any other.
  package static func plainName(_ name: String) -> String? {
    plainParts(name)?.joined(separator: "/")
  }

  /// The folders and the file of `docs/severities.md`, without a leading `./` and what follows `#`; nil for anything that
  /// leads elsewhere.
  private static func plainParts(_ name: String) -> [String]? {
    let name = name.prefix { $0 != "#" && $0 != "?" }
    guard !name.isEmpty, name.utf8.count <= 1024, !name.hasPrefix("/"), !name.contains("\\"),
      !name.contains(":"), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else { return nil }
    let parts = name.split(separator: "/").map(String.init).filter { $0 != "." }
    return parts.isEmpty || parts.contains("..") ? nil : parts
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func bytes(_ descriptor: Int32, limit: Int) throws(FileProblem) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    return try all(of: descriptor, limit: limit)
  }

  private static func all(of descriptor: Int32, limit: Int) throws(FileProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count <= limit {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), limit + 1 - count)
      }
      if got == 0 { break }
      if got > 0 {
        count += got
      } else if errno != EINTR {
        throw problem(errno)
      }
    }
    guard count <= limit else { throw .tooLarge(limit: limit) }
    return Array(bytes.prefix(count))
  }

  private static func problem(_ code: Int32) -> FileProblem {
    switch code {
    case ENOENT, ENOTDIR: .notThere
    case ELOOP: .outside
    case EISDIR, ENXIO: .notAFile
    default: .failed(code)
    }
  }
}
