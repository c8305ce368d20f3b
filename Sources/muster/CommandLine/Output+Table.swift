import Glibc

extension Output {
  /// Comma-separated values, whose cells are harmless already; lines end in CR LF.
  static func table(_ csv: String) throws(Failure) {
    try write(Array(csv.utf8), to: STDOUT_FILENO)
  }
}
