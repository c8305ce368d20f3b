internal import CLibCrypto
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
    let seconds = time.milliseconds / 1000
    let signed = Array("\(id).\(seconds).".utf8) + body
    let signature = Base64.encode(Self.hmac(signed, key: key))
    return [
      ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
      ("webhook-signature", "v1,\(signature)"),
    ]
  }

  /// HMAC with SHA-256: 32 bytes.
  package static func hmac(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    key.withUnsafeBufferPointer { key in
      bytes.withUnsafeBufferPointer { bytes in
        muster_hmac_sha256(key.baseAddress, key.count, bytes.baseAddress, bytes.count, &digest)
      }
    }
    return digest
  }
}
