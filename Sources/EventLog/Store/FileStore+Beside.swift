internal import Glibc

/// What lies beside the logs: it follows the mode of the store, whatever the mask of the process says.
extension FileStore {
  package var fileMode: UInt32 { isShared ? 0o660 : 0o640 }
  private var folderMode: mode_t { isShared ? 0o2770 : 0o750 }

  /// Replaces a file of the store, `store.yaml` or `procedures/1f.json`, as a whole, so that nobody ever reads half of it;
  /// makes its folder where it is missing.
  package func replace(_ name: String, with bytes: [UInt8]) throws(LogError) {
    let path = home + "/" + name
    try makeDirectories(home)
    if let slash = name.lastIndex(of: "/") { try makeDirectory(inStore: String(name[..<slash])) }
    let aside = "\(path).\(getpid()).new"
    unlink(aside)
    let file = try OpenFile.open(
      aside, flags: O_WRONLY | O_CREAT | O_EXCL, mode: UInt32(fileMode), calls: calls)
    do throws(LogError) {
      try giveToGroup(aside)
      try set(aside, mode: fileMode)
      try write(bytes, to: file, path)
      guard rename(aside, path) == 0 else {
        throw .cannotWrite(path: path, offset: 0, error: errno)
      }
    } catch {
      unlink(aside)
      throw error
    }
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let error = Folder.synchronize(folder)
    if error != 0 { throw .cannotWrite(path: path, offset: 0, error: error) }
  }

  /// Makes a folder of the store, where it is missing, with the mode that the store has.
  package func makeDirectory(inStore name: String) throws(LogError) {
    let path = home + "/" + name
    guard try makeDirectory(path, mode: folderMode) else { return }
    try giveToGroup(path)
    // A change of group may take the mark off by which new files follow it.
    try set(path, mode: folderMode)
  }

  private func write(_ bytes: [UInt8], to file: OpenFile, _ path: String) throws(LogError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        calls.write(file.descriptor, UnsafeRawBufferPointer(rebasing: all[written...]))
      }
      if count == -Int(EINTR) { continue }
      guard count > 0 else {
        throw .cannotWrite(path: path, offset: written, error: count < 0 ? Int32(-count) : EIO)
      }
      written += count
    }
    let error = calls.synchronize(file.descriptor)
    if error != 0 { throw .cannotWrite(path: path, offset: 0, error: error) }
  }

  /// Gives a new file of a shared store to the group that has the store.
  func giveToGroup(_ path: String) throws(LogError) {
    guard isShared, let group = FileStatus(path: incidentsDirectory)?.group,
      let own = FileStatus(path: path)?.group, own != group
    else { return }
    if chown(path, uid_t.max, gid_t(group)) != 0 {
      throw .cannotWrite(path: path, offset: 0, error: errno)
    }
  }

  /// Gives the store to a group: its settings and all its folders, as far down as this program puts anything.
  func share(with group: UInt32) throws(LogError) {
    try give(home, to: group, mode: 0o2770)
    for name in Folder.names(home) {
      let path = home + "/" + name
      // A person's own files may lie beside; the exercises are a store of their own.
      if FileStatus(path: path)?.isDirectory == true, path != drills.home {
        try share(path, with: group)
      } else if name == "store.yaml" || path == logPath {
        try give(path, to: group, mode: 0o660)
      }
    }
  }

  private func share(_ folder: String, with group: UInt32) throws(LogError) {
    try give(folder, to: group, mode: 0o2770)
    for name in Folder.names(folder) {
      let path = folder + "/" + name
      guard let status = FileStatus(path: path) else { continue }
      if status.isDirectory {
        try share(path, with: group)
      } else if status.isFile {
        try give(path, to: group, mode: 0o660)
      }
    }
  }

  private func give(_ path: String, to group: UInt32, mode: mode_t) throws(LogError) {
    if chown(path, uid_t.max, gid_t(group)) != 0 {
      throw .cannotWrite(path: path, offset: 0, error: errno)
    }
    try set(path, mode: mode)
  }
}
