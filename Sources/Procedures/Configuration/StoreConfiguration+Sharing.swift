internal import Engine

/// `store.yaml` where a team shares it: all of it but `team:`, which each machine has for itself.
extension StoreConfiguration {
  /// The text without where the team's store is.
  package static func shared(_ text: String) -> String {
    parts(of: text).rest.joined(separator: "\n")
  }

  /// The text of shared settings with where one machine has the team's store.
  package static func own(_ shared: String, with text: String) -> String {
    let team = parts(of: text).team
    guard !team.isEmpty else { return shared }
    let end = shared.isEmpty || shared.hasSuffix("\n") ? "" : "\n"
    return shared + end + team.joined(separator: "\n") + "\n"
  }

  /// The lines of `team:`, and all others. Comments before the next key belong to that one.
  private static func parts(of text: String) -> (team: [Substring], rest: [Substring]) {
    var team: [Substring] = []
    var rest: [Substring] = []
    var undecided: [Substring] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("team:") {
        rest += undecided
        (undecided, isInside) = ([], true)
        team.append(line)
        continue
      }
      guard isInside else {
        rest.append(line)
        continue
      }
      switch line.first {
      case nil, "#": undecided.append(line)
      case " ", "\t", "}", "]":
        team += undecided + [line]
        undecided = []
      default:
        rest += undecided + [line]
        (undecided, isInside) = ([], false)
      }
    }
    return (team, rest + undecided)
  }

  /// What a machine goes by whose team shares settings: these, but where the team's store is and whether anything is
  /// delivered from the machine, which it states itself.
  package func overruling(_ own: Self) -> Self {
    var all = self
    all.team = own.team
    all.delivers = delivers && own.delivers
    all.problems = problems + own.problems
    return all
  }

  /// The documents that are named, as the file writes them.
  package var documents: [String] {
    ([procedure] + alerts.map(\.procedure)).compactMap { $0 }.filter(Self.isFile)
  }

  /// Whether a procedure is a file and no built-in one.
  package static func isFile(_ name: String) -> Bool { name.contains("/") || name.contains(".") }

  /// The same with documents that lie in a folder.
  package func with(documentsIn folder: String) -> Self {
    func place(_ name: String) -> String {
      Self.isFile(name) && !name.hasPrefix("/") ? "\(folder)/\(name)" : name
    }
    var all = self
    all.procedure = procedure.map(place)
    for number in all.alerts.indices {
      all.alerts[number].procedure = all.alerts[number].procedure.map(place)
    }
    return all
  }
}
