extension TimelineImport {
  /// Why nothing was read: half a timeline would look like a whole one.
  package struct Problem: Error, Hashable, Sendable {
    /// 1-based; 0 for the file as a whole.
    package var line: Int
    package var what: String
    package var remedy: String

    static let noSuchDay = "there is no such day"
  }
}
