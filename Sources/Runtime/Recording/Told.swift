/// A sentence for the person at the screen.
package struct Told: Error, Hashable, Sendable {
  package var text: String
  package var isError: Bool

  package init(_ text: String, isError: Bool = true) {
    (self.text, self.isError) = (text, isError)
  }
}
