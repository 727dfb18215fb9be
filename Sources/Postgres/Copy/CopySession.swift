import CLibPQ

/// The connection's side of COPY.
///
/// COPY cannot travel in a pipeline, so the session leaves pipeline mode, and the turn is kept from begin to end.
extension PostgresConnection {
    /// Sends the command and waits until the server is ready for data, or has some.
    func beginCopy(_ step: Step, expecting status: ExecStatusType) async throws(PostgresError) {
        await takeTurn()
        do {
            try await sendCopy(step, expecting: status)
        } catch {
            endTurn()
            throw error
        }
    }

    private func sendCopy(_ step: Step, expecting status: ExecStatusType) async throws(PostgresError) {
        let handle = try openHandle()
        // both: 1 done, 0 failed
        guard PQexitPipelineMode(handle.raw) == 1,
            PQsendQueryParams(handle.raw, step.text, 0, nil, nil, nil, nil, 0) == 1
        else { throw lose(handle) }
        try await flush(handle)
        guard let result = try await nextResult(handle) else { throw .unexpectedAnswer("nothing to COPY") }
        let actual = PQresultStatus(result.raw)
        guard actual != status else { return }
        _ = try await finalResult(handle, statement: step.logText, first: result)
        throw .unexpectedAnswer("no COPY")
    }

    /// Hands data to the server; waits while the way is full.
    func putCopyData(_ bytes: [UInt8]) async throws(PostgresError) {
        let handle = try openHandle()
        while true {
            let outcome = bytes.withUnsafeBytes { buffer in
                PQputCopyData(handle.raw, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
            }
            // 1 queued, 0 the buffers are full, -1 failed
            switch outcome {
            case 1: return try await flush(handle)
            case 0: await waitForSocket(handle, .readOrWrite)
            default: throw lose(handle)
            }
        }
    }

    /// Ends COPY FROM STDIN and returns the number of rows taken.
    ///
    /// - Parameter reason: nil when all data was sent, else why the server should forget it.
    func endCopyIn(_ step: Step, reason: String?) async throws(PostgresError) -> Int {
        defer { endTurn() }
        let handle = try openHandle()
        while true {
            // 1 queued, 0 the buffers are full, -1 failed
            let outcome = PQputCopyEnd(handle.raw, reason)
            if outcome == 1 { break }
            guard outcome == 0 else { throw lose(handle) }
            await waitForSocket(handle, .readOrWrite)
        }
        try await flush(handle)
        return try await finalResult(handle, statement: step.logText)
    }

    /// The next piece of COPY TO STDOUT; nil at the end.
    func nextCopyData() async throws(PostgresError) -> [UInt8]? {
        let handle = try openHandle()
        while true {
            var buffer: UnsafeMutablePointer<CChar>?
            // length, 0 nothing here yet, -1 the end, -2 failed
            let length = PQgetCopyData(handle.raw, &buffer, 1)
            switch length {
            case 1...:
                defer { PQfreemem(buffer) }
                return Array(UnsafeRawBufferPointer(start: buffer, count: Int(length)))
            case -1: return nil
            case 0:
                await waitForSocket(handle, .read)
                // 1 fine, 0 the connection is gone
                guard PQconsumeInput(handle.raw) == 1 else { throw lose(handle) }
            default: throw lose(handle)
            }
        }
    }

    /// Reads the outcome of COPY TO STDOUT and returns the number of rows given.
    func endCopyOut(_ step: Step) async throws(PostgresError) -> Int {
        defer { endTurn() }
        return try await finalResult(openHandle(), statement: step.logText)
    }

    /// Prepares the cancelling of what runs.
    func makeCancellation() throws(PostgresError) -> Cancellation {
        Cancellation(try openHandle())
    }

    private func openHandle() throws(PostgresError) -> ConnectionHandle {
        guard let handle else { throw .connectionClosed }
        return handle
    }

    private func lose(_ handle: ConnectionHandle) -> PostgresError {
        let reason = handle.lastMessage
        self.handle = nil
        return .connectionLost(reason: reason)
    }

    private func flush(_ handle: ConnectionHandle) async throws(PostgresError) {
        while true {
            // 0 all sent, 1 the socket is full, -1 failed
            switch PQflush(handle.raw) {
            case 0: return
            case 1:
                await waitForSocket(handle, .readOrWrite)
                // A server that sends while we send must be listened to. 1 fine, 0 the connection is gone
                guard PQconsumeInput(handle.raw) == 1 else { throw lose(handle) }
            default: throw lose(handle)
            }
        }
    }

    private func nextResult(_ handle: ConnectionHandle) async throws(PostgresError) -> ResultTable? {
        // 1 PQgetResult would block, 0 it would not
        while PQisBusy(handle.raw) == 1 {
            await waitForSocket(handle, .read)
            // 1 fine, 0 the connection is gone
            guard PQconsumeInput(handle.raw) == 1 else { throw lose(handle) }
        }
        // NULL after the last
        return PQgetResult(handle.raw).map { ResultTable($0) }
    }

    private func finalResult(
        _ handle: ConnectionHandle,
        statement: String,
        first: ResultTable? = nil
    ) async throws(PostgresError) -> Int {
        var rows = 0
        var failure: PostgresError?
        var next = first
        if next == nil { next = try await nextResult(handle) }
        while let result = next {
            switch PQresultStatus(result.raw) {
            case PGRES_COMMAND_OK: rows = result.affectedRows
            case PGRES_TUPLES_OK: break
            case PGRES_COPY_IN, PGRES_COPY_OUT:
                // A COPY nobody feeds or reads: only by cutting the connection is it over.
                throw lose(handle)
            default:
                failure = failure ?? .server(result.serverError(statement: statement))
            }
            guard PQstatus(handle.raw) == CONNECTION_OK else { throw lose(handle) }
            next = try await nextResult(handle)
        }
        if let failure { throw failure }
        return rows
    }
}
