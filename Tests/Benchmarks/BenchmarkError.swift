import Glibc

/// Why a benchmark cannot be run, as opposed to what it found.
enum BenchmarkError: Error, CustomStringConvertible {
  case usage(String)
  case system(String, Int32)
  case failed(String)

  var description: String {
    switch self {
    case .usage(let text), .failed(let text): text
    case .system(let what, let number): "\(what): \(String(cString: strerror(number)))"
    }
  }
}
