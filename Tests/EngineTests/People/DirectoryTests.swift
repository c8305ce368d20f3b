import Engine
import Testing

struct DirectoryTests {
  let procedure: Procedure = {
    var procedure = Procedure(name: "t", source: .init(path: "t.md", sha256: ""))
    procedure.contacts = [
      Contact(role: "CTO", name: "______", contact: "[phone]", line: 3),
      Contact(role: "Engineering Lead", name: "Ada", contact: "+49 30 1", line: 4),
      Contact(role: nil, name: "kai", contact: "+62 1", line: 5),
    ]
    procedure.oncall = [
      OnCallTurn(days: [.monday, .tuesday], primary: "kai", secondary: "[Name]", line: 9)
    ]
    return procedure
  }()

  @Test(arguments: ["____", "[phone]", "TBD", "—", "", "<name>", "xxx-xxxx"])
  func `blanks are nobody`(text: String) {
    #expect(Directory.isPlaceholder(text))
  }

  @Test(arguments: ["Ada", "+49 30 1", "<ada@example.org>", "#ops-oncall"])
  func `names and numbers are somebody`(text: String) {
    #expect(!Directory.isPlaceholder(text))
  }

  @Test func `a role is called by its contact and an on-call role by the rota`() {
    let directory = Directory(procedure)

    #expect(
      directory.receiver("Engineering Lead", on: .monday) == .init(name: "Ada", contact: "+49 30 1")
    )
    #expect(
      directory.receiver("On-call Engineer", on: .tuesday) == .init(name: "kai", contact: "+62 1"))
    #expect(directory.receiver("On-call Engineer", on: .sunday) == nil)
    #expect(directory.receiver("CTO", on: .monday) == nil)
    #expect(directory.onCall(on: .monday).secondary == nil)
  }

  @Test func `the store fills what the document leaves blank`() {
    let store = [Contact(role: "CTO", name: "Grace", contact: "+1 2", line: 0)]
    let directory = Directory(procedure, storeContacts: store)

    #expect(directory.receiver("CTO", on: .monday) == .init(name: "Grace", contact: "+1 2"))
  }
}
