import Display
import Engine

/// What is typed into a list that lies open: letters narrow it, arrows move in it.
struct ListFilter: Hashable {
  var text = ""
  /// The picked row among those that pass.
  var picked = 0
  /// Whether anything was typed or moved since it was opened: Enter on what nobody has picked does nothing.
  var isTouched = false

  /// Takes a pasted text as typed, up to its first line end.
  mutating func insert(_ pasted: String) {
    text += pasted.prefix { !$0.isNewline }
    (picked, isTouched) = (0, true)
  }

  /// Takes a key that edits or moves; false for any other.
  mutating func take(_ key: Key, count: Int, page: Int) -> Bool {
    switch key {
    case .character(let letter):
      text.append(letter)
      picked = 0
    case .backspace:
      if !text.isEmpty { text.removeLast() }
      picked = 0
    case .up, .ctrl("p"): picked -= 1
    case .down, .ctrl("n"): picked += 1
    case .pageUp, .ctrl("u"): picked -= max(1, page)
    case .pageDown, .ctrl("d"): picked += max(1, page)
    case .home: picked = 0
    case .end: picked = count - 1
    default: return false
    }
    picked = max(0, min(picked, count - 1))
    isTouched = true
    return true
  }

  /// Whether every word that was typed stands in one of the texts.
  func passes(_ texts: [String]) -> Bool {
    let all = texts.joined(separator: " ").lowercased()
    return text.lowercased().split(separator: " ").allSatisfy { all.containsText(String($0)) }
  }
}

extension Model {
  // MARK: - Help

  /// What help lists: everything that can be asked for and passes what was typed, group by group.
  var helpRequests: [Request] {
    Request.Group.allCases.filter { $0 != .replay || playback != nil }.flatMap { group in
      Request.allCases.filter { request in
        let keys = keymap.keys(of: request).map(Keymap.shown)
        return request.entry.group == group
          && listFilter.passes([request.rawValue, request.entry.help, group.rawValue] + keys)
      }
    }
  }

  mutating func pressInHelp(_ key: Key) -> [Effect] {
    let requests = helpRequests
    // The key that opened it closes it again, until something is being searched for.
    if listFilter.text.isEmpty, keymap.request(for: key, in: [.global]) == .help {
      closeOverlay()
      return []
    }
    if listFilter.take(key, count: requests.count, page: overlayArea.height - 3) { return [] }
    switch key {
    case .enter:
      guard requests.indices.contains(listFilter.picked) else { return [] }
      let request = requests[listFilter.picked]
      // What nobody has picked is not run by an Enter too many.
      guard listFilter.isTouched else {
        tell("type or move to pick a command first")
        return []
      }
      closeOverlay()
      return request == .help ? [] : perform(request)
    case .escape where !listFilter.text.isEmpty: listFilter = ListFilter()
    case .escape, .ctrl("c"), .function(1): closeOverlay()
    default: break
    }
    return []
  }

  func helpPopup(width: Int) -> Popup {
    let requests = helpRequests
    var popup = Popup(
      title: listFilter.text.isEmpty ? "Help: type to search" : "Help: \(listFilter.text)",
      trailing: "Enter runs \(glyphs.separator) Esc")
    popup.least = Size(width: width + 4, height: overlayArea.height)
    popup.position = "\(min(listFilter.picked + 1, requests.count)) of \(requests.count)"
    var group: Request.Group?
    for (index, request) in requests.enumerated() {
      let entry = request.entry
      if entry.group != group {
        popup.add(entry.group.rawValue, .title)
        group = entry.group
      }
      let keys = keymap.keys(of: request).map(Keymap.shown).joined(separator: " ")
      let place =
        entry.contexts == [.global] || entry.contexts == [.search]
        ? "" : " (in \(entry.contexts.map(\.rawValue).joined(separator: ", ")))"
      let why = unavailable(request).map { " \(glyphs.separator) not now: \($0)" } ?? ""
      let isPicked = index == listFilter.picked
      // What is picked is said in full, the others as far as one row goes.
      let text = entry.help + place + why
      let lines = isPicked ? TextWidth.wrap(text, to: max(12, width - 28)) : [text]
      popup.add([
        (TextWidth.fit(keys.isEmpty ? ":" : keys, to: 11, .right) + "  ", .hintKey),
        (TextWidth.fit(request.rawValue, to: 15), .dialog),
        (lines.first ?? "", why.isEmpty ? .dialog : .textDim),
      ])
      if isPicked {
        popup.focus = popup.lines.count - 1
        popup.picked = popup.lines.count - 1
        for line in lines.dropFirst() {
          popup.add(String(repeating: " ", count: 28) + line, .textDim)
        }
      }
    }
    if requests.isEmpty { popup.add("No entry matches “\(listFilter.text)”.") }
    return popup
  }
}
