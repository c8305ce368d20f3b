import Engine
import YAML

/// Takes settings out of a file, keeping what is good: a slip in one never costs the others.
struct SettingsReader {
  private var problems: [ProcedureError] = []
  /// Why nothing of the file could be used.
  private(set) var failure: ProcedureError?
  private let context: SchemaContext
  private let subject: String
  private var node: YAMLNode?

  /// Reads the file's mapping; unknown keys are told and left out, with words of their own for `refused` ones.
  init(
    _ bytes: [UInt8], path: String, subject: String, keys: [String], refused: [String: String] = [:]
  ) {
    context = SchemaContext(path: path, document: bytes)
    self.subject = subject
    do throws(YAMLError) {
      let root = try YAMLNode.read(bytes)
      if root.isNull { return }
      guard let entries = root.entries else {
        fail(
          context.error(
            at: root, "\(subject) must be a mapping, and this is \(root.nameOfKind)",
            remedy: "write it as 'key: value'"))
        return
      }
      for entry in entries where !keys.contains(entry.key) {
        problems.append(
          context.error(
            line: entry.line, column: entry.column, "unknown key '\(entry.key)' in \(subject)",
            remedy: refused[entry.key] ?? NearestMatch.remedy(entry.key, among: keys)))
      }
      var own = root
      own.value = .mapping(entries.filter { keys.contains($0.key) })
      node = own
    } catch {
      fail(ProcedureError(error, path: path, document: bytes))
    }
  }

  private mutating func fail(_ error: ProcedureError) {
    problems.append(error)
    failure = error
  }

  var problemsInOrder: [ProcedureError] {
    problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// Does `body` with all settings; what it throws becomes a problem.
  mutating func take(_ body: (SchemaFields) throws(ProcedureError) -> Void) {
    guard let node else { return }
    do throws(ProcedureError) {
      let keys = node.entries?.map(\.key) ?? []
      try body(try SchemaFields(node, subject, keys: keys, context))
    } catch {
      problems.append(error)
    }
  }

  /// As `take`, for each entry of a mapping.
  mutating func takeEach(
    _ name: String, _ body: (YAMLNode.Entry, SchemaFields) throws(ProcedureError) -> Void
  ) {
    guard let node, let value = node[name], !value.isNull else { return }
    guard let entries = value.entries else {
      problems.append(
        context.error(
          at: value, "'\(name)' must be a mapping, and this is \(value.nameOfKind)",
          remedy: "write 'name: value', one per line"))
      return
    }
    for entry in entries {
      take { fields throws(ProcedureError) in try body(entry, fields) }
    }
  }

  /// As `take`, for each entry of a list.
  mutating func takeItems(
    _ name: String, _ body: (YAMLNode, SchemaContext) throws(ProcedureError) -> Void
  ) {
    var items: [YAMLNode] = []
    take { fields throws(ProcedureError) in items = try fields.facts(name) { [$0] } }
    for item in items {
      do throws(ProcedureError) {
        try body(item, context)
      } catch {
        problems.append(error)
      }
    }
  }
}
