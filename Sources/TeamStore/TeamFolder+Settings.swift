package import Engine
package import EventLog
internal import Glibc

/// The team's settings as this machine last had them, for when the cluster cannot be reached: `settings` leads to a folder
/// that holds them, so that they change all at once.
extension TeamFolder {
  /// Which ones a machine has, and since when they count.
  package struct KeptSettings: Hashable, Sendable {
    package var number: Int
    package var author: Author
    package var at: Timestamp
    /// Name of the folder that holds them.
    package var folder: String
  }

  private static let link = "settings"
  private static let about = ".about.json"

  /// Where the team's settings of a home lie.
  package static func settingsFolder(_ home: String) -> String { "\(home)/team/\(link)" }

  package static func settingsPath(_ home: String) -> String {
    "\(settingsFolder(home))/\(SharedSettings.main)"
  }

  /// Whether a home goes by the settings of its team.
  package static func hasSettings(_ home: String) -> Bool {
    access(settingsPath(home), F_OK) == 0 && hasJoined(home)
  }

  package var settings: KeptSettings? {
    guard let folder = target, let json = json("\(folder)/\(Self.about)"),
      let number = json["number"]?.integer,
      let at = json["at"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    return KeptSettings(
      number: Int(number),
      author: Author(actor: json["by"]?.string ?? "", source: json["source"]?.string ?? ""),
      at: at, folder: folder)
  }

  private var target: String? {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = readlink("\(path)/\(Self.link)", &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
  }

  /// The name of the folder that certain settings are kept in: the same on every machine.
  static func name(of settings: SharedSettings) -> String {
    let hash = String(decoding: Digest.hex(settings.bytes).prefix(8), as: UTF8.self)
    return "settings-\(settings.number)-\(hash)"
  }

  /// Keeps settings, which count from now on.
  func keep(_ settings: SharedSettings) throws(LogError) {
    let name = Self.name(of: settings)
    let former = target
    guard former != name else { return }
    try files.makeDirectory(inStore: "team")
    try files.makeDirectory(inStore: "team/\(name)")
    for (file, bytes) in settings.files {
      var folder = "team/\(name)"
      for part in file.split(separator: "/").dropLast() {
        folder += "/\(part)"
        try files.makeDirectory(inStore: folder)
      }
      try files.replace("team/\(name)/\(file)", with: bytes)
    }
    let about = JSON.object([
      "number": .integer(Int64(settings.number)), "by": .string(settings.author.actor),
      "source": .string(settings.author.source), "at": .string(settings.at.rfc3339),
    ])
    try files.replace("team/\(name)/\(Self.about)", with: about.bytes)
    let aside = "\(path)/.\(Self.link).\(getpid())"
    unlink(aside)
    guard symlink(name, aside) == 0, rename(aside, "\(path)/\(Self.link)") == 0 else {
      throw .cannotWrite(path: "\(path)/\(Self.link)", offset: 0, error: errno)
    }
    // Those of before stay for whoever reads them at this moment, and newer ones where a backup has taken their place.
    for old in Folder.names(path) where old != name && old != former {
      let parts = old.split(separator: "-")
      guard parts.count == 3, parts[0] == "settings", let number = Int(parts[1]),
        number < settings.number
      else { continue }
      Self.remove("\(path)/\(old)")
    }
  }

  /// Which settings this machine's own `store.yaml` was made from: those that it was taken from or last put as.
  package var settingsBase: String? {
    json("base")?["settings"]?.string
  }

  package func note(settingsBase name: String) throws(LogError) {
    try files.replace("team/base", with: JSON.object(["settings": .string(name)]).bytes)
  }

  /// Removes a folder of settings; what cannot be removed stays, and harms nothing.
  private static func remove(_ path: String) {
    for name in Folder.names(path) where unlink("\(path)/\(name)") != 0 {
      remove("\(path)/\(name)")
    }
    rmdir(path)
  }
}
