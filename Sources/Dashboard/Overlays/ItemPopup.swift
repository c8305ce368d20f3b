import Display
import Engine
import Wording

/// One item of the checklist in full, with the keys that act on it.
extension Model {
  func itemPopup(_ id: String, width: Int) -> Popup {
    guard let item = incident?.checklist.first(where: { $0.item.id == id }) else {
      var popup = Popup(title: "Checklist", trailing: "Esc closes")
      popup.add("This item is not on the checklist of this severity.")
      return popup
    }
    var popup = Popup(title: "Item \(item.number)", trailing: "Esc closes")
    popup.add(wrapped: item.item.text, to: max(8, width), .textStrong)
    if let value = item.value { popup.add(wrapped: "filled in: \(value)", to: max(8, width)) }
    if let reason = item.reason { popup.add(wrapped: "skipped: \(reason)", to: max(8, width)) }
    if let by = item.by, let at = item.at, item.state != .open {
      popup.add("\(item.state.rawValue) by \(by), \(stamp(at))")
    }
    if item.item.line > 0 {
      popup.add("")
      popup.add("\(incident?.procedure.source.path ?? ""), line \(item.item.line)", .textDim)
    }
    var requests: [(Request, String)] = item.item.line > 0 ? [(.document, "the text")] : []
    if !isReadOnly {
      requests =
        [
          (.tick, item.state == .open ? "tick" : "untick"), (.fill, "fill in"), (.skip, "skip"),
          (.copy, "copy"),
        ] + requests
    }
    popup.footer = [
      requests.flatMap { request, what in
        [
          (keymap.keys(of: request).first.map(Keymap.shown) ?? ":", .hintKey),
          (" \(what)    ", .dialog),
        ]
      }
    ]
    return popup
  }

  mutating func pressInItem(_ id: String, _ key: Key, _ request: Request?) -> [Effect]? {
    switch keymap.request(for: key, in: [.checklist]) ?? request {
    case .copy: return [.copy(incident?.checklist.first { $0.item.id == id }?.item.text ?? "")]
    case .tick, .fill, .skip:
      let own = keymap.request(for: key, in: [.checklist]) ?? .back
      selectedItem = id
      closeOverlay()
      return perform(own)
    default: return nil
    }
  }
}
