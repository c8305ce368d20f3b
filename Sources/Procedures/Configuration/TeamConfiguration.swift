import Engine
import YAML

/// Where the etcd cluster is by which several machines share a store, and how to get in; secrets stand in files of their own.
package struct TeamConfiguration: Hashable, Sendable {
  package var endpoints: [String] = []
  package var prefix = "/muster"
  /// Files: the certificates that those of the cluster are checked by, one of our own, and its key.
  package var ca: String?
  package var certificate: String?
  package var key: String?
  package var user: String?
  package var passwordFile: String?
  package var line = 0

  static let keys = ["endpoints", "prefix", "ca", "cert", "key", "user", "password_file"]

  static func read(_ name: String, _ fields: SchemaFields) throws(ProcedureError) -> Self? {
    guard let value = try fields.value(name) else { return nil }
    let inner = try SchemaFields(value, "the team's store", keys: keys, fields.context)
    var team = Self()
    team.line = value.line
    for endpoint in try inner.texts("endpoints") {
      guard endpoint.hasPrefix("https://") || endpoint.hasPrefix("http://"),
        endpoint.dropFirst(8).contains(":")
      else {
        throw fields.context.error(
          at: value, "'\(endpoint)' is no address of a member of an etcd cluster",
          remedy: "write it as https://etcd1.example.com:2379")
      }
      team.endpoints.append(endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint)
    }
    guard !team.endpoints.isEmpty else {
      throw fields.context.error(
        at: value, "'team' has no endpoints", remedy: "list those of all members of the cluster")
    }
    if let prefix = try inner.text("prefix") {
      guard prefix.hasPrefix("/"), prefix.utf8.count > 1, !prefix.utf8.contains(where: { $0 < 33 })
      else {
        throw fields.context.error(
          at: value, "'prefix' must begin with a slash, and is '\(prefix)'",
          remedy: "write it as /muster")
      }
      team.prefix = prefix
    }
    (team.ca, team.certificate) = (try inner.text("ca"), try inner.text("cert"))
    (team.key, team.user) = (try inner.text("key"), try inner.text("user"))
    team.passwordFile = try inner.text("password_file")
    if team.user != nil, team.passwordFile == nil {
      throw fields.context.error(
        at: value, "'team' has a user and no password_file",
        remedy: "name a file of mode 600 that holds the password alone")
    }
    return team
  }
}
