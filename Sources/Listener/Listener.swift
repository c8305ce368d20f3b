internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
import Synchronization

/// Takes HTTP/1 requests on one address, on a thread of its own.
package final class Listener: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel
  private let gauge: ConnectionGauge

  /// Why no listener could begin, as the system says.
  package struct Failure: Error {
    package var description: String
  }

  /// Listens at once; port 0 lets the system choose one.
  package init(
    host: String, port: Int, limits: ListenerLimits = ListenerLimits(), _ responder: any Responder
  ) throws(Failure) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let gauge = ConnectionGauge(limits)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.writeBufferWaterMark, value: .init(low: 1 << 16, high: 1 << 20))
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard gauge.enter() else {
            channel.close(promise: nil)
            return
          }
          let operations = channel.pipeline.syncOperations
          try operations.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true)
          try operations.addHandler(Connection(responder, limits, gauge))
        }
      }
    do {
      channel = try bootstrap.bind(host: host, port: port).wait()
    } catch {
      group.shutdownGracefully { _ in }
      throw Failure(description: "\(host):\(port): \(error)")
    }
    (self.group, self.gauge) = (group, gauge)
  }

  /// The port that it listens on.
  package var port: Int { channel.localAddress?.port ?? 0 }

  /// How many connections there are.
  package var connections: Int { gauge.count }

  /// Takes no more connections, and closes those that there are.
  package func stop() {
    channel.close(promise: nil)
    do { try group.syncShutdownGracefully() } catch { return }
  }
}

/// How many connections there are, and may be.
final class ConnectionGauge: Sendable {
  private let limits: ListenerLimits
  private let present = Atomic(0)
  private let bodies = Atomic(0)

  init(_ limits: ListenerLimits) { self.limits = limits }

  var count: Int { present.load(ordering: .relaxed) }

  /// False where there are as many as there may be.
  func enter() -> Bool {
    guard present.add(1, ordering: .relaxed).newValue <= limits.connections else {
      leave()
      return false
    }
    return true
  }

  func leave() { present.subtract(1, ordering: .relaxed) }

  /// Counts bytes that a connection holds; false where all of them hold as much as they may.
  func hold(_ count: Int, for connection: Connection) -> Bool {
    connection.held += count
    return bodies.add(count, ordering: .relaxed).newValue <= limits.bodies
  }

  func release(_ connection: Connection) {
    bodies.subtract(connection.held, ordering: .relaxed)
    connection.held = 0
  }
}
