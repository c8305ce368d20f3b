internal import Engine
internal import Glibc

/// Keeps what a log could not take, on another file system where there is one, until it can be offered again.
package struct Spool: Sendable {
  /// The store whose words are kept, by the one path that leads there from everywhere.
  package let home: String
  /// Directories that may hold some, the one to write to first.
  package let places: [Place]

  package struct Place: Hashable, Sendable {
    package var path: String
    /// Whether it lies on another file system than the store.
    package var isElsewhere: Bool
  }

  /// Places that outlive a restart come first, and those on another file system before all others.
  package init(for store: FileStore, environment: (String) -> String?) {
    var paths: [String] = []
    if let home = environment("HOME"), home.hasPrefix("/") { paths.append(home + "/.muster-spool") }
    if let runtime = environment("XDG_RUNTIME_DIR"), runtime.hasPrefix("/") {
      paths.append(runtime + "/muster-spool")
    }
    paths += ["/dev/shm/muster-\(geteuid())", "/tmp/muster-\(geteuid())"]
    self.init(for: store, paths: paths)
  }

  package init(for store: FileStore, paths: [String]) {
    home = Self.resolved(store.home)
    let device = Self.device(of: store.incidentsDirectory)
    let places = paths.map { Place(path: $0, isElsewhere: Self.device(of: $0) != device) }
    self.places = places.filter(\.isElsewhere) + places.filter { !$0.isElsewhere }
  }

  /// A path without links and without the folder of the moment, also where the end of it is not there yet.
  private static func resolved(_ path: String) -> String {
    var path = path
    var rest = ""
    while !path.isEmpty {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real) + rest
      }
      guard let slash = path.lastIndex(of: "/") else {
        // A plain name in the folder of the moment.
        rest = "/" + path + rest
        path = "."
        continue
      }
      rest = path[slash...] + rest
      path = String(path[..<slash])
    }
    return rest
  }

  private static func device(of path: String) -> UInt64? {
    var path = path
    while !path.isEmpty {
      if let status = FileStatus(path: path) { return status.identity.device }
      guard let slash = path.lastIndex(of: "/") else { break }
      path = String(path[..<slash])
    }
    return FileStatus(path: "/")?.identity.device
  }

  /// What begins the names of this store's files.
  private var prefix: String {
    String(decoding: Digest.hex(home.utf8).prefix(16), as: UTF8.self) + "-"
  }

  /// Keeps an entry in the first place that takes it, and answers the path of its file.
  package func keep(_ entry: SpoolEntry) throws(LogError) -> String {
    let name = prefix + entry.id.description + ".json"
    let bytes = entry.json(home: home).bytes + [10]
    var failure = LogError.cannotSpool(path: home, error: ENOENT)
    for place in places {
      do throws(LogError) {
        try Self.prepare(place.path)
        try Self.write(bytes, to: name, in: place.path)
        return place.path + "/" + name
      } catch { failure = error }
    }
    throw failure
  }

  /// What is kept for this store, oldest first.
  package func entries() -> [SpoolEntry] { contents().entries }

  /// What is kept for this store, oldest first, and the files from which no event can be read.
  package func contents() -> (entries: [SpoolEntry], unusable: [String]) {
    var entries: [SpoolEntry] = []
    var unusable: [String] = []
    for place in places where Self.isOurs(place.path) {
      for name in Folder.names(place.path)
      where name.hasPrefix(prefix) && name.hasSuffix(".json") {
        let path = place.path + "/" + name
        // One that cannot be read now stays where it is.
        guard let bytes = Self.file(path) else { continue }
        if let entry = SpoolEntry(bytes: bytes, path: path) {
          if entry.home == home { entries.append(entry) }
        } else if !SpoolEntry.isOfNewerVersion(bytes) {
          unusable.append(path)
        }
      }
    }
    return (
      entries.sorted { ($0.time, $0.id.description) < ($1.time, $1.id.description) }, unusable
    )
  }

  /// Puts a file where it is not offered again, and answers where that is; the words stay.
  package func setAside(_ path: String) throws(LogError) -> String {
    let aside = path + ".unusable"
    if rename(path, aside) != 0 { throw .cannotSpool(path: path, error: errno) }
    return aside
  }

  /// Lets go of an entry that is safe in its log.
  package func remove(_ entry: SpoolEntry) throws(LogError) {
    guard let path = entry.path else { return }
    if unlink(path) != 0, errno != ENOENT { throw .cannotSpool(path: path, error: errno) }
  }

  private static func prepare(_ path: String) throws(LogError) {
    if mkdir(path, 0o700) == 0 { return }
    guard errno == EEXIST else { throw .cannotSpool(path: path, error: errno) }
    guard isOurs(path) else { throw .cannotSpool(path: path, error: EPERM) }
  }

  /// Whether nobody else can have put anything there: some of the places lie where everybody may write.
  private static func isOurs(_ path: String) -> Bool {
    guard let status = FileStatus(path: path) else { return false }
    return status.isDirectory && status.owner == geteuid() && status.mode & 0o077 == 0
  }

  private static func write(
    _ bytes: [UInt8], to name: String, in directory: String
  ) throws(LogError) {
    let path = directory + "/" + name
    let draft = path + ".\(getpid())"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .cannotSpool(path: path, error: errno) }
    var error: Int32 = 0
    var written = 0
    while written < bytes.count, error == 0 {
      let count = bytes.withUnsafeBytes { all in
        Glibc.write(file, all.baseAddress.map { $0 + written }, all.count - written)
      }
      if count > 0 { written += count } else if count < 0, errno != EINTR { error = errno }
    }
    if error == 0, fsync(file) != 0 { error = errno }
    close(file)
    if error == 0, rename(draft, path) != 0 { error = errno }
    if error == 0 { error = Folder.synchronize(directory) }
    if error != 0 {
      unlink(draft)
      throw .cannotSpool(path: path, error: error)
    }
  }

  private static func file(_ path: String) -> [UInt8]? {
    do throws(LogError) {
      let file = try OpenFile.open(path, flags: O_RDONLY)
      return try file.bytes(0..<(4 << 20), path: path)
    } catch {
      return nil
    }
  }
}
