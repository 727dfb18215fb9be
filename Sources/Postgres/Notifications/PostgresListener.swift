import CLibPQ
public import Logging

/// What a listener hears.
public enum PostgresNotification: Sendable, Hashable {
    /// The session is open and listening, for the first time or again: whatever was said before may have been missed,
    /// so look at the tables now.
    case listening

    /// Somebody said something on a channel.
    case notified(channel: String, payload: String, backendProcess: Int)
}

/// Listens to channels on a session of its own, which it opens again whenever it is lost; never ends by itself.
///
/// A notification is a hint that work may be there; the tables tell. Ends when the task is cancelled.
public struct PostgresListener: AsyncSequence, Sendable {
    /// What is heard.
    public typealias Element = PostgresNotification

    /// Loss of the session is no failure.
    public typealias Failure = Never

    let settings: ConnectionSettings
    let channels: [SQLIdentifier]
    let logger: Logger

    /// - Parameters:
    ///   - settings: a session outside every pool.
    ///   - channels: names as in `NOTIFY`.
    public init(_ settings: ConnectionSettings, channels: [SQLIdentifier], logger: Logger) {
        self.settings = settings
        self.channels = channels
        self.logger = logger
    }

    /// Begins without a session; the first `next()` opens it.
    public func makeAsyncIterator() -> Iterator {
        Iterator(listener: self)
    }

    /// Hears one thing after the other.
    public struct Iterator: AsyncIteratorProtocol {
        private let listener: PostgresListener
        private var connection: PostgresConnection?
        private var failures = 0

        init(listener: PostgresListener) {
            self.listener = listener
        }

        /// Waits for the next thing heard; nil when the task is cancelled.
        public mutating func next() async -> PostgresNotification? {
            while !Task.isCancelled {
                do {
                    guard let connection else {
                        connection = try await open()
                        failures = 0
                        return .listening
                    }
                    if let heard = try await connection.nextNotification() { return heard }
                } catch {
                    connection = nil
                    guard !Task.isCancelled else { break }
                    listener.logger.warning(
                        "the listening session is lost",
                        metadata: ["reason": "\(error.debugDescription)"]
                    )
                    // 0.1 s, doubled up to 5 s
                    try? await Task.sleep(for: .milliseconds(failures < 6 ? 100 << failures : 5_000))
                    failures += 1
                }
            }
            await connection?.close()
            connection = nil
            return nil
        }

        /// Waits for the next thing heard; nil when the task is cancelled.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> PostgresNotification? {
            await next()
        }

        private func open() async throws(PostgresError) -> PostgresConnection {
            let opened = try await PostgresConnection.connect(listener.settings)
            for channel in listener.channels { try await opened.execute("LISTEN \(identifier: channel)") }
            return opened
        }
    }
}

extension PostgresConnection {
    /// Waits for a notification; nil when the task was cancelled.
    func nextNotification() async throws(PostgresError) -> PostgresNotification? {
        while !Task.isCancelled {
            guard let handle else { throw .connectionClosed }
            // NULL when none is here; otherwise to be freed
            if let heard = PQnotifies(handle.raw) {
                defer { PQfreemem(heard) }
                return .notified(
                    channel: String(cString: heard.pointee.relname),
                    payload: String(cString: heard.pointee.extra),
                    backendProcess: Int(heard.pointee.be_pid)
                )
            }
            let wait = OneShot<Void>()
            let socket = PQsocket(handle.raw)
            await withTaskCancellationHandler {
                if socket >= 0 {
                    Readiness.shared.arm(socket, for: .read, wait)
                    await wait.value()
                }
            } onCancel: {
                wait.resolve(())
            }
            // 1 fine, 0 the connection is gone
            guard socket >= 0, PQconsumeInput(handle.raw) == 1 else {
                let reason = handle.lastMessage
                self.handle = nil
                throw .connectionLost(reason: reason)
            }
        }
        return nil
    }
}
