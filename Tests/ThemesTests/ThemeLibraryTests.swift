import Display
import Glibc
import Testing
import Themes

@Suite struct ThemeLibraryTests {
  /// A folder that is removed with everything in it.
  private struct Folder: ~Copyable {
    let path: String
    private var files: [String] = []

    init(_ files: [(name: String, text: String)]) {
      var template = Array("/tmp/muster-themes-XXXXXX".utf8CString)
      path = mkdtemp(&template).map { String(cString: $0) } ?? ""
      for (name, text) in files {
        let path = "\(path)/\(name)"
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        var text = text
        text.withUTF8 { bytes in _ = write(file, bytes.baseAddress, bytes.count) }
        close(file)
        self.files.append(path)
      }
    }

    deinit {
      for file in files { unlink(file) }
      rmdir(path)
    }
  }

  @Test func `a theme needs only what it changes`() throws {
    let folder = Folder([
      ("mine.yaml", "inherits: dark\npalette: {paper: \"#000087\"}\nroles: {sev.1: 0 on 220}\n")
    ])
    let library = ThemeLibrary(folder: folder.path)
    #expect(library.names.last == "mine")
    let sheet = try library.load("mine").sheet(for: .colors256)
    let dark = try library.load("dark").sheet(for: .colors256)
    #expect(sheet[.text] == Style(foreground: dark[.text].foreground, background: 18))
    #expect(sheet[.border].background == 18)
    #expect(sheet[.severity1] == Style(foreground: 0, background: 220))
    #expect(sheet[.severity2] == dark[.severity2])
  }

  @Test func `a theme may build on the program's of the same name`() throws {
    let folder = Folder([("light.yaml", "inherits: light\nroles: {header: red underline}\n")])
    let sheet = try ThemeLibrary(folder: folder.path).load("light").sheet(for: .colors256)
    #expect(sheet[.header] == Style(foreground: 1, background: 231, attributes: .underline))
  }

  @Test func `colours become the nearest of each tier`() throws {
    let folder = Folder([
      (
        "tiers.yaml",
        """
        palette: {orange: "#ff8800", grey: "#767676"}
        roles:
          text: grey on default
          sev.1: {style: orange on 21, 16: black on bright-red bold, mono: underline}
          sev.2: black on orange
          sev.3: bright-red
        """
      )
    ])
    let theme = try ThemeLibrary(folder: folder.path).load("tiers")
    let full = theme.sheet(for: .colors256)
    #expect(full[.text] == Style(foreground: 243))
    #expect(full[.severity1] == Style(foreground: 208, background: 21))
    let sixteen = theme.sheet(for: .colors16)
    #expect(sixteen[.severity1] == Style(foreground: 0, background: 9, attributes: .bold))
    #expect(theme.sheet(for: .colors8)[.severity1].background == 1)
    #expect(theme.sheet(for: .colors8)[.severity3] == Style(foreground: 1, attributes: .bold))
    let mono = theme.sheet(for: .mono)
    #expect(mono[.severity1] == Style(attributes: .underline))
    #expect(mono[.severity2] == Style(attributes: .reverse))
  }

  @Test(arguments: [
    ("roles:\n  text: ink\n", 2, "\"ink\" is not a colour"),
    ("roles:\n  text: red on\n", 2, "missing after \"on\""),
    ("roles:\n\n  text: red shiny\n", 3, "\"shiny\" is not an attribute"),
    ("roles:\n  sev.1: {style: red, mono: red bold}\n", 2, "\"red\" is not an attribute"),
    ("roles:\n  sev.1: [red]\n", 2, "not a style"),
    ("palette:\n  a: \"#12345\"\n", 2, "\"#12345\" is not a colour"),
    ("roles: red\n", 1, "\"roles\" must be"),
    ("about: x\ninherits: nothing\n", 2, "no theme \"nothing\""),
    ("roles:\n  text: [\n", 3, "YAML"),
    ("inherits: other\n", 1, "inherits itself"),
  ])
  func `a broken theme says where`(text: String, line: Int, words: String) {
    let folder = Folder([("broken.yaml", text), ("other.yaml", "inherits: broken\n")])
    let library = ThemeLibrary(folder: folder.path)
    let error = #expect(throws: ThemeError.self) { try library.load("broken") }
    let said = error?.description ?? ""
    #expect(said.contains(words), "\(said)")
    #expect(said.contains(".yaml:\(line): ") && said.hasPrefix(folder.path), "\(said)")
  }

  @Test func `what is not known is passed over and told`() throws {
    let folder = Folder([
      ("new.yaml", "shape: round\nroles:\n  sev.9: red\n  sev.1: {shade: red, style: red}\n")
    ])
    let theme = try ThemeLibrary(folder: folder.path).load("new")
    #expect(theme.remarks.map(\.name) == ["shape", "sev.9", "shade"])
    #expect(theme.remarks.map(\.line) == [1, 3, 4])
  }

  @Test(arguments: ["", "../dark", "no-such", ".hidden"])
  func `a name that is no theme lists those there are`(name: String) {
    let error = #expect(throws: ThemeError.self) { try ThemeLibrary(folder: "/tmp").load(name) }
    #expect(error?.description.contains("default, color-blind, dark") == true)
  }
}
