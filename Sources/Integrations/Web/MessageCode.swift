internal import CLibCrypto

/// Proves that bytes come from somebody who has a key: HMAC by RFC 2104, with SHA-256.
package enum MessageCode {
  /// 32 bytes.
  package static func hmac(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: 32)
    key.withUnsafeBufferPointer { key in
      bytes.withUnsafeBufferPointer { bytes in
        muster_hmac_sha256(key.baseAddress, key.count, bytes.baseAddress, bytes.count, &code)
      }
    }
    return code
  }

  /// The same as lower-case hexadecimal characters.
  package static func hexadecimal(of bytes: [UInt8], key: [UInt8]) -> String {
    hmac(of: bytes, key: key).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Compares in a time that depends on the length alone.
  package static func equal(_ one: String, _ other: String) -> Bool {
    equal(Array(one.utf8), Array(other.utf8))
  }

  /// The same for bytes.
  package static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && muster_equal(one, other, one.count) == 1
  }
}
