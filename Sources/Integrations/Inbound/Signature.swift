package import Engine

/// The proof that a delivery comes from whoever shares a secret, over its very bytes.
package enum Signature {
  /// Senders that sign what they send, or send the secret itself.
  package static let senders = [
    "pagerduty", "grafana", "cloudevents", "generic/sentry", "generic/github", "generic/gitlab",
  ]

  /// How far the time that a signature covers may lie from now.
  static let tolerance = Duration.minutes(5)

  /// Whether a delivery is signed with the secret, as its sender does it.
  package static func holds(
    _ delivery: InboundDelivery, secret: [UInt8], at now: Timestamp
  ) -> Bool {
    let body = delivery.body
    switch delivery.format {
    case "pagerduty":
      let expected = hmac(secret, body)
      let given = (delivery.header("x-pagerduty-signature") ?? "").split(separator: ",")
      // All are compared, so that the time tells nothing.
      return given.prefix(16).reduce(false) { holds, one in
        let one = one.drop { $0 == " " }
        return equal(one.hasPrefix("v1=") ? String(one.dropFirst(3)) : "", expected) || holds
      }
    case "grafana":
      let given = delivery.header("x-grafana-alerting-signature") ?? ""
      guard let stamp = delivery.header("x-grafana-alerting-timestamp") else {
        return equal(given, hmac(secret, body))
      }
      guard let seconds = Int64(stamp), seconds > 0, seconds < 100_000_000_000 else { return false }
      let age = now - Timestamp(milliseconds: seconds * 1000)
      return equal(given, hmac(secret, Array("\(stamp):".utf8) + body))
        && age <= tolerance && age >= .zero - tolerance
    case "cloudevents":
      return WebhookSignature(String(decoding: secret, as: UTF8.self))?.holds(delivery, at: now)
        ?? false
    case "generic/sentry":
      return equal(delivery.header("sentry-hook-signature") ?? "", hmac(secret, body))
    case "generic/github":
      let given = delivery.header("x-hub-signature-256") ?? ""
      return equal(
        given.hasPrefix("sha256=") ? String(given.dropFirst(7)) : "", hmac(secret, body))
    case "generic/gitlab":
      return equal(
        hmac(secret, Array((delivery.header("x-gitlab-token") ?? "").utf8)), hmac(secret, secret))
    default: return false
    }
  }

  private static func hmac(_ key: [UInt8], _ bytes: [UInt8]) -> String {
    MessageCode.hexadecimal(of: bytes, key: key)
  }

  private static func equal(_ given: String, _ expected: String) -> Bool {
    MessageCode.equal(given.lowercased(), expected)
  }
}
