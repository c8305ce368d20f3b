/// Concepts as bits.
struct ConceptSet: Sendable, Hashable {
  private var bits = SIMD4<UInt64>()

  mutating func insert(_ concept: Concept) {
    let index = Int(concept.rawValue)
    bits[index / 64] |= 1 << UInt64(index % 64)
  }

  func contains(_ concept: Concept) -> Bool {
    let index = Int(concept.rawValue)
    return bits[index / 64] & 1 << UInt64(index % 64) != 0
  }
}
