import Crypto
import Domain
public import Foundation
import Storage

/// Takes what a phone sends: each action once, however often it comes, and always with the same answer.
///
/// What happens and the answer are written in one transaction under the action's id, so a phone that lost the answer asks again and
/// gets it. An action that cannot be carried out any more is answered, too, with what a person can do.
public struct RecordFieldAction: Sendable {
    /// The same id came with something else in it.
    public struct OtherAction: Error, Sendable, Hashable, CustomStringConvertible {
        /// For whoever sent it.
        public var description: String { "another action was sent under this id; give each action an id of its own" }
    }

    /// How long an answer is kept, in seconds: a phone may lie in a truck for weeks.
    static let answerLifetime: TimeInterval = 60 * 86_400

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes an action.
    ///
    /// - Throws: ``UnknownWorkOrder``, ``OtherAction``; a `PhotoFault` only where the store is unavailable, so that it is sent again.
    public func callAsFunction(
        _ action: FieldAction,
        at tenant: HostedTenant,
        scope: StaffScope
    ) async throws -> FieldReceipt {
        let key = key(of: action, scope)
        if let known = try await surroundings.databases.withTenant(
            tenant.code,
            .readOnly,
            { transaction in
                try await recall(key, in: transaction)
            }
        ) {
            return known
        }
        // The picture is written before any transaction: decoding takes longer than a session may be held.
        var photo: PhotoStore.Photo?
        if case .photo(_, let data) = action.deed {
            do throws(PhotoFault) {
                photo = try await surroundings.photos.keep(data)
            } catch .storeUnavailable {
                throw PhotoFault.storeUnavailable
            } catch {
                photo = nil
            }
        }
        let kept = photo
        do {
            let receipt = try await surroundings.databases.withTenant(tenant.code) { transaction in
                let receipt = try await carryOut(action, kept, at: tenant, scope: scope, in: transaction)
                try await IdempotencyKeys(transaction).record(key, answer: try StoredJSON(receipt))
                return receipt
            }
            surroundings.work.signal(tenant.code)
            return receipt
        } catch let fault as StorageError where fault.isAlreadyThere {
            // The same action came twice at once; the other one was first.
            let known = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
                try await recall(key, in: transaction)
            }
            guard let known else { throw fault }
            return known
        }
    }

    private func carryOut(
        _ action: FieldAction,
        _ photo: PhotoStore.Photo?,
        at tenant: HostedTenant,
        scope: StaffScope,
        in transaction: TenantTransaction
    ) async throws -> FieldReceipt {
        let now = surroundings.second
        let (order, request) = try await TakeWorkStep.lock(action.order, scope: scope, in: transaction)
        let carry = CarryOutWork(surroundings: surroundings, tenant: tenant, actor: scope.actor, now: now)
        switch action.deed {
        case .photo(let moment, _):
            guard let photo else {
                return FieldReceipt(action, .needsYou, reason: .photo, orderState: order.state.name)
            }
            try await WorkPhotos(transaction).insert(
                WorkPhoto(
                    order: order.id,
                    reference: order.reference,
                    moment: moment,
                    contentHash: photo.id,
                    byteCount: photo.bytes,
                    storedAt: now
                )
            )
            try await carry.note(
                .photo,
                ["moment": moment.rawValue],
                of: order,
                toldAt: action.toldAt,
                in: transaction
            )
            return FieldReceipt(action, .sent, orderState: order.state.name)
        case .note(let words):
            try await note(words, of: order, request, carry, in: transaction)
            return FieldReceipt(action, .sent, orderState: order.state.name)
        case .start where order.state == .started:
            return FieldReceipt(action, .sent, orderState: order.state.name)
        case .start: return try await step(.start, action, order, at: tenant, scope, now, transaction)
        case .block(let obstacle, let note):
            return try await step(.block(obstacle, note: note), action, order, at: tenant, scope, now, transaction)
        case .finish(let report):
            return try await step(.finish(report), action, order, at: tenant, scope, now, transaction)
        }
    }

    private func step(
        _ step: WorkStep,
        _ action: FieldAction,
        _ order: WorkOrder,
        at tenant: HostedTenant,
        _ scope: StaffScope,
        _ now: Date,
        _ transaction: TenantTransaction
    ) async throws -> FieldReceipt {
        do {
            let taken = try await TakeWorkStep(surroundings).take(
                step,
                order.id,
                at: tenant,
                scope: scope,
                toldAt: action.toldAt,
                now: now,
                in: transaction
            )
            return FieldReceipt(action, .sent, orderState: taken.state.name)
        } catch is IllegalWorkStep {
            let reason: FieldReceipt.Reason = order.isOpen ? .notPossible : .ended
            return FieldReceipt(action, .needsYou, reason: reason, orderState: order.state.name)
        } catch let invalid as WorkReport.Invalid {
            return FieldReceipt(
                action,
                .needsYou,
                reason: .faults,
                faults: invalid.faults,
                orderState: order.state.name
            )
        }
    }

    private func note(
        _ words: String,
        of order: WorkOrder,
        _ request: ServiceRequest,
        _ carry: CarryOutWork,
        in transaction: TenantTransaction
    ) async throws {
        let note = ChangeRequest.Note(
            actor: carry.actor,
            at: carry.now,
            text: LocalizedText(same: String(words.prefix(2_000))),
            details: ["work_order": String(order.number)],
            isPublic: false,
            tells: false
        )
        try await ChangeRequest(surroundings: surroundings, tenant: carry.tenant)(
            request.reference,
            note: note,
            in: transaction
        ) { $0.life.noted() }
    }

    // MARK: The same again

    private func recall(_ key: StoredIdempotencyKey, in transaction: TenantTransaction) async throws -> FieldReceipt? {
        let known = try await IdempotencyKeys(transaction).recall(
            client: key.client,
            key: key.key,
            bodyHash: key.bodyHash,
            now: key.begunAt
        )
        switch known {
        case .unknown, .running: return nil
        case .otherBody: throw OtherAction()
        case .answer(let answer): return try answer.decoded()
        }
    }

    private func key(of action: FieldAction, _ scope: StaffScope) -> StoredIdempotencyKey {
        var hash = SHA256()
        hash.update(data: Data("\(action.order)\n\(action.deed.name)\n".utf8))
        switch action.deed {
        case .start: break
        case .block(let obstacle, let note): hash.update(data: Data("\(obstacle.rawValue)\n\(note ?? "")".utf8))
        case .finish(let report):
            let points = report.checklist.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let parts =
                [report.outcome.rawValue, report.minutes.map(String.init), report.materials, report.note]
                .map { $0 ?? "" } + points
            hash.update(data: Data(parts.joined(separator: "\n").utf8))
        case .note(let words): hash.update(data: Data(words.utf8))
        case .photo(let moment, let data):
            hash.update(data: Data("\(moment.rawValue)\n".utf8))
            hash.update(data: data)
        }
        let now = surroundings.second
        return StoredIdempotencyKey(
            client: "field:\(scope.account)",
            key: action.id.uuidString,
            bodyHash: Data(hash.finalize()),
            begunAt: now,
            keptUntil: now.addingTimeInterval(Self.answerLifetime)
        )
    }
}
