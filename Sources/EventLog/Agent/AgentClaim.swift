internal import CLinux
package import Engine
internal import Glibc

/// The lock that makes a process the one agent of a store; it ends with the process.
package final class AgentClaim: Sendable {
  private let store: FileStore
  private let file: Int32

  /// Why a process cannot be the agent of a store.
  package enum Refusal: Error, Sendable {
    /// Another process is the agent already, with what is known about it.
    case held(AgentState?, LockHolder?)
    case impossible(LogError)
  }

  package init(_ store: FileStore) throws(Refusal) {
    self.store = store
    do throws(LogError) {
      try store.prepare()
      try store.makeDirectory(inStore: FileStore.agentFolder)
    } catch { throw .impossible(error) }
    let path = store.agentLock
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(store.fileMode))
    guard file >= 0 else { throw .impossible(.cannotOpen(path: path, error: errno)) }
    let error = muster_lock_exclusive(file)
    guard error == 0 else {
      let identity = FileStatus(file: file)?.identity
      close(file)
      guard error == EAGAIN || error == EACCES else {
        throw .impossible(.cannotOpen(path: path, error: error))
      }
      throw .held(store.agentPresence.state, identity.flatMap(LockHolder.find(of:)))
    }
    fchmod(file, mode_t(store.fileMode))
    self.file = file
  }

  deinit { close(file) }

  /// Gives a sign of life.
  package func beat() { futimens(file, nil) }

  /// Keeps a note of the agent's own in the store.
  package func keep(_ name: String, _ json: JSON) throws(LogError) {
    try store.replace(FileStore.agentFolder + "/" + name, with: Array((json.text + "\n").utf8))
  }

  /// Tells how it stands with this agent.
  package func tell(_ state: AgentState) throws(LogError) {
    try store.replace(
      FileStore.agentFolder + "/state.json", with: Array((state.json.text + "\n").utf8))
  }
}

extension FileStore {
  /// A note that an agent keeps in the store; nil where there is none.
  package func agentNote(_ name: String) -> JSON? {
    let bytes = Folder.smallFile("\(home)/\(Self.agentFolder)/\(name)")
    do { return try JSON(parsing: bytes[...]) } catch { return nil }
  }

  static let agentFolder = "agent"

  var agentLock: String { "\(home)/\(Self.agentFolder)/lock" }

  /// Whether an agent is there and well; cheap enough for every second.
  package var agentPresence: AgentPresence {
    let file = open(agentLock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return AgentPresence() }
    defer { close(file) }
    var presence = AgentPresence(isRunning: muster_is_locked(file) == 1)
    presence.lastSign = FileStatus(file: file).map { status in
      Timestamp(
        milliseconds: Int64(status.modified.seconds) * 1000
          + Int64(status.modified.nanoseconds) / 1_000_000)
    }
    presence.state = agentNote("state.json").flatMap(AgentState.init(json:))
    return presence
  }
}
