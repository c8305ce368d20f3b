/// What a code block holds, judged by its language and its lines.
enum FenceRole: Sendable {
  case commands
  /// A program or a configuration, not to be typed.
  case code
  /// A text to send or to fill in.
  case text
  /// Boxes to tick.
  case boxes
  /// Numbered steps.
  case steps
  /// Levels and arrows of an escalation.
  case ladder
  /// Times by severities.
  case matrix
  case tree
  case mermaid
  case drawing
}

extension Block {
  /// The first word after the opening fence, in lower case.
  var language: String {
    guard case .fence(let info) = kind else { return "" }
    return info.lowercased().split { " {,:".contains($0) }.first.map(String.init) ?? ""
  }

  var isMarkdown: Bool { language == "markdown" || language == "md" }

  var fenceRole: FenceRole {
    if FenceSigns.commandLanguages.contains(language) { return .commands }
    if language == "mermaid" { return .mermaid }
    if FenceSigns.codeLanguages.contains(language) { return .code }
    let texts = lines.map(\.text).filter { !$0.trimmed.isEmpty }
    guard !texts.isEmpty else { return .drawing }
    if language.isEmpty || language == "text" || language == "txt" || language == "plaintext" {
      if FenceSigns.isTree(texts) { return .tree }
      if FenceSigns.isBoxes(texts) { return .boxes }
      if FenceSigns.isMatrix(texts) { return .matrix }
      if FenceSigns.isLadder(texts) { return .ladder }
      if FenceSigns.isDrawing(texts) { return .drawing }
      if FenceSigns.isCommands(texts) { return .commands }
    }
    if isMarkdown, FenceSigns.isBoxes(texts) { return .boxes }
    if language.isEmpty || isMarkdown || language == "text", FenceSigns.isSteps(texts) {
      return .steps
    }
    return .text
  }
}

enum FenceSigns {
  static let commandLanguages: Set<String> = [
    "bash", "sh", "shell", "zsh", "console", "powershell", "ps1", "pwsh", "cmd", "bat", "fish",
    "sql", "psql", "shell-session", "terminal", "mysql", "redis", "promql", "kusto", "kql",
  ]
  static let codeLanguages: Set<String> = [
    "python", "py", "javascript", "js", "ts", "typescript", "yaml", "yml", "json", "hcl", "go",
    "golang", "ruby", "rb", "php", "java", "kotlin", "rust", "c", "cpp", "csharp", "cs", "xml",
    "html", "css", "ini", "toml", "conf", "nginx", "dockerfile", "docker", "terraform", "tf",
    "graphql", "groovy", "swift", "lua", "perl", "r", "diff", "dotenv", "env", "properties",
    "makefile", "jinja", "http",
  ]

  static func isBox(_ text: String) -> Bool { boxText(text) != nil }

  /// The text behind `[ ]`, `- [ ]`, `□`.
  static func boxText(_ text: String) -> String? {
    var rest = text.trimmed[...]
    if rest.hasPrefix("- ") || rest.hasPrefix("* ") { rest = rest.dropFirst(2) }
    for box in ["[ ]", "[x]", "[X]", "[]", "□", "☐", "◻", "☑", "✅"] where rest.hasPrefix(box) {
      let text = String(rest.dropFirst(box.count)).trimmed
      return text.isEmpty ? nil : text
    }
    return nil
  }

  /// The text behind "1." or "2)", and the number.
  static func step(_ text: String) -> (number: Int, text: String)? {
    let text = text.trimmed
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number <= 99 else { return nil }
    let rest = text[digits.endIndex...]
    guard let sign = rest.first, ".)、．".contains(sign) else { return nil }
    let words = rest.dropFirst()
    guard sign == "、" || sign == "．" || words.first == " " else { return nil }
    return words.contains(where: \.isLetter) ? (number, String(words).trimmed) : nil
  }

  /// Most lines are numbered, in order.
  static func isSteps(_ texts: [String]) -> Bool {
    let numbers = texts.compactMap { step($0)?.number }
    return numbers.count >= 2 && numbers.count * 2 > texts.count
      && numbers == Array(1...numbers.count)
  }

  static func isBoxes(_ texts: [String]) -> Bool {
    // A tick beside a cross tells good from bad.
    let crosses = ["❌", "✗", "✘", "⛔", "🚫"]
    guard !texts.contains(where: { text in crosses.contains { text.trimmed.hasPrefix($0) } }) else {
      return false
    }
    let boxes = texts.filter(isBox).count
    return boxes >= 1 && boxes * 2 >= texts.count
  }

  static func isTree(_ texts: [String]) -> Bool {
    let answers = texts.filter { text in
      let folded = Folded(text)
      let words = folded.words
      guard let first = words.first, folded.begins(with: .yes) || folded.begins(with: .no) else {
        return false
      }
      // "是否…" asks and does not answer.
      if first.unicodeScalars.first?.isIdeograph == true {
        return words.count == 1 || !text.contains("是否")
      }
      return first.count > 1
    }
    return answers.count >= 2 && texts.contains { $0.contains("?") || $0.contains("？") }
  }

  static func isMatrix(_ texts: [String]) -> Bool {
    guard
      let header = texts.firstIndex(where: { SeverityWord.numbered(in: $0).count >= 2 }),
      header + 1 < texts.count
    else { return false }
    return texts[(header + 1)...].filter { text in
      SpanReader.spans(in: text).first.map { $0.start < 12 } ?? false
    }.count >= 2
  }

  static func isLadder(_ texts: [String]) -> Bool {
    let levels = texts.filter { Ladder.level($0) != nil }.count
    let arrows = texts.filter { Ladder.isArrowLine($0) }.count
    return levels >= 2 || (arrows >= 1 && texts.count >= 3 && levels + arrows >= 2)
      || arrows >= 2
  }

  static func isDrawing(_ texts: [String]) -> Bool {
    texts.contains { text in
      text.unicodeScalars.contains { (0x250C...0x257F).contains($0.value) || $0.value == 0x25B6 }
    }
      || texts.contains { text in
        text.components(separatedByArrows: true).count >= 3
      }
  }

  static let commands: Set<String> = [
    "kubectl", "docker", "docker-compose", "curl", "psql", "systemctl", "aws", "ssh", "git", "sudo",
    "cd", "helm", "terraform", "gcloud", "az", "redis-cli", "journalctl", "tail", "grep", "npm",
    "yarn", "make", "python", "python3", "node", "mysql", "mongo", "vercel", "heroku", "flyctl",
    "fly",
    "pm2", "service", "dig", "nslookup", "ping", "df", "free", "top", "htop", "ps", "kill", "cat",
    "ls",
    "oc", "argocd", "wrangler", "supabase", "ansible", "rails", "bundle", "php", "pagerduty",
    "echo",
    "export", "openssl", "certbot", "find", "netstat", "ss", "iptables", "du", "wget", "watch",
    "open",
  ]

  static func isCommands(_ texts: [String]) -> Bool {
    var commands = 0
    var others = 0
    for text in texts {
      let text = text.trimmed
      if text.hasPrefix("$ ") || text.hasPrefix("./") { commands += 1; continue }
      if text.hasPrefix("#") { continue }
      let first = text.split(separator: " ").first.map(String.init) ?? ""
      if Self.commands.contains(first) { commands += 1 } else { others += 1 }
    }
    return commands > 0 && commands >= others
  }
}

extension String {
  /// The parts between arrows; `tight` also takes `->` without spaces.
  func components(separatedByArrows tight: Bool) -> [String] {
    var parts: [String] = [""]
    var index = unicodeScalars.startIndex
    let view = unicodeScalars
    while index < view.endIndex {
      let scalar = view[index]
      let next = view.index(after: index)
      if ["→", "➜", "➔", "⇒", "➡", "▶", "⟶"].contains(scalar) {
        parts.append("")
        index = next
      } else if scalar == "-" || scalar == "=", next < view.endIndex {
        var end = index
        while end < view.endIndex, view[end] == scalar { end = view.index(after: end) }
        if end < view.endIndex, view[end] == ">" {
          parts.append("")
          index = view.index(after: end)
        } else {
          parts[parts.count - 1].unicodeScalars.append(contentsOf: view[index..<end])
          index = end
        }
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
        index = next
      }
    }
    return parts
  }
}
