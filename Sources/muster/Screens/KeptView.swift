import Dashboard
import Engine

/// How the console looked when it was left, kept for this person alone.
struct KeptView {
  private static var path: String? { History.folder.map { $0 + "/console-view" } }

  /// What lies in the file now.
  private var kept: ViewState?

  /// What the model is to hear of it: the view, or why there is none; nothing where there is no file.
  mutating func read() -> Message? {
    guard let path = Self.path, let bytes = Settings.bytes(path, limit: 4096) else { return nil }
    do throws(ViewState.Damage) {
      let view = try ViewState(String(decoding: bytes, as: UTF8.self))
      kept = view
      return .viewRestored(view)
    } catch {
      return .told(
        "\(path):\(error.line): \(error.what); the view begins afresh", isError: false)
    }
  }

  /// Keeps a view that has changed; one that cannot be kept is only forgotten.
  func write(_ view: ViewState) {
    guard let path = Self.path, view != kept else { return }
    do throws(Failure) {
      try SmallFile.replace(path, with: Array(view.text.utf8), mode: 0o600)
    } catch {
      return
    }
  }
}
