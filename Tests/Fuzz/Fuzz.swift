internal import Engine
internal import Glibc

/// `muster-fuzz SECONDS [SEED] FILE...`: feeds damaged copies of the files to every reader of untrusted bytes.
///
/// A reader that traps, runs away or breaks its promise ends the program; what it was fed is then in `fuzz-input` of
/// the current directory. The same seed makes up the same inputs.
@main enum Fuzz {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let seconds = arguments.first.flatMap(Int.init) else {
      print("usage: muster-fuzz SECONDS [SEED] FILE...")
      exit(2)
    }
    let seed = arguments.dropFirst().first.flatMap(UInt64.init)
    let corpus = arguments.dropFirst(seed == nil ? 1 : 2).compactMap(contents)
    var mutator = Mutator(corpus: corpus, seed: seed ?? 1)
    let limit = time(nil) + seconds
    var rounds = 0
    while time(nil) < limit {
      let input = mutator.input()
      keep(input)
      // A reader that needs longer than this has run away.
      alarm(20)
      for reader in Reader.allCases { reader.read(input) }
      rounds += 1
    }
    unlink("fuzz-input")
    print("\(rounds) inputs from \(corpus.count) files: no reader failed")
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 17)
    let count = read(file, &bytes, bytes.count)
    return count > 0 ? Array(bytes.prefix(count)) : nil
  }

  /// Leaves an input where it can be found if a reader does not survive it.
  private static func keep(_ input: [UInt8]) {
    let file = open("fuzz-input", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    _ = write(file, input, input.count)
  }
}
