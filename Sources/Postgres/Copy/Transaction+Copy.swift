import CLibPQ

extension Transaction {
    /// Runs `COPY … FROM STDIN` and lets the closure write the data in the format the command names.
    ///
    /// - Returns: the number of rows taken.
    /// - Throws: what the closure throws, or what the server thinks of the data; the transaction has failed then.
    @discardableResult
    public func copyIn(
        _ command: SQL,
        _ body: (CopyWriter) async throws -> Void
    ) async throws -> Int {
        try await copy(command, PGRES_COPY_IN) { connection, step in
            let writer = CopyWriter(connection)
            do {
                try await body(writer)
                try await writer.finish()
            } catch {
                writer.invalidate()
                // The server takes the reason for the text of its error; ours is the one to be told.
                _ = try? await connection.endCopyIn(step, reason: "given up")
                throw error
            }
            return try await connection.endCopyIn(step, reason: nil)
        }
    }

    /// Runs `COPY … FROM STDIN` with the bytes of a sequence.
    @discardableResult
    public func copyIn<Pieces: AsyncSequence>(
        _ command: SQL,
        from pieces: Pieces
    ) async throws -> Int where Pieces.Element: Sequence<UInt8> {
        try await copyIn(command) { writer in
            for try await piece in pieces { try await writer.write(piece) }
        }
    }

    /// Fills a table with rows in binary form, the quickest way in.
    ///
    /// - Parameter target: table and columns, such as `"hub.road (road_id, name)"`.
    /// - Returns: the number of rows taken.
    @discardableResult
    public func copyRows(
        into target: SQL,
        _ body: (CopyRowWriter) async throws -> Void
    ) async throws -> Int {
        try await copyIn("COPY " + target + " FROM STDIN (FORMAT binary)") { writer in
            let rows = try await CopyRowWriter(writer)
            try await body(rows)
            try await rows.finish()
        }
    }

    /// Runs `COPY … TO STDOUT` and hands each piece (one row in the text formats) to the closure.
    ///
    /// - Returns: the number of rows given.
    @discardableResult
    public func copyOut(
        _ command: SQL,
        _ body: ([UInt8]) async throws -> Void
    ) async throws -> Int {
        try await copy(command, PGRES_COPY_OUT) { connection, step in
            do {
                while let piece = try await connection.nextCopyData() { try await body(piece) }
            } catch {
                try? await connection.makeCancellation().sendAndSettle()
                while try await connection.nextCopyData() != nil {}
                _ = try? await connection.endCopyOut(step)
                throw error
            }
            return try await connection.endCopyOut(step)
        }
    }

    private func copy(
        _ command: SQL,
        _ direction: ExecStatusType,
        _ transfer: (PostgresConnection, Step) async throws -> Int
    ) async throws -> Int {
        let step = try Step(command)
        guard step.values.count == 0 else { throw PostgresError.encoding(reason: "COPY takes no values") }
        let connection = try await connectionForCopy()
        let cancellation = try await connection.makeCancellation()
        let result = await withTaskCancellationHandler {
            do {
                try await connection.beginCopy(step, expecting: direction)
                return Result<Int, any Error>.success(try await transfer(connection, step))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            cancellation.send()
        }
        let wasCancelled = await cancellation.settle()
        do {
            return try result.get()
        } catch {
            let reason = error as? PostgresError
            fail(wasCancelled && reason?.sqlState == .queryCanceled ? .cancelled : reason ?? .transactionFailed)
            throw wasCancelled && reason?.sqlState == .queryCanceled ? PostgresError.cancelled : error
        }
    }
}

extension Cancellation {
    /// Cancels what runs and waits until the server knows.
    func sendAndSettle() async {
        send()
        _ = await settle()
    }
}
