import CLinux
import Engine
import EventLog
import Glibc
import Procedures
import Runtime

/// The team's rules about alerts, and the declaring that they ask for. Not for several threads at once.
final class StoreAlerts: AlertGround {
  let store: StoreAccess
  private var kept: (version: SettingsVersion, configuration: StoreConfiguration)?
  /// Why the settings that are in the file now are not the ones that rule; nil where they are.
  private(set) var problem: String?

  init(_ store: StoreAccess) { self.store = store }

  var recorder: Recorder { store.recorder }

  func rules() -> [AlertRule] { configuration().alerts }

  func mappings() -> [AlertMapping] { configuration().mappings }

  func didRecord(_ incident: Incident, _ event: RecordedEvent) {
    store.hint(incident, after: event.kind)
  }

  /// The settings as the file has them; those of before, where what it has now cannot be used.
  private func configuration() -> StoreConfiguration {
    let version = SettingsVersion(Settings.storeFiles(in: store.place.home))
    if let kept, kept.version == version { return kept.configuration }
    let (read, failure) = Settings.readStore(in: store.place.home)
    problem = failure ?? read.problems.first?.description
    let isUsable = problem == nil || kept == nil
    let configuration = isUsable ? read : kept?.configuration ?? read
    kept = (version, configuration)
    return configuration
  }

  func declare(_ opening: AlertPlan.Opening, by author: Author) throws(Told) -> String {
    do throws(LogError) {
      let known = try recorder.incident(
        begunBy: EventID(named: opening.name), title: opening.title, began: opening.began)
      if let known { return known }
    } catch { throw Told(error.description) }
    do throws(Failure) {
      let chosen = try ProcedureChoice(store: store).forDeclaring(
        opening.procedure.map { Self.place($0, in: store.place.home) })
      let severity = StoreAccess.declaredSeverity(opening.severity, in: chosen.procedure)
      var declaration = Declaration(
        id: "", title: opening.title, severity: severity.id,
        detected: min(opening.detected, WallClock.now), procedure: chosen.procedure,
        procedureNotRead: chosen.notRead)
      declaration.document = chosen.document
      let receipt = try store.declare(
        declaration, began: opening.began, author: author, as: .named(opening.name))
      return receipt.incident.id
    } catch { throw Told(error.message) }
  }

  /// A file that the store's settings name, as seen from the store.
  static func place(_ name: String, in home: String) -> String {
    StoreConfiguration.isFile(name) && !name.hasPrefix("/") ? "\(home)/\(name)" : name
  }
}

/// By what one writing of some files is told from the next.
struct SettingsVersion: Hashable {
  private var numbers: [Int] = []

  init(_ paths: [String]) {
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else {
        numbers.append(0)
        continue
      }
      numbers += [
        Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec,
        status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
      ]
    }
  }
}
