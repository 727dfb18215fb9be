import CLibPQ

/// One session with the server.
///
/// Never blocks a thread of the task pool: connecting and cancelling have threads of their own, everything else waits
/// for the socket through `Readiness`. Statements of several tasks take turns; a transaction is one caller's only
/// when the connection is, which is what the pool's lease is for.
public actor PostgresConnection {
    /// Where and as whom this session was opened.
    public nonisolated let settings: ConnectionSettings

    /// Process number of the session at the server, as in `pg_stat_activity`.
    public nonisolated let backendProcess: Int

    var handle: ConnectionHandle?
    var statements = StatementCache()
    private var isBusy = false
    private var turns: [OneShot<Void>] = []

    private init(_ handle: ConnectionHandle, _ settings: ConnectionSettings) {
        self.handle = handle
        self.settings = settings
        self.backendProcess = Int(PQbackendPID(handle.raw))
    }

    /// Opens a session.
    /// - Throws: ``PostgresError/connectionFailed(reason:)`` with the server's or libpq's reason;
    ///   ``PostgresError/cancelled`` when the task was cancelled meanwhile.
    public static func connect(
        _ settings: ConnectionSettings
    ) async throws(PostgresError) -> PostgresConnection {
        let answer = OneShot<Result<ConnectionHandle, PostgresError>>()
        let result = await withTaskCancellationHandler {
            BlockingThread.start(answer) { ConnectionHandle.open(settings) }
            return await answer.value()
        } onCancel: {
            answer.resolve(.failure(.cancelled))
        }
        return PostgresConnection(try result.get(), settings)
    }

    /// Ends the session.
    ///
    /// What runs is given up; safe to call more than once.
    public func close() {
        handle = nil
        for turn in turns { turn.resolve(()) }
        turns = []
    }

    /// True while the session is open, as far as is known without asking the server.
    public var isOpen: Bool {
        guard let handle else { return false }
        return PQstatus(handle.raw) == CONNECTION_OK
    }

    /// True when the next user may have it: open, no transaction, nothing running, and the server has not hung up.
    var isReusable: Bool {
        guard let handle, !isBusy else { return false }
        if !handle.hasSomethingToRead {
            return PQstatus(handle.raw) == CONNECTION_OK && PQtransactionStatus(handle.raw) == PQTRANS_IDLE
        }
        // The first look may find the server's last words, the second that it hung up. 1 fine, 0 the connection is gone
        guard PQconsumeInput(handle.raw) == 1, PQconsumeInput(handle.raw) == 1,
            PQstatus(handle.raw) == CONNECTION_OK
        else { return false }
        return PQtransactionStatus(handle.raw) == PQTRANS_IDLE
    }

    /// True when the session came through its last use: open, no transaction, nothing running.
    ///
    /// Whether the server has hung up since is looked at when it is lent out again.
    var isIdle: Bool {
        guard let handle, !isBusy else { return false }
        return PQstatus(handle.raw) == CONNECTION_OK && PQtransactionStatus(handle.raw) == PQTRANS_IDLE
    }

    /// True when a transaction is open at the server, failed or not.
    var isInTransaction: Bool {
        guard let handle else { return false }
        switch PQtransactionStatus(handle.raw) {
        case PQTRANS_INTRANS, PQTRANS_INERROR: return true
        default: return false
        }
    }

    /// Waits until nobody else's statement is running on this session.
    func takeTurn() async {
        guard isBusy else {
            isBusy = true
            return
        }
        let turn = OneShot<Void>()
        turns.append(turn)
        await turn.value()
    }

    /// Lets the next one in; the session stays busy when there is one.
    func endTurn() {
        guard !turns.isEmpty else {
            isBusy = false
            return
        }
        turns.removeFirst().resolve(())
    }

    /// Waits for the socket; returns at once when it is closed.
    func waitForSocket(_ handle: ConnectionHandle, _ interest: SocketInterest) async {
        let socket = PQsocket(handle.raw)
        guard socket >= 0 else { return }
        let wait = OneShot<Void>()
        Readiness.shared.arm(socket, for: interest, wait)
        await wait.value()
    }
}
