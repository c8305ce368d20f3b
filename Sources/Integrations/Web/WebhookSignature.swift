package import Engine

/// Signs what goes out by the Standard Webhooks scheme.
package struct WebhookSignature: Hashable, Sendable {
  private let key: [UInt8]

  /// From `whsec_` and the key in base64; nil for anything else.
  package init?(_ secret: String) {
    guard secret.hasPrefix("whsec_"), let key = Base64.decode(String(secret.dropFirst(6))),
      (16...128).contains(key.count)
    else { return nil }
    self.key = key
  }

  package func headers(
    id: String, time: Timestamp, body: [UInt8]
  ) -> [(name: String, value: String)] {
    let seconds = "\(time.milliseconds / 1000)"
    return [
      ("webhook-id", id), ("webhook-timestamp", seconds),
      ("webhook-signature", signature(id, seconds, body)),
    ]
  }

  /// Whether any of the signatures of a delivery is right, and its time not far from now.
  func holds(_ delivery: InboundDelivery, at now: Timestamp) -> Bool {
    guard let id = delivery.header("webhook-id"), let time = delivery.header("webhook-timestamp"),
      let seconds = Int64(time), seconds > 0, seconds < 100_000_000_000
    else { return false }
    let expected = signature(id, time, delivery.body)
    let given = (delivery.header("webhook-signature") ?? "").split(separator: " ").prefix(16)
    // All are compared, so that the time tells nothing.
    let isRight = given.reduce(false) { MessageCode.equal(String($1), expected) || $0 }
    let age = now - Timestamp(milliseconds: seconds * 1000)
    return isRight && age <= Signature.tolerance && age >= .zero - Signature.tolerance
  }

  private func signature(_ id: String, _ seconds: String, _ body: [UInt8]) -> String {
    let signed = Array("\(id).\(seconds).".utf8) + body
    return "v1," + Base64.encode(MessageCode.hmac(of: signed, key: key))
  }
}
