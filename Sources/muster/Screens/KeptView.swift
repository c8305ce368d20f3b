import Dashboard
import Engine

/// How the console looked when it was left, kept with its store for this person alone.
struct KeptView: Sendable {
  private let path: String

  /// `home` is the store's.
  init(home: String) { path = "\(home)/console-view-\(Login.name)" }

  /// What the model is to hear of it: the view, or why there is none; nothing where there is no file.
  func read() -> Message? {
    guard let bytes = Settings.bytes(path, limit: Self.limit) else { return nil }
    do throws(ViewState.Damage) {
      return .viewRestored(try ViewState(String(decoding: bytes, as: UTF8.self)))
    } catch {
      return .told("\(path):\(error.line): \(error.what); the view is reset", isError: false)
    }
  }

  /// Keeps a view that has changed; one that cannot be kept is only forgotten.
  func write(_ view: ViewState) {
    let bytes = Array(view.text.utf8)
    guard Settings.bytes(path, limit: Self.limit) != bytes else { return }
    do throws(Failure) { try SmallFile.replace(path, with: bytes, mode: 0o600) } catch { return }
  }

  private static let limit = 16_384
}
