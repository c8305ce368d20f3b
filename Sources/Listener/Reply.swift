internal import NIOCore
import Synchronization

/// The way back to whoever asked; may be used from any thread. What comes after the first answer is dropped.
package final class Reply: Sendable {
  private let loop: any EventLoop
  private let connection: NIOLoopBound<Connection>
  private let number: Int
  private let isGone = Atomic(false)

  init(_ connection: Connection, number: Int, on loop: any EventLoop) {
    self.connection = NIOLoopBound(connection, eventLoop: loop)
    self.loop = loop
    self.number = number
  }

  package func send(_ response: Response) {
    loop.execute { [connection, number] in
      connection.value.send(response, as: number)
    }
  }

  /// Begins an answer that goes on until either side ends it.
  package func begin(_ response: Response) {
    loop.execute { [connection, number] in
      connection.value.begin(response, as: number)
    }
  }

  /// Goes on with an answer that was begun; whoever does not take what is sent is let go.
  package func write(_ bytes: [UInt8]) {
    loop.execute { [connection, number] in
      connection.value.write(bytes, as: number)
    }
  }

  package func end() {
    loop.execute { [connection, number] in
      connection.value.end(as: number)
    }
  }

  /// Whether nobody waits for it any more.
  package var isOver: Bool { isGone.load(ordering: .relaxed) }

  func leave() { isGone.store(true, ordering: .relaxed) }
}
