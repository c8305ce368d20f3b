import Dashboard
import Engine
import Glibc

/// Updates that are being written, kept beside the logs for this person alone: no end of a console takes them away.
struct KeptDrafts: Sendable {
  private let path: String

  /// `home` is the store's.
  init(home: String) { path = "\(home)/console-drafts-\(Login.name)" }

  /// By the ids of their incidents; none where there is no file, or none that can be read.
  func read() -> [String: Draft] {
    guard let bytes = Settings.bytes(path, limit: Self.limit) else { return [:] }
    do throws(JSONError) {
      let members = try JSON(parsing: bytes[...]).members ?? []
      return members.reduce(into: [:]) { drafts, member in
        if let draft = Draft(json: member.value) { drafts[member.key] = draft }
      }
    } catch {
      return [:]
    }
  }

  /// Keeps the draft of one incident, or keeps it no more; answers why it cannot be kept.
  func keep(_ draft: Draft?, of id: String) -> String? {
    var drafts = read()
    drafts[id] = draft
    guard !drafts.isEmpty else {
      unlink(path)
      return nil
    }
    let newest = drafts.sorted { ($0.value.at, $0.key) > ($1.value.at, $1.key) }
      .prefix(Self.most).sorted { $0.key < $1.key }
    let json = JSON.object(newest.map { JSON.Member($0.key, $0.value.json) })
    do throws(Failure) {
      try SmallFile.replace(path, with: json.bytes, mode: 0o600)
      return nil
    } catch {
      return "the draft lasts only as long as this console: \(error.message)"
    }
  }

  private static let most = 50
  private static let limit = 1 << 22
}
