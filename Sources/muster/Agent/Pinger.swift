import Integrations
import Runtime
import Synchronization

/// Asks for an address, so that whoever watches over it notices when that ends; one time at once.
final class Pinger: Sendable {
  private let isUnderWay = Atomic(false)
  private let hasFailed = Atomic(false)

  func ping(_ url: String, _ journal: AgentJournal) {
    guard !isUnderWay.exchange(true, ordering: .relaxed) else { return }
    do throws(SystemTrouble) {
      let worker = try Worker { [self] in
        var exchange = Exchange("GET", url)
        exchange.secrets = WebText.secrets(of: url)
        let failure = exchange.perform().failure()
        let before = hasFailed.exchange(failure != nil, ordering: .relaxed)
        // Told when it changes, not every minute.
        if let failure, !before { journal.line("the ping is not answered: \(failure.text)") }
        if failure == nil, before { journal.line("the ping is answered again") }
        isUnderWay.store(false, ordering: .relaxed)
      }
      worker.detach()
    } catch {
      isUnderWay.store(false, ordering: .relaxed)
    }
  }
}
