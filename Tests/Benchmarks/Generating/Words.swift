/// What people write during an incident: plain, accented, wide, quoted, with line breaks and back-slashes.
enum Words {
  static let people = ["mira", "tomás", "aiko", "jürgen", "priya", "sam"]
  static let services = ["checkout", "search", "payments", "cart", "login", "catalogue", "mail"]

  static let phrases = [
    "error rate back under 1 %",
    "pool exhausted on db-3",
    "rollback → 4.12.0",
    "\"upstream timed out\" again",
    "zürich ok, são paulo not",
    "grep -c 'E\\d+' says 412",
    "asked 田中 for the key",
    "latency p99 at 8.1 s",
    "first line\nsecond line",
    "cache flushed ✔",
    "no change since the deploy",
    "old page still seen",
    "two of six nodes drained",
    "replica lag 40 s",
    "cards fail, wallets work",
    "C:\\logs\\edge.log full",
  ]
}
