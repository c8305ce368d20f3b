/// What a theme says about one role, colours found and parents asked.
struct Look: Hashable {
  struct Part: Hashable {
    var foreground: Color
    var background: Color
    var attributes: Attributes
  }

  var full: Part
  /// For 16 colours and fewer, where the full one would not do.
  var sixteen: Part?
  var mono: Attributes
  /// The text this stands among.
  var plain: Part
}
