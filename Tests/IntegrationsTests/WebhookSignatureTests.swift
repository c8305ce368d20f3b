import Engine
import Integrations
import Testing

struct WebhookSignatureTests {
  @Test func `signs as the Standard Webhooks scheme has it`() throws {
    let signature = try #require(WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let headers = signature.headers(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", time: Timestamp(milliseconds: 1_614_265_330_000),
      body: Array(#"{"test": 2432232314}"#.utf8))
    #expect(
      headers.map(\.value) == [
        "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      ])
  }

  @Test(arguments: ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_?"])
  func `takes nothing else for a secret`(text: String) {
    #expect(WebhookSignature(text) == nil)
  }
}
