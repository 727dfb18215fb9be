import Domain
import Foundation
import Storage

/// Writes into the history of a request what became of a message to a department's own system; only staff read it.
struct NoteGiven: Sendable {
    let surroundings: Surroundings
    let tenant: HostedTenant
    let target: ForwardingTarget
    /// Stays the same on every attempt, so an entry that is there is not written again.
    let delivery: UUID

    /// The system has it, under an id of its own where it gave one.
    func taken(_ message: DepartmentMessage, remoteID: String?) async throws {
        let now = surroundings.second
        try await append(.forwarded, message, ["id": remoteID ?? ""]) { transaction in
            guard let remoteID else { return }
            let known = try await RequestLinks(transaction).of(message.request.reference).first {
                $0.peer == target.code
            }
            try await RequestLinks(transaction).put(
                RequestLink(
                    reference: message.request.reference,
                    peer: target.code,
                    kind: known?.kind ?? .copy,
                    remoteID: remoteID,
                    remoteToken: known?.remoteToken,
                    remoteStatus: known?.remoteStatus,
                    createdAt: known?.createdAt ?? now,
                    updatedAt: now
                )
            )
        }
    }

    /// An entry of a kind, once for each delivery.
    func append(
        _ kind: RequestEvent.Kind,
        _ message: DepartmentMessage,
        _ details: [String: String],
        also: (TenantTransaction) async throws -> Void = { _ in }
    ) async throws {
        let now = surroundings.second
        let reference = message.request.reference
        let key = delivery.uuidString.lowercased()
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard try await ServiceRequests(transaction).readForUpdate(reference) != nil else { return }
            let events = RequestEvents(transaction)
            let known = try await events.all(of: reference)
            guard !known.contains(where: { $0.kind == kind && $0.details["delivery"] == key }) else { return }
            let all = details.merging(["to": target.code, "delivery": key, "what": message.word]) { given, _ in given }
            try await events.append(
                RequestEvent(
                    sequence: (known.last?.sequence ?? 0) + 1,
                    at: now,
                    kind: kind,
                    actor: "hub",
                    isPublic: false,
                    details: all.filter { !$0.value.isEmpty }.mapValues { String($0.prefix(500)) }
                ),
                to: reference
            )
            try await also(transaction)
        }
    }
}
