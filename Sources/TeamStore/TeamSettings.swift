package import EventLog

/// Where a team's etcd cluster is, and how to get in.
package struct TeamSettings: Sendable {
  /// Addresses such as `https://etcd1.example.com:2379`.
  package var endpoints: [String]
  /// What all keys begin with.
  package var prefix = "/muster"
  /// File with the certificates that those of the cluster are checked by.
  package var ca: String?
  /// Files with a certificate of our own and its key.
  package var certificate: String?
  package var key: String?
  package var user: String?
  /// Reads the user's password; throws why it cannot be had.
  package var password: @Sendable () throws(TeamTrouble) -> String = { () throws(TeamTrouble) in
    throw .outOfReach("a password is wanted and 'password_file' is not set")
  }

  package init(endpoints: [String]) { self.endpoints = endpoints }
}

/// Why something did not come about with what a team shares.
package enum TeamTrouble: Error, Sendable {
  /// Nothing was done; the reason is a part of a sentence.
  case outOfReach(String)
  /// It may have been done, or may be done yet.
  case unknown(String)
  /// What is shared is not as it must be, so that nothing may be built on it.
  case damaged(String)
  /// What answers is not the store that this machine has joined.
  case otherStore(String)
  case local(LogError)

  package var reason: String {
    switch self {
    case .outOfReach(let reason), .unknown(let reason), .damaged(let reason),
      .otherStore(let reason):
      reason
    case .local(let error): error.description
    }
  }
}
