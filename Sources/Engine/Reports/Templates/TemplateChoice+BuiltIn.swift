extension TemplateChoice {
  /// What is used where a procedure has no template of its own. None promises when it will be over.
  package static let builtIn: [Template] = [
    builtIn(
      "initial", "First update",
      """
      [severity] [title]
      Impact: [impact]
      Since: [when it began]
      Status: [status]
      Commander: [commander]
      Next update by [next update].
      """),
    builtIn(
      "update", "Update",
      """
      [severity] [title]: update [number]
      Status: [status], for [elapsed]
      Impact: [impact]
      What we know: [what we know]
      What we do: [what we do]
      Next update by [next update].
      """),
    builtIn(
      "resolution", "Resolved",
      """
      [severity] [title]: resolved at [resolved]
      Lasted: [duration]
      Impact: [impact]
      What we know: [what we know]
      What follows: [what follows]
      """),
    builtIn(
      "status-page-investigating", "Status page: investigating",
      """
      We are looking into a problem: [impact].
      It began at [when it began]. We will write again by [next update].
      """),
    builtIn(
      "status-page-identified", "Status page: identified",
      """
      We know what causes the problem and are working on it: [impact].
      We will write again by [next update].
      """),
    builtIn(
      "status-page-monitoring", "Status page: monitoring",
      """
      Since [mitigated] things should work again. We keep watching and will write again by [next update].
      """),
    builtIn(
      "status-page-resolved", "Status page: resolved",
      """
      This was resolved at [resolved]. It began at [when it began]: [impact]. We are sorry for the \
      trouble.
      """),
    builtIn(
      "customer-email", "Customer e-mail",
      """
      Subject: [title]

      Since [when it began] you may have noticed this: [impact].
      Where we stand: [status].
      [what this means for you]
      We will write again by [next update].
      """),
  ]

  /// What is said of an incident that was closed as something else than resolved.
  static func closed(isOutside: Bool) -> Template {
    isOutside
      ? builtIn(
        "status-page-closed", "Status page: closed",
        "We have closed our report on this: [outcome]. [what this means for you]")
      : builtIn(
        "closed", "Closed",
        """
        [severity] [title]: closed as [outcome]
        Why: [why]
        """)
  }

  private static func builtIn(_ id: String, _ title: String, _ body: String) -> Template {
    Template(id: id, title: title, body: body, line: 0)
  }
}
