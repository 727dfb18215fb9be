public import Foundation
import Postgres

/// What waits to leave this tenant; see ``OutboxItem`` for the states.
public struct Outbox {
    let transaction: TenantTransaction

    /// The outbox of the transaction's tenant.
    public init(_ transaction: TenantTransaction) {
        self.transaction = transaction
    }

    /// Queues a new item; it travels with COMMIT.
    public func enqueue(_ item: OutboxItem) async throws {
        try await transaction.queue(
            """
            INSERT INTO outbox
                (outbox_id, kind, target, delivery_key, order_key, payload, state, created_at, due_at, give_up_at)
            VALUES
                (\(item.id), \(item.kind), \(item.target), \(item.deliveryKey), \(item.orderKey), \(item.payload.value),
                'new', \(item.createdAt), \(item.dueAt), \(item.giveUpAt))
            """
        )
    }

    /// Queues an item unless one of the same identity is there already, as for a bundle that several events fill.
    public func enqueueOnce(_ item: OutboxItem) async throws {
        try await transaction.queue(
            """
            INSERT INTO outbox
                (outbox_id, kind, target, delivery_key, order_key, payload, state, created_at, due_at, give_up_at)
            VALUES
                (\(item.id), \(item.kind), \(item.target), \(item.deliveryKey), \(item.orderKey), \(item.payload.value),
                'new', \(item.createdAt), \(item.dueAt), \(item.giveUpAt))
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// Leases due items, the longest due first; per target and order key only the oldest unsent one.
    ///
    /// Two workers never get the same item: a row another one is claiming is skipped, a row another one holds is not
    /// due.
    ///
    /// - Parameter perTarget: Most items of one target, so that one with much waiting leaves room for the others.
    public func claim(
        limit: Int,
        perTarget: Int = .max,
        leaseSeconds: TimeInterval,
        skippingTargets: [String] = [],
        clock: OutboxClock = .database
    ) async throws -> [LeasedItem] {
        let now = try await time(clock)
        let token = UUID()
        let rows = try await transaction.all(
            """
            WITH claimed AS MATERIALIZED (
                SELECT of_target.outbox_id
                FROM (
                    SELECT DISTINCT target
                    FROM outbox
                    WHERE (
                            (state IN ('new', 'failed', 'uncertain') AND due_at <= \(now))
                            OR (state = 'leased' AND lease_until < \(now))
                        )
                        AND NOT (target = ANY (\(skippingTargets)))
                ) AS waiting
                CROSS JOIN LATERAL (
                    SELECT candidate.outbox_id, candidate.due_at, candidate.sequence
                    FROM outbox AS candidate
                    WHERE candidate.target = waiting.target
                        AND (
                            (candidate.state IN ('new', 'failed', 'uncertain') AND candidate.due_at <= \(now))
                            OR (candidate.state = 'leased' AND candidate.lease_until < \(now))
                        )
                        AND NOT EXISTS (
                            SELECT 1
                            FROM outbox AS earlier
                            WHERE earlier.target = candidate.target
                                AND earlier.order_key = candidate.order_key
                                AND earlier.sequence < candidate.sequence
                                AND earlier.state NOT IN ('sent', 'dead')
                        )
                    ORDER BY candidate.due_at, candidate.sequence
                    LIMIT \(min(perTarget, limit))
                    FOR UPDATE SKIP LOCKED
                ) AS of_target
                ORDER BY of_target.due_at, of_target.sequence
                LIMIT \(limit)
            )
            UPDATE outbox AS taken
            SET state = 'leased', lease_until = \(now.addingTimeInterval(leaseSeconds)), lease_token = \(token),
                attempts = taken.attempts + 1, is_doubtful = taken.is_doubtful OR taken.state IN ('uncertain', 'leased')
            FROM claimed
            WHERE taken.outbox_id = claimed.outbox_id
            RETURNING taken.outbox_id, kind, target, delivery_key, order_key, payload, created_at, due_at, give_up_at,
                attempts, is_doubtful, lease_token, lease_until, sequence
            """
        )
        return
            try rows
            .map { (try $0.decode("sequence", as: Int.self), try LeasedItem($0)) }
            .sorted { ($0.1.item.dueAt, $0.0) < ($1.1.item.dueAt, $1.0) }
            .map(\.1)
    }

    /// Writes down what became of an attempt; false when the lease was lost meanwhile and nothing was changed.
    ///
    /// A retry that would come after the item is given up makes it dead.
    public func finish(
        _ leased: LeasedItem,
        _ result: DeliveryResult,
        clock: OutboxClock = .database
    ) async throws -> Bool {
        let now = try await time(clock)
        let end = Ending(of: leased, result, now: now)
        let count = try await transaction.change(
            """
            UPDATE outbox
            SET state = \(end.state.rawValue), is_doubtful = \(end.isDoubtful), due_at = \(end.dueAt),
                finished_at = \(end.finishedAt), fault = \(end.fault), answer = \(end.answer?.value),
                lease_until = NULL, lease_token = NULL
            WHERE outbox_id = \(leased.id)
                AND state = 'leased'
                AND lease_token = \(leased.leaseToken)
            """
        )
        return count == 1
    }

    /// Makes a lease longer; false when it was lost meanwhile.
    public func extend(
        _ leased: LeasedItem,
        bySeconds seconds: TimeInterval,
        clock: OutboxClock = .database
    ) async throws -> Bool {
        let now = try await time(clock)
        let count = try await transaction.change(
            """
            UPDATE outbox
            SET lease_until = \(now.addingTimeInterval(seconds))
            WHERE outbox_id = \(leased.id)
                AND state = 'leased'
                AND lease_token = \(leased.leaseToken)
            """
        )
        return count == 1
    }

    /// Puts a dead item back in the queue, due now and with new time to be given up; false when it is not dead.
    public func retry(_ id: UUID, givingUpAfter seconds: TimeInterval = 72 * 3600, now: Date) async throws -> Bool {
        let count = try await transaction.change(
            """
            UPDATE outbox
            SET state = CASE WHEN is_doubtful THEN 'uncertain' ELSE 'failed' END, due_at = \(now), finished_at = NULL,
                give_up_at = \(now.addingTimeInterval(seconds))
            WHERE outbox_id = \(id)
                AND state = 'dead'
            """
        )
        return count == 1
    }

    /// When the next item falls due or the next lease runs out; nil when nothing waits.
    public func nextDue() async throws -> Date? {
        let row = try await transaction.first(
            """
            SELECT min(CASE WHEN state = 'leased' THEN lease_until ELSE due_at END) AS next_due
            FROM outbox
            WHERE state IN ('new', 'failed', 'uncertain', 'leased')
            """
        )
        return try row?.decode("next_due", as: Date?.self) ?? nil
    }

    private func time(_ clock: OutboxClock) async throws -> Date {
        switch clock {
        case .database: try await transaction.databaseTime()
        case .fixed(let instant): instant
        }
    }
}

/// The columns an attempt ends with.
private struct Ending {
    let state: OutboxState
    let isDoubtful: Bool
    let dueAt: Date
    let finishedAt: Date?
    let fault: String?
    let answer: StoredJSON?

    init(of leased: LeasedItem, _ result: DeliveryResult, now: Date) {
        let retry: TimeInterval
        switch result {
        case .sent(let answer):
            (state, isDoubtful, fault, self.answer) = (.sent, false, nil, answer)
            (dueAt, finishedAt) = (leased.item.dueAt, now)
            return
        case .dead(let reason):
            (state, isDoubtful, fault, answer) = (.dead, leased.isDoubtful, reason, nil)
            (dueAt, finishedAt) = (leased.item.dueAt, now)
            return
        case .failed(let reason, let seconds, let doubtCleared):
            (fault, answer, retry) = (reason, nil, seconds)
            isDoubtful = leased.isDoubtful && !doubtCleared
        case .uncertain(let reason, let seconds):
            (fault, answer, retry) = (reason, nil, seconds)
            isDoubtful = true
        }
        dueAt = now.addingTimeInterval(max(0, retry))
        let isGivenUp = dueAt > leased.item.giveUpAt
        finishedAt = isGivenUp ? now : nil
        state = isGivenUp ? .dead : isDoubtful ? .uncertain : .failed
    }
}
