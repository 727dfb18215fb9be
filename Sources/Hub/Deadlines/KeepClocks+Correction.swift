import Domain
import Foundation
import Storage

extension KeepClocks {
    /// Type or place were put right: the due times the row was given become those of new clocks; the old ones stay as they were.
    ///
    /// A clock that stands still goes on standing still, for as long as it might.
    func adopt(
        _ clocks: [RequestClock],
        of request: ServiceRequest,
        at: Date,
        in transaction: TenantTransaction
    ) async throws -> [RequestClock] {
        guard let service = tenant.service(request.serviceCode, at: at) else { return clocks }
        let stored = StoredClocks(transaction)
        var kept = clocks
        for (kind, due) in [(RequestClock.Kind.review, request.reviewDue), (.complete, request.completeDue)] {
            let index = kept.firstIndex { $0.kind == kind }
            let old = index.map { kept[$0] }
            guard old?.isRunning ?? true, old?.due != due else { continue }
            if var retired = old {
                retired.alarmAt = nil
                try await stored.save([retired], of: request.reference)
            }
            guard let due,
                var new = starting(service, request, at: old?.clock.startedAt ?? request.requestedAt).stored(
                    from: old?.clock.startedAt ?? request.requestedAt,
                    round: (old?.round ?? 0) + 1,
                    priority: request.priority,
                    tenant: tenant,
                    reviewDue: due,
                    completeDue: due
                ).first(where: { $0.kind == kind })
            else { continue }
            try await stored.start([new], of: request.reference)
            new.breachedAt = old?.breachedAt
            if let pause = old?.clock.currentPause { new.pause(pause.reason, at: at, endsBy: pause.endsBy) }
            try await stored.save([new], of: request.reference)
            if let index { kept[index] = new } else { kept.append(new) }
        }
        return kept
    }
}
