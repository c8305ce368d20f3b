import ArgumentParser
import Engine

struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Make a token for the agent's HTTP interface, list or revoke them.",
    discussion: """
      The token is printed once; only its hash is kept. --scope alert delivers alerts and nothing else, \
      read shows everything, write also records, as the one person whom --actor names. \
      Revoking takes effect at once.

      Example: muster agent token alertmanager --scope alert
      Example: muster agent token chatbot --scope write --actor mira
      Example: muster agent token alertmanager --revoke
      """)

  @Argument(
    help: ArgumentHelp("What it is for; without a name they are listed.", valueName: "name"))
  var name: String?
  @Option(help: ArgumentHelp("read, alert or write.", valueName: "scope")) var scope: Typed?
  @Option(help: ArgumentHelp("Who records with it.", valueName: "name")) var actor: Typed?
  @Flag(name: .long, help: "Take it back.") var revoke = false
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    guard let path = TokenFile.path else {
      throw Failure(.usage, "no place for tokens: set $HOME or $XDG_CONFIG_HOME")
    }
    let tokens = try TokenFile.read(path)
    guard let name else { return try list(tokens) }
    if revoke {
      guard tokens.contains(where: { $0.name == name }) else {
        throw Failure.unknown("token", name, known: tokens.map(\.name))
      }
      try TokenFile.write(tokens.filter { $0.name != name }, to: path)
      return try Output.line("\(name) is revoked")
    }
    try make(name, tokens, path)
  }

  private func make(_ name: String, _ tokens: [AccessToken], _ path: String) throws {
    let isPlain = name.unicodeScalars.allSatisfy { $0.value > 32 && $0.value < 127 }
    guard isPlain, (1...60).contains(name.utf8.count), !name.contains("/") else {
      throw Failure(.usage, "the name of a token is one word of at most 60 plain characters")
    }
    guard !tokens.contains(where: { $0.name == name }) else {
      throw Failure(.notNow, "there is a token '\(name)' already; --revoke it first")
    }
    let known = AccessToken.Scope.allCases.map(\.rawValue)
    guard let word = scope?.text else {
      throw Failure(.usage, "a token needs --scope: \(known.joined(separator: ", "))")
    }
    guard let scope = AccessToken.Scope(rawValue: word) else {
      throw Failure.unknown("scope", word, known: known)
    }
    guard (scope == .write) == (actor != nil) else {
      throw Failure(
        .usage,
        scope == .write
          ? "a token that records needs --actor NAME: who does it"
          : "--actor goes with --scope write")
    }
    let (token, secret) = try AccessToken.make(
      name: name, scope: scope, actor: actor?.text, at: WallClock.now)
    try TokenFile.write(tokens + [token], to: path)
    if json {
      return try Output.jsonLine(.object(["name": .text(name), "token": .text(secret)]))
    }
    try Output.line(secret)
    Output.remark("it is not shown again; send it as 'Authorization: Bearer …', or as the password")
  }

  private func list(_ tokens: [AccessToken]) throws {
    if json {
      return try Output.json(
        .array(
          tokens.map { token in
            .object([
              "name": .text(token.name), "scope": .text(token.scope.rawValue),
              "actor": .text(token.actor), "created": .time(token.created),
            ])
          }))
    }
    if tokens.isEmpty { return Output.remark("there is no token yet") }
    try Output.lines(
      tokens.map { token in
        "\(token.name)  \(token.scope.rawValue)\(token.actor.map { " as \($0)" } ?? "")  "
          + "since \(token.created.rfc3339)"
      })
  }
}
