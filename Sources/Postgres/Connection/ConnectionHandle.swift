import CLibPQ
import Glibc

/// Owner of one connection of libpq and of the ticket by which its statements are cancelled.
///
/// `@unchecked Sendable`: made on the connecting thread and then handed to one actor, which alone uses `raw`; the
/// cancel ticket may be used from any thread by libpq's rules. Falls away when C pointers can be transferred safely.
final class ConnectionHandle: @unchecked Sendable {
    let raw: OpaquePointer
    private let ticket: OpaquePointer?

    private init(_ raw: OpaquePointer) {
        self.raw = raw
        // NULL when the connection is not open
        ticket = PQgetCancel(raw)
    }

    deinit {
        // -1 when libpq has closed the socket already; its number may belong to somebody else by now
        let socket = PQsocket(raw)
        if socket >= 0 { Readiness.shared.forget(socket) }
        PQfreeCancel(ticket)
        PQfinish(raw)
    }

    /// Connects; blocks until it is done or the time in the settings has passed.
    static func open(_ settings: ConnectionSettings) -> Result<ConnectionHandle, PostgresError> {
        let pairs = settings.keywords
        let keys = pairs.map { strdup($0.0) }
        let values = pairs.map { strdup($0.1) }
        defer { (keys + values).forEach { free($0) } }
        let keyPointers = keys.map { UnsafePointer($0) } + [nil]
        let valuePointers = values.map { UnsafePointer($0) } + [nil]
        // NULL only when out of memory; otherwise ask PQstatus
        guard let raw = PQconnectdbParams(keyPointers, valuePointers, 0) else {
            return .failure(.connectionFailed(reason: "out of memory"))
        }
        let handle = ConnectionHandle(raw)
        guard PQstatus(raw) == CONNECTION_OK else {
            return .failure(.connectionFailed(reason: handle.lastMessage))
        }
        // 0 done, -1 failed
        guard PQsetnonblocking(raw, 1) == 0 else {
            return .failure(.connectionFailed(reason: handle.lastMessage))
        }
        // Notices are chatter of the server ("relation exists, skipping"); libpq would print them on standard error.
        PQsetNoticeProcessor(raw, { _, _ in }, nil)
        return .success(handle)
    }

    /// libpq's last message in one line.
    var lastMessage: String {
        // "" when there was no error
        let text = PQerrorMessage(raw).map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Whether bytes wait in the socket, or its end: the server said something to a session that asked nothing.
    var hasSomethingToRead: Bool {
        let socket = PQsocket(raw)
        guard socket >= 0 else { return true }
        var byte: UInt8 = 0
        // 1 a byte is there, 0 the server hung up, -1 nothing (EAGAIN) or a broken socket
        let found = recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return found >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK)
    }

    /// Asks the server to cancel what runs; blocks until the server has passed the request on.
    func requestCancel() -> Bool {
        guard let ticket else { return false }
        var message = [CChar](repeating: 0, count: 256)
        // 1 passed on, 0 failed
        return PQcancel(ticket, &message, Int32(message.count)) == 1
    }

    /// Breaks the connection, so that whoever waits for its socket finds out.
    func sever() {
        let socket = PQsocket(raw)
        // 0 done, -1 when it is closed already
        if socket >= 0 { _ = shutdown(socket, Int32(SHUT_RDWR)) }
    }
}
