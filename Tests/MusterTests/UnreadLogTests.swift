import Engine
import Glibc
import Testing

/// An open incident whose log cannot be read is shown as such, and words for it are kept.
struct `An incident whose log cannot be read` {
  private let program: Program

  init() throws { program = try Program() }

  enum Loss: String, CaseIterable, Sendable {
    case notReadable = "not_readable"
    case missing, emptied

    var mark: String {
      switch self {
      case .notReadable: "LOG NOT READABLE"
      case .missing: "LOG MISSING"
      case .emptied: "LOG EMPTIED"
      }
    }
  }

  private func lose(_ id: String, _ loss: Loss) {
    let path = program.log(of: id)
    if loss == .emptied {
      truncate(path, 0)
      return
    }
    rename(path, path + ".away")
    // What is in its place is not a file.
    if loss == .notReadable { mkdir(path, 0o755) }
    var times = [timeval(tv_sec: 1_700_000_000, tv_usec: 0)]
    times.append(times[0])
    utimes("\(program.store)/open/\(id)", &times)
  }

  @Test(arguments: Loss.allCases)
  func `comes first in lists and in the status line`(_ loss: Loss) throws {
    let lost = try program.declare("payments", "fail", "--severity", "SEV-3")
    let other = try program.declare()
    _ = try program.run("list")
    lose(lost, loss)
    let list = try program.run("list")
    #expect(list.status == 0)
    #expect(list.lines.first?.hasPrefix("SEV-3    \(loss.mark)") == true, "\(list.output)")
    #expect(list.lines.first?.contains("\(lost)  payments fail") == true, "\(list.output)")
    #expect(list.lines.count == 2)
    #expect(list.errors.contains(program.log(of: lost)), "\(list.errors)")
    let rows = try program.run("list", "--json").json?.array
    #expect(rows?.first?["id"]?.string == lost)
    #expect(rows?.first?["log"]?.string == loss.rawValue)
    #expect(rows?.first?["title"]?.string == "payments fail")
    #expect(rows?.last?["id"]?.string == other)
    #expect(rows?.last?["log"]?.string == "read")
    #expect(try program.run("status-line").output.hasPrefix("\(loss.mark): \(lost) · "))
    for screen in ["wall", "console"] {
      let frame = try program.run(screen, "--dump", "160x40").output
      #expect(frame.contains("checkout fails"), "\(screen)")
      #expect(frame.contains("\(loss.mark): \(lost)"), "\(screen)")
    }
    program.remove()
  }

  @Test(arguments: Loss.allCases)
  func `is not called no incident where it is the only one, and takes words`(_ loss: Loss) throws {
    let id = try program.declare()
    lose(id, loss)
    #expect(try !program.run("list").errors.contains("no incident is open"))
    for screen in ["wall", "console"] {
      let frame = try program.run(screen, "--dump", "160x40").output
      #expect(!frame.uppercased().contains("NO OPEN INCIDENT"), "\(screen)")
      #expect(frame.contains("LOG NOT READABLE"), "\(screen)")
      #expect(!frame.contains("READ-ONLY"), "\(screen)")
    }
    for words in [["note", "these words"], ["note", "-i", id, "these too"], ["ack"]] {
      let result = try program.run(words)
      #expect(result.status == 4, "\(words): \(result.errors)")
      #expect(result.errors.contains("NOT RECORDED, kept in"), "\(words): \(result.errors)")
    }
    let path = program.log(of: id)
    if loss == .emptied { #expect(program.bytes(path).isEmpty) }
    #expect(try program.run("status-line").output.contains("3 NOT RECORDED"))
    program.remove()
  }
}
