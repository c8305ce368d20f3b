import Engine
import EventLog

/// An incident that is known only from what is kept: no disk took its declaration yet.
struct KeptDeclaration: Hashable, Sendable {
  var id: String
  /// As they were typed; nil where somebody else's process keeps them.
  var title: String?
  var severity: String?
  var since: Timestamp

  /// In a few words, for a line that tells of several things.
  var mark: String {
    "NOT RECORDED: \(title.map { "\(severity ?? "severity unknown") \($0)" } ?? id)"
  }
}

extension StoreAccess {
  /// Incidents for which entries are kept and whose log was never there.
  func declarations(among kept: [StoreTrouble.Kept]) -> [KeptDeclaration] {
    guard !kept.isEmpty else { return [] }
    var found: [KeptDeclaration] = []
    for entry in kept where !found.contains(where: { $0.id == entry.incident }) {
      do throws(Failure) {
        if try contains(entry.incident) || store.isLost(entry.incident) { continue }
      } catch { continue }
      found.append(KeptDeclaration(id: entry.incident, since: entry.since))
    }
    guard !found.isEmpty else { return [] }
    let declared = recorder.kept.filter { $0.draft.kind == .incidentDeclared }
    for index in found.indices {
      let data = declared.first { $0.incident == found[index].id }?.draft.data
      found[index].title = data?.string("title")
      found[index].severity = data?.string("severity")
    }
    return found
  }
}
