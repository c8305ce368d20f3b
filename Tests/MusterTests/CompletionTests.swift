import Testing

/// What shells offer to complete, tried in the shell itself.
@Suite struct CompletionTests {
  private let program: Program

  /// A store with an incident that was assigned, a closed one and a drill, and channels for both kinds of messages.
  init() throws {
    var program = try Program()
    let folder = Program.path.split(separator: "/").dropLast().joined(separator: "/")
    program.environment["PATH"] = "/\(folder):/usr/bin:/bin"
    try program.configure(
      """
      delivery:
        newsletter: [cat]
      channels:
        pager: {kind: command, command: [cat]}
      """)
    self.program = program
    for words in [
      ["declare", "Checkout fails", "--severity", "SEV-1"], ["resolve"], ["close", "--yes"],
      ["declare", "Login fails", "--severity", "SEV-2"], ["drill", "filling-disk"],
    ] {
      let result = try program.run(words)
      #expect(result.status == 0, "\(words): \(result.errors)")
    }
  }

  /// What one of the kinds must offer at the end of a line, and what it must not.
  private static let lines: [(words: [String], offered: [String], hidden: String?)] = [
    (["se"], ["severity"], "note"),
    (["declare", "--severity", ""], ["SEV-1", "SEV-4"], nil),
    (["ack", "-i", ""], ["login-fails", "drill-"], "checkout-fails"),
    (["show", "-i", "20"], ["login-fails", "checkout-fails"], nil),
    (["replay", ""], ["checkout-fails", "drill-"], nil),
    (["assign", ""], ["Incident Commander", "Scribe"], nil),
    (["check", ""], ["deploys"], nil),
    (["check", "-i", "drill-the-disk", ""], ["deploys"], nil),
    (["check", "-i", "no-such-incident", ""], [], "deploys"),
    (["status", ""], ["identified"], nil),
    (["reached", ""], ["Secondary on call"], nil),
    (["update", "--template", ""], ["initial"], nil),
    (["update", "--audience", ""], ["stakeholders"], nil),
    (["update", "--via", ""], ["newsletter"], "pager"),
    (["channel", "test", ""], ["pager"], "newsletter"),
    (["drill", "start", ""], ["bad-deployment"], nil),
    (["theme", "show", ""], ["high-contrast"], nil),
  ]

  @Test func `bash completes words of the store`() throws {
    let script = """
      eval "$(muster --generate-completion-script bash)"; COMP_WORDS=("$@"); COMP_LINE="$*"; \
      COMP_CWORD=$(($# - 1)); COMP_POINT=${#COMP_LINE}; \
      _muster muster "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"; printf "%s, " "${COMPREPLY[@]}"
      """
    for (words, offered, hidden) in Self.lines {
      let line = (["muster"] + words).map { "'\($0)'" }.joined(separator: " ")
      let result = try program.shell("bash -c '\(script)' bash \(line)")
      #expect(result.errors.isEmpty, "\(line): \(result.errors)")
      for word in offered { #expect(result.output.contains(word), "\(line)") }
      if let hidden { #expect(!result.output.contains(hidden), "\(line)") }
    }
    program.remove()
  }
}
