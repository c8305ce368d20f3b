extension Incident {
  /// What is left of the severity where the template writes its beginning itself: the `1` of `SEV-[X]` and `SEV[1-4]`.
  func restOfSeverity(at place: TemplatePlace) -> String? {
    guard ["", "x", "n", "number", "level"].contains(place.key),
      let beginning = place.label.split(separator: " ").last, let id = severityID
    else { return nil }
    let letters = id.prefix { $0.isLetter }
    guard !letters.isEmpty, letters.lowercased() == beginning else { return nil }
    let rest = id.dropFirst(letters.count).drop { !$0.isLetter && !$0.isNumber }
    return rest.isEmpty ? nil : String(rest)
  }
}
