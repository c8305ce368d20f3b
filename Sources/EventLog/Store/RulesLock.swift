internal import Glibc

/// Held by whoever applies a store's rules to alerts, so that two never open the same incident. It ends with its owner,
/// also with a process that is stopped.
package final class RulesLock {
  private let file: OpenFile
  private let calls: FileCalls

  /// Takes the lock of a store, waiting for it as long as a writer waits for that of a log.
  package init(of store: FileStore) throws(LogError) {
    try store.prepare()
    let path = store.home + "/rules.lock"
    calls = store.calls
    file = try OpenFile.open(
      path, flags: O_RDWR | O_CREAT, mode: UInt32(store.fileMode), calls: calls)
    if store.isShared {
      // Only its owner may, and the first one has.
      _ = fchmod(file.descriptor, store.fileMode)
    }
    let deadline = ContinuousClock.now + store.patience
    while true {
      let error = calls.lock(file.descriptor)
      if error == 0 { return }
      guard error == EAGAIN || error == EACCES || error == EINTR else {
        throw .cannotWrite(path: path, offset: 0, error: error)
      }
      guard ContinuousClock.now < deadline else {
        throw .locked(path: path, holder: LockHolder.find(of: file.identity))
      }
      usleep(2000)
    }
  }

  deinit { _ = calls.unlock(file.descriptor) }
}
