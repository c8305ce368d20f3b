import Display
import Engine

extension DeliveryOrder {
  /// The text as it was looked at before it went out: what could deceive a terminal is made visible.
  var harmlessText: String { Sanitizer.clean(text, .multiLine) }
}
