import CLibPQ

/// What the server's answers will be, in order.
private enum Expected {
    case closed
    case prepared(StatementCache.Key, name: String, step: Int)
    case result(step: Int)
    case end
}

/// What came of a pipeline so far.
private struct Progress {
    let steps: [Step]
    var expected: [Expected] = []
    var position = 0
    var sawResult = false

    /// The last synchronisation point has been answered; a lost connection never gets there.
    var isAnswered = false
    var results: [PostgresResult?]
    var failure: StepFailure?

    init(_ steps: [Step]) {
        self.steps = steps
        results = Array(repeating: nil, count: steps.count)
        expected.reserveCapacity(steps.count + 2)
    }

    /// The server has answered everything up to a synchronisation point.
    mutating func finishSection() {
        sawResult = false
        while position < expected.count {
            position += 1
            if case .end = expected[position - 1] { break }
        }
        isAnswered = position == expected.count
    }

    /// The connection is gone; the server's last words, when there were any, are the reason.
    mutating func noteLoss(_ message: String) {
        let words = failure?.error.serverError.map { "\($0.sqlState) \($0.message)" }
        let reason = words ?? message
        // COMMIT was among the statements and its answer never came.
        let isCommitOpen = zip(steps, results).contains { $0.isCommit && $1 == nil }
        failure = StepFailure(
            index: nil,
            error: isCommitOpen ? .commitOutcomeUnknown(reason: reason) : .connectionLost(reason: reason)
        )
    }
}

extension PostgresConnection {
    /// Sends the statements together, one synchronisation point after the last, and reads all answers.
    ///
    /// After a failure the server skips the rest (PostgreSQL documentation, 34.5 "Pipeline Mode").
    func pipeline(
        _ steps: [Step],
        heedsCancellation: Bool = true
    ) async throws(StepFailure) -> [PostgresResult] {
        await takeTurn()
        defer { endTurn() }
        guard let handle else { throw StepFailure(index: nil, error: .connectionClosed) }
        guard heedsCancellation else {
            return try outcome(await run(steps, on: handle), on: handle)
        }
        if Task.isCancelled { throw StepFailure(index: nil, error: .cancelled) }
        let cancellation = Cancellation(handle)
        let progress = await withTaskCancellationHandler {
            await run(steps, on: handle)
        } onCancel: {
            cancellation.send()
        }
        if await cancellation.settle() {
            // A cancellation that came too late for the statements ends here, not in somebody else's.
            _ = await run([Step(command: "SELECT 1")], on: handle)
            if progress.failure?.error.sqlState == .queryCanceled {
                throw StepFailure(index: progress.failure?.index, error: .cancelled)
            }
            if progress.failure == nil, PQtransactionStatus(handle.raw) == PQTRANS_INERROR {
                throw StepFailure(index: nil, error: .cancelled)
            }
        }
        return try outcome(progress, on: handle)
    }

    private func outcome(
        _ progress: Progress,
        on handle: ConnectionHandle
    ) throws(StepFailure) -> [PostgresResult] {
        if let failure = progress.failure { throw failure }
        let results = progress.results.compactMap { $0 }
        guard results.count == progress.steps.count else {
            throw StepFailure(index: nil, error: .unexpectedAnswer("\(results.count) results"))
        }
        return results
    }

    private func run(_ steps: [Step], on handle: ConnectionHandle) async -> Progress {
        var progress = Progress(steps)
        // 1 done (or in it already), 0 something is still running
        guard PQenterPipelineMode(handle.raw) == 1, send(steps, to: handle, &progress) else {
            lose(handle, &progress)
            return progress
        }
        // A local answer often comes within a yield or two, cheaper than a trip through the watching thread; a write to disk
        // never does.
        var patience = steps.last?.isDurable == true ? 0 : 2
        while !progress.isAnswered {
            // 0 all sent, 1 the socket is full, -1 failed (the reason is read below)
            let flushed = PQflush(handle.raw)
            // 1 fine, 0 the connection is gone; what the server said last may still be read
            let isAlive = PQconsumeInput(handle.raw) == 1
            read(from: handle, &progress)
            if progress.isAnswered { break }
            guard isAlive, flushed >= 0, PQstatus(handle.raw) == CONNECTION_OK else {
                lose(handle, &progress)
                return progress
            }
            if patience > 0 {
                patience -= 1
                await Task.yield()
            } else {
                await waitForSocket(handle, flushed == 1 ? .readOrWrite : .read)
                patience = steps.last?.isDurable == true ? 0 : 1
            }
        }
        return progress
    }

    private func send(_ steps: [Step], to handle: ConnectionHandle, _ progress: inout Progress) -> Bool {
        let raw = handle.raw
        if PQtransactionStatus(raw) == PQTRANS_IDLE, !statements.discarded.isEmpty {
            for name in statements.takeDiscarded() {
                // 1 queued, 0 failed
                guard PQsendQueryParams(raw, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1) == 1 else { return false }
                progress.expected.append(.closed)
            }
            // A section of its own, for commands that refuse to follow another (CREATE DATABASE). 1 queued, 0 failed
            guard PQpipelineSync(raw) == 1 else { return false }
            progress.expected.append(.end)
        }
        var preparing: [StatementCache.Key: String] = [:]
        for (index, step) in steps.enumerated() {
            var name: String?
            if step.isPrepared {
                let key = step.shape
                name = statements.name(of: key) ?? preparing[key]
                if name == nil {
                    let fresh = statements.freshName()
                    let types = key.types
                    // 1 queued, 0 failed
                    guard PQsendPrepare(raw, fresh, step.text, Int32(types.count), types) == 1 else { return false }
                    progress.expected.append(.prepared(key, name: fresh, step: index))
                    preparing[key] = fresh
                    name = fresh
                }
            }
            guard sendValues(of: step, preparedAs: name, to: raw) else { return false }
            progress.expected.append(.result(step: index))
        }
        // 1 queued, 0 failed
        guard PQpipelineSync(raw) == 1 else { return false }
        progress.expected.append(.end)
        return true
    }

    /// All values lie one after the other in one buffer, and libpq gets pointers into it.
    private func sendValues(of step: Step, preparedAs name: String?, to raw: OpaquePointer) -> Bool {
        let count = Int32(step.values.count)
        return step.values.withPointers { values, lengths, formats in
            // both: 1 queued, 0 failed
            if let name { return PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1) == 1 }
            return PQsendQueryParams(raw, step.text, count, step.shape.types, values, lengths, formats, 1) == 1
        }
    }

    /// Reads the answers that are here, without waiting.
    private func read(from handle: ConnectionHandle, _ progress: inout Progress) {
        let raw = handle.raw
        var emptyAnswers = 0
        // PQisBusy: 1 PQgetResult would block, 0 it would not
        while progress.position < progress.expected.count, PQisBusy(raw) == 0 {
            // NULL ends the answers to one statement
            guard let result = PQgetResult(raw) else {
                if progress.sawResult {
                    progress.position += 1
                    progress.sawResult = false
                    emptyAnswers = 0
                } else {
                    emptyAnswers += 1
                    // Nothing is queued any more (the connection is gone): the caller finds out.
                    if emptyAnswers > 2 { return }
                }
                continue
            }
            emptyAnswers = 0
            take(ResultTable(result), raw, &progress)
        }
    }

    private func take(_ table: ResultTable, _ raw: OpaquePointer, _ progress: inout Progress) {
        let status = PQresultStatus(table.raw)
        progress.sawResult = true
        if status == PGRES_PIPELINE_SYNC {
            progress.finishSection()
            // NULL; moves libpq from "pipeline idle" to "idle", without which the state of the transaction is unknown
            if progress.isAnswered { _ = PQgetResult(raw) }
            return
        }
        let expected = progress.expected[progress.position]
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            switch expected {
            case .prepared(let key, let name, _): statements.keep(key, as: name)
            case .result(let step): accept(PostgresResult(table: table), of: step, &progress)
            case .closed, .end: break
            }
        case PGRES_PIPELINE_ABORTED:
            break
        default:
            // After the first failure only the end of the connection is news, and that shows by itself.
            if progress.failure == nil { refuse(table, expected, &progress) }
        }
    }

    /// A COMMIT of a failed transaction is answered with the tag ROLLBACK and no error.
    private func accept(_ result: PostgresResult, of step: Int, _ progress: inout Progress) {
        if progress.steps[step].isCommit, result.table.commandTag == "ROLLBACK" {
            progress.failure = progress.failure ?? StepFailure(index: step, error: .transactionFailed)
        }
        progress.results[step] = result
    }

    private func refuse(_ table: ResultTable, _ expected: Expected, _ progress: inout Progress) {
        switch expected {
        case .prepared(_, _, let step), .result(let step):
            let error = table.serverError(statement: progress.steps[step].logText)
            if error.sqlState == .featureNotSupported || error.sqlState == .invalidStatementName {
                // "cached plan must not change result type": prepared anew the next time
                statements.discard(progress.steps[step].shape)
            }
            progress.failure = StepFailure(index: step, error: .server(error))
        case .closed, .end:
            progress.failure = StepFailure(index: nil, error: .server(table.serverError(statement: "DEALLOCATE")))
        }
    }

    private func lose(_ handle: ConnectionHandle, _ progress: inout Progress) {
        progress.noteLoss(handle.lastMessage)
        self.handle = nil
    }
}
