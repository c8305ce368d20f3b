import Engine
import EventLog
import Glibc
import Procedures

/// Finds the procedure that a new incident is run by. Declaring never waits for a document.
struct ProcedureChoice {
  let store: StoreAccess

  struct Chosen {
    var procedure: Procedure
    /// The text that it was read from.
    var document: ProcedureDocument?
    /// Why the document that was meant could not be read, and what is used in its place.
    var notRead: String?

    init(_ loaded: ProcedureLoader.Loaded, notRead: String? = nil) {
      (procedure, document) = (loaded.procedure, loaded.document)
      self.notRead = notRead
    }
  }

  /// The procedure typed, else the store's, else `standard`; where it cannot be read its last good reading, else `standard`.
  func forDeclaring(_ typed: String?) throws(Failure) -> Chosen {
    let settings = Settings.readStore(in: store.place.home)
    // What is wrong within the file, everybody sees.
    store.store.board?.noteSettings(
      areRead: settings.failure == nil || settings.configuration.failure != nil)
    guard let name = typed ?? settings.configuration.procedure else {
      // What the team wanted may stand in the settings that could not be read.
      let unread = settings.failure ?? settings.configuration.problems.first?.description
      return Chosen(
        try builtIn("standard"), notRead: unread.map { "\($0); using 'standard'" })
    }
    do throws(ProcedureError) {
      let loaded = try read(name)
      if let other = loaded.whyNoProcedure { throw other }
      if isFile(name) { keep(loaded, as: name) }
      // What the team has corrected is not in force.
      let failure = loaded.review?.failure?.description
      return Chosen(
        loaded,
        notRead: failure.map { "\($0); using the document without the team's review decisions" })
    } catch {
      if let last = lastGood(name) {
        return Chosen(last, notRead: "\(error.description); using its last good reading")
      }
      return Chosen(
        try builtIn("standard"), notRead: "\(error.description); using 'standard'")
    }
  }

  /// The procedure of a verb that only reads: an error there is an error.
  func forReading(_ typed: String?) throws(Failure) -> Procedure {
    try loadedForReading(typed).procedure
  }

  func loadedForReading(_ typed: String?) throws(Failure) -> ProcedureLoader.Loaded {
    do throws(ProcedureError) {
      return try read(typed ?? store.settings.procedure ?? "standard")
    } catch {
      throw Failure(.no, error.description)
    }
  }

  /// The procedure behind a file or a built-in name; a path in the store's settings is relative to the store.
  func read(_ name: String) throws(ProcedureError) -> ProcedureLoader.Loaded {
    if !isFile(name), let entry = BuiltInProcedures.named(name) { return try entry.load() }
    if !isFile(name), name != BoundedFile.standardInput, access(name, F_OK) != 0 {
      let known = BuiltInProcedures.all.map(\.name)
      let guess = NearestMatch.find(name, among: known).map { "did you mean '\($0)'? " } ?? ""
      throw ProcedureError(
        path: name, line: 0, column: 0, what: "no file and no built-in procedure of that name",
        remedy: "\(guess)known: \(known.joined(separator: ", "))")
    }
    return try ProcedureLoader.load(name)
  }

  private func isFile(_ name: String) -> Bool { StoreConfiguration.isFile(name) }

  private func builtIn(_ name: String) throws(Failure) -> ProcedureLoader.Loaded {
    do throws(ProcedureError) {
      guard let entry = BuiltInProcedures.named(name) else {
        throw ProcedureError(path: name, line: 0, column: 0, what: "is missing", remedy: "")
      }
      return try entry.load()
    } catch {
      throw Failure(.worldFailed, "the built-in procedure cannot be read: \(error.description)")
    }
  }

  // MARK: - The last good reading

  private func keptPath(_ name: String) -> String { store.home + "/" + keptName(name) }

  private func keptName(_ name: String) -> String {
    let digest = String(decoding: Digest.hex(Self.absolute(name).utf8).prefix(32), as: UTF8.self)
    return "procedures/" + digest + ".json"
  }

  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// Saves a good reading for when the document cannot be read later. Failing to save it is ignored.
  func keep(_ loaded: ProcedureLoader.Loaded, as name: String) {
    // A file that stands in its place must not stand in for it ever after.
    guard loaded.whyNoProcedure == nil else { return }
    let document = loaded.document.map { [JSON.Member("document", $0.json)] } ?? []
    let bytes = JSON.object((loaded.procedure.json.members ?? []) + document).bytes
    if Settings.bytes(keptPath(name), limit: 1 << 20) == bytes { return }
    do throws(LogError) { try store.store.replace(keptName(name), with: bytes) } catch { return }
  }

  private func lastGood(_ name: String) -> ProcedureLoader.Loaded? {
    guard let bytes = Settings.bytes(keptPath(name), limit: 1 << 20) else { return nil }
    do throws(JSONError) {
      let json = try JSON(parsing: bytes[...])
      return ProcedureLoader.Loaded(
        procedure: Procedure(json: json),
        document: json["document"].flatMap(ProcedureDocument.init(json:)))
    } catch {
      return nil
    }
  }
}
