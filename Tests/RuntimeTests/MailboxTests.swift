import Engine
import Runtime
import Testing

struct MailboxTests {
  @Test func `what does not ring wakes nobody, and is taken with what does, in order`() throws {
    let box = try Mailbox<Int>()
    let time = HandTime()
    box.post(1, rings: false)
    #expect(time.wait(for: [box.descriptor], until: time.now).isEmpty)
    box.post(2)
    #expect(time.wait(for: [box.descriptor], until: nil) == [box.descriptor])
    box.post(3, rings: false)
    #expect(box.take() == [1, 2, 3])
  }

  @Test func `a ticker with a lead calls each second passed once, so much before it`() {
    let start = Timestamp(milliseconds: 1_000_000)
    var ticker = Ticker(at: start, lead: .milliseconds(20))
    #expect(ticker.next == start + .milliseconds(980))
    #expect(ticker.passed(at: start + .milliseconds(979)) == nil)
    #expect(ticker.passed(at: start + .milliseconds(981)) == .milliseconds(1))
    #expect(ticker.passed(at: start + .milliseconds(1000)) == nil)
    #expect(ticker.next == start + .milliseconds(1980))
  }
}
