import Engine
import Testing

@Test func `whole seconds are rounded down on both sides of zero`() {
  #expect(Duration.milliseconds(999).wholeSeconds == 0)
  #expect(Duration.milliseconds(-1).wholeSeconds == -1)
}
