import Engine
import EventLog
import Glibc
import Integrations
import Listener
import Procedures
import Runtime

/// The part of an agent that listens: alerts come in, questions are answered, words are recorded.
final class InterfaceService: AgentService {
  private let home: String
  private let journal: AgentJournal
  private var interface: Interface?
  private var listener: Listener?
  private var ended: Mailbox<Void>?
  private var threads = 0
  private var address: ListenAddress?
  /// Whether another machine's agent leads: everything is answered then but alerts.
  private let standsBy: Bool

  init(home: String, journal: AgentJournal, standsBy: Bool = false) {
    (self.home, self.journal, self.standsBy) = (home, journal, standsBy)
  }

  func begin(_ settings: AgentSettings) throws(Failure) {
    signal(SIGPIPE, SIG_IGN)
    if let problem = use(settings).first { throw Failure(.worldFailed, problem) }
  }

  func use(_ settings: AgentSettings) -> [String] {
    if settings.agent.listen != address { end() }
    address = settings.agent.listen
    guard let address else { return [] }
    do throws(Failure) {
      let hosts = Self.hosts(settings.agent)
      let secrets = try Self.secrets(settings.agent)
      if let interface {
        interface.use(hosts)
      } else {
        try begin(address, InterfaceGate(hosts: hosts, tokenPath: TokenFile.path))
      }
      interface?.intake.post(.secrets(secrets))
      return []
    } catch { return [error.message] }
  }

  private func begin(_ address: ListenAddress, _ gate: InterfaceGate) throws(Failure) {
    do {
      let ended = try Mailbox<Void>()
      let interface = try Interface(gate, journal, standsBy: standsBy)
      listener = try Listener(host: address.host, port: address.port, interface)
      threads = try interface.begin(home: home, ended)
      (self.interface, self.ended) = (interface, ended)
      journal.line("listening on \(address.host) port \(listener?.port ?? 0)")
    } catch let trouble as SystemTrouble {
      throw Failure(.worldFailed, trouble.description)
    } catch let failure as Listener.Failure {
      throw Failure(.worldFailed, "cannot listen on \(failure.description)")
    } catch { throw Failure(.worldFailed, "\(error)") }
  }

  func end() {
    interface?.stop()
    var left = threads
    let limit = ContinuousClock.now + .seconds(10)
    while left > 0, ContinuousClock.now < limit, let ended {
      ended.wait(atMost: 1)
      left -= ended.take().count
    }
    listener?.stop()
    (interface, listener, ended, threads) = (nil, nil, nil, 0)
  }

  // MARK: - Settings

  /// What it would do by some settings, and what it could not.
  static func words(_ agent: AgentConfiguration, _ problems: inout [String]) -> [String] {
    guard let address = agent.listen else {
      return ["listens    nowhere: alerts come by muster ingest"]
    }
    var names = ""
    do throws(Failure) {
      _ = try secrets(agent)
      let tokens = try TokenFile.path.map { path throws(Failure) in try TokenFile.read(path) } ?? []
      names =
        tokens.isEmpty ? "no token yet" : "tokens: \(tokens.map(\.name).joined(separator: ", "))"
    } catch {
      names = "and no token can be used"
      problems.append(error.message)
    }
    return ["listens    on \(address.host) port \(address.port), \(names)"]
  }

  private static func hosts(_ agent: AgentConfiguration) -> Set<String> {
    var hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
    if let host = agent.listen?.host { hosts.insert(host.contains(":") ? "[\(host)]" : host) }
    return hosts.union(agent.hosts)
  }

  private static func secrets(_ agent: AgentConfiguration) throws(Failure) -> [String: [UInt8]] {
    var secrets: [String: [UInt8]] = [:]
    for (sender, path) in agent.secrets {
      do throws(SecretFile.Problem) {
        secrets[sender] = Array(try SecretFile.read(path).utf8)
      } catch {
        throw Failure(.usage, error.description)
      }
    }
    return secrets
  }
}
