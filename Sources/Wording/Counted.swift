/// A number with what it counts: `1 entry`, `2 entries`.
package enum Counted {
  /// The plural is the singular with an `s` unless another is given.
  package static func text(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  package static func entries(_ count: Int) -> String { text(count, "entry", "entries") }
}
