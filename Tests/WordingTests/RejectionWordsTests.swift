import Engine
import Testing
import Wording

struct RejectionWordsTests {
  private static let now = Timestamp(milliseconds: 1_795_000_000_000)

  private func message(_ rejection: Rejection, on surface: Surface) -> String {
    rejection.message(on: surface, in: .utc, at: Self.now)
  }

  @Test(arguments: [
    (
      Rejection.closed(.falseAlarm),
      "the incident is closed (false alarm); ':reopen' opens it again",
      "the incident is closed (false alarm); 'muster reopen' opens it again"
    ),
    (
      .notResolved,
      "the incident is not resolved; ':resolve' first, or close it as something else",
      "the incident is not resolved; 'muster resolve' first, or close it with --outcome"
    ),
    (
      .noHandoverOffered, "no hand-over is offered; ':handover NAME' offers one",
      "no hand-over is offered; 'muster handover NAME' offers one"
    ),
    (
      .handoverIsFor("kai"), "the hand-over is offered to kai, not to you",
      "the hand-over is offered to kai, not to you; '--as kai' accepts for kai"
    ),
  ])
  func `each surface names the verb as it is typed there`(
    rejection: Rejection, console: String, shell: String
  ) {
    #expect(message(rejection, on: .console) == console)
    #expect(message(rejection, on: .commandLine) == shell)
  }

  @Test(arguments: [
    (Rejection.severityAlready("SEV-1"), "severity is already SEV-1"),
    (.roleAlready(role: "Scribe", name: "kai"), "Scribe is already kai"),
    (.itemAlready(.done, item: "Call the lead"), "'Call the lead' is already ticked"),
    (.itemAlready(.open, item: "Call the lead"), "'Call the lead' is already open"),
    (.alreadyRetracted(entry: 7), "entry 7 is already retracted"),
    (.alreadyTriaged, "the incident is already triaged"),
    (.alreadyAcknowledged(by: "kai", at: now), "already acknowledged by kai at 11:06:40"),
    (
      .alreadyAcknowledged(by: "kai", at: now - .hours(24)),
      "already acknowledged by kai at 2026-11-17 11:06:40"
    ),
    (
      .alreadyInStatus("Monitoring", since: now), "status is already Monitoring, since 11:06:40"
    ),
    (.inTheFuture(now), "11:06:40 is in the future; give a time in the past"),
    (.tooLong(.text, bytes: 9, limit: 8), "the text has 9 bytes; the limit is 8"),
    (.unknown(.task, "x", known: []), "no task 'x': there are none"),
    (
      .unknown(.item, "chek", known: ["1 check", "2 call"]),
      "no checklist item 'chek'; did you mean 'check'? known: 1 check, 2 call"
    ),
    (
      .ambiguous(.severity, "s", matches: ["SEV-1", "SEV-2"]),
      "'s' fits several severities: SEV-1, SEV-2; be more specific"
    ),
  ])
  func `a refusal says what is wrong in the same words everywhere`(
    rejection: Rejection, words: String
  ) {
    #expect(message(rejection, on: .console) == words)
    #expect(message(rejection, on: .commandLine) == words)
  }

  @Test func `a console lists fewer choices than a shell has room for`() {
    let known = (1...20).map { "SEV-\($0)" }
    let rejection = Rejection.unknown(.severity, "zzzzzz", known: known)
    #expect(message(rejection, on: .console).hasSuffix("SEV-8, … (20 in all)"))
    #expect(message(rejection, on: .commandLine).hasSuffix("SEV-12, … (20 in all)"))
  }
}
