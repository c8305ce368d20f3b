import Engine
import Testing
import Wording

struct DeadlineWordsTests {
  private static let now = Timestamp(milliseconds: 1_795_000_000_000)

  private func deadline(
    _ kind: Deadline.Kind, _ state: Deadline.State, due: Duration? = nil
  ) -> Deadline {
    Deadline(id: "x", kind: kind, label: "CEO", due: due.map { Self.now + $0 }, state: state)
  }

  @Test(
    arguments: [
      (.resolve, .soon, 137, "in", "02:17"),
      (.resolve, .pending, 90_000, "in", "1 d 01 h"),
      (.resolve, .breached, -737, "OVER", "12:17"),
      (.resolve, .breached, 0, "OVER", "00:00"),
      (.escalation, .fired, -1, "OVER", "00:01"),
      (.update, .snoozed, 60, "in", "01:00"),
      (.update, .met, 60, "met", nil),
      (.escalation, .metLate, -60, "reached", nil),
      (.timer, .cancelled, 60, "ended", nil),
    ] as [(Deadline.Kind, Deadline.State, Int, String, String?)])
  func `a state is a word and a countdown`(
    kind: Deadline.Kind, state: Deadline.State, left: Int, word: String, countdown: String?
  ) {
    let deadline = deadline(kind, state, due: .seconds(left))
    #expect(deadline.word(at: Self.now) == word)
    #expect(deadline.countdown(at: Self.now) == countdown)
  }

  @Test func `less than a second left is not over`() {
    let deadline = deadline(.resolve, .soon, due: .milliseconds(1))
    #expect(deadline.word(at: Self.now) == "in")
    #expect(deadline.countdown(at: Self.now) == "00:01")
  }

  @Test(arguments: [
    (Deadline.State.pending, "Call CEO"), (.fired, "CALL CEO now"),
    (.exhausted, "NOBODY LEFT TO CALL"), (.met, "CEO"),
  ])
  func `a call is louder once it is due`(state: Deadline.State, title: String) {
    #expect(deadline(.escalation, state).title == title)
  }
}
