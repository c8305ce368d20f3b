package import Engine
internal import EventLog

/// The settings that all machines of a team share: `store.yaml` without what is of one machine alone, and the documents that
/// it names.
package struct SharedSettings: Hashable, Sendable {
  /// How often they have been changed, from 1 on.
  package var number: Int
  /// Who put them, and by what way.
  package var author: Author
  package var at: Timestamp
  /// By their names as seen from the settings: `store.yaml`, `procedures/OUTAGE.md`.
  package var files: [String: [UInt8]]

  package init(number: Int, author: Author, at: Timestamp, files: [String: [UInt8]]) {
    (self.number, self.author, self.at, self.files) = (number, author, at, files)
  }

  /// The file that the others belong to.
  package static let main = "store.yaml"

  /// The most that one entry of the cluster takes.
  static let limit = 1 << 20

  var bytes: [UInt8] {
    JSON.object([
      "format": 1, "number": .integer(Int64(number)), "by": .string(author.actor),
      "source": .string(author.source), "at": .string(at.rfc3339),
      "files": .object(
        files.sorted { $0.key < $1.key }.map { name, bytes in
          JSON.Member(name, .string(Base64.encode(bytes)))
        }),
    ]).bytes
  }

  /// What stands in a cluster; throws what is wrong with it, as a part of a sentence.
  init(_ bytes: [UInt8]) throws(TeamTrouble) {
    let json: JSON
    do throws(JSONError) { json = try JSON(parsing: bytes[...]) } catch {
      throw .damaged("they were not put there by Muster")
    }
    guard let format = json["format"]?.integer else {
      throw .damaged("they were not put there by Muster")
    }
    guard format == 1 else { throw .damaged("they have format \(format); update Muster") }
    guard let number = json["number"]?.integer, number > 0, let members = json["files"]?.members,
      let at = json["at"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { throw .damaged("parts of them are missing") }
    self.number = Int(number)
    author = Author(actor: json["by"]?.string ?? "", source: json["source"]?.string ?? "")
    self.at = at
    files = [:]
    for member in members {
      guard Self.isPlain(member.key) else {
        throw .damaged("they hold a file that would lie elsewhere: '\(member.key)'")
      }
      guard let bytes = member.value.string.flatMap(Base64.decode) else {
        throw .damaged("'\(member.key)' in them is damaged")
      }
      files[member.key] = bytes
    }
    guard files[Self.main] != nil else { throw .damaged("there is no store.yaml in them") }
  }

  /// Whether a name leads to a file in or below the folder of the settings and nowhere else.
  package static func isPlain(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return (1...8).contains(parts.count) && name.utf8.count <= 250
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }
}
