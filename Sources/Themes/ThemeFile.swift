import Display
import YAML

/// A theme as its file has it: names not yet looked up, nothing inherited.
struct ThemeFile {
  struct Role: Hashable {
    var line: Int
    var style: StyleText
    var sixteen: StyleText?
    var mono: Attributes?
  }

  var file: String
  var about = ""
  var inherits: (name: String, line: Int)?
  var palette: [String: Color] = [:]
  var roles: [StyleRole: Role] = [:]
  var remarks: [ThemeRemark] = []

  init(file: String, text: String) throws(ThemeError) {
    self.file = file
    let root: YAMLNode
    do {
      root = try YAMLNode.read(text)
    } catch {
      throw ThemeError(problem: .syntax(error.what), file: file, line: error.line)
    }
    for entry in try entries(of: root, "theme") {
      switch entry.key {
      case "about": about = entry.value.text ?? ""
      case "inherits": inherits = entry.value.text.map { ($0, entry.line) }
      case "palette": try readPalette(entry.value)
      case "roles": try readRoles(entry.value)
      default: remark(entry.key, entry.line)
      }
    }
  }

  private mutating func remark(_ name: String, _ line: Int) {
    remarks.append(ThemeRemark(file: file, line: line, name: name))
  }

  private func entries(of node: YAMLNode, _ key: String) throws(ThemeError) -> [YAMLNode.Entry] {
    if node.isNull { return [] }
    guard let entries = node.entries else {
      throw ThemeError(problem: .notAMapping(key), file: file, line: node.line)
    }
    return entries
  }

  private mutating func readPalette(_ node: YAMLNode) throws(ThemeError) {
    for entry in try entries(of: node, "palette") {
      let text = entry.value.text ?? ""
      guard let color = Color(text[...]) else {
        throw ThemeError(problem: .unknownColor(text), file: file, line: entry.line)
      }
      palette[entry.key] = color
    }
  }

  private mutating func readRoles(_ node: YAMLNode) throws(ThemeError) {
    for entry in try entries(of: node, "roles") {
      guard let role = StyleRole(rawValue: entry.key) else {
        remark(entry.key, entry.line)
        continue
      }
      roles[role] = try readRole(entry)
    }
  }

  private mutating func readRole(_ entry: YAMLNode.Entry) throws(ThemeError) -> Role {
    guard let parts = entry.value.entries else {
      return Role(line: entry.line, style: try style(entry.value))
    }
    var role = Role(line: entry.line, style: try style(entry.value["style"] ?? entry.value))
    for part in parts {
      switch part.key {
      case "style": break
      case "16": role.sixteen = try style(part.value)
      case "mono":
        let mono = try style(part.value)
        guard mono.foreground == nil, mono.background == nil else {
          throw ThemeError(
            problem: .tooMuch(mono.foreground ?? mono.background ?? ""), file: file, line: part.line
          )
        }
        role.mono = mono.attributes
      default: remark(part.key, part.line)
      }
    }
    return role
  }

  private func style(_ node: YAMLNode) throws(ThemeError) -> StyleText {
    guard let text = node.text else {
      throw ThemeError(problem: .notAStyle, file: file, line: node.line)
    }
    do {
      return try StyleText(text)
    } catch {
      let problem: ThemeError.Problem =
        switch error {
        case .groundMissing: .groundMissing
        case .tooMuch(let word): .tooMuch(word)
        }
      throw ThemeError(problem: problem, file: file, line: node.line)
    }
  }
}
