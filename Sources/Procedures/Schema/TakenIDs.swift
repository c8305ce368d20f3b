/// The ids of one kind of fact, whatever their case, and the lines that they stand on.
struct TakenIDs {
  private var lines: [String: Int] = [:]
  private var numbers: [String: Int] = [:]

  /// Takes an id; answers the line of the one that has it already.
  mutating func take(_ id: String, line: Int) -> Int? {
    let key = id.lowercased()
    if let first = lines[key] { return first }
    lines[key] = line
    return nil
  }

  /// Takes the slug of the words, with `-2`, `-3` … where it is taken.
  mutating func make(_ words: String, line: Int) -> String {
    let slug = Slug.make(words)
    var id = slug
    var number = numbers[slug] ?? 1
    while take(id, line: line) != nil {
      number += 1
      id = "\(slug)-\(number)"
    }
    numbers[slug] = number
    return id
  }
}
