public import Domain
import Foundation
public import Storage

/// Publishes a notice of planned work and tells everybody who asked for notices there, each once.
public struct PublishWorkNotice: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Publishes; how many people are told.
    ///
    /// Somebody who asked for the area and the street hears of it once.
    public func callAsFunction(_ notice: WorkNotice, at tenant: HostedTenant) async throws -> Int {
        let told = try await surroundings.databases.withTenant(tenant.code) { transaction -> Int in
            try await WorkNotices(transaction).insert(notice)
            var seen: Set<Data> = []
            let people = try await Subscriptions(transaction).active(areas: notice.areas, streets: notice.streets)
                .filter { $0.channel != .webhook && seen.insert($0.addressKey).inserted }
            for person in people {
                let address = person.address ?? ""
                try await Outbox(transaction).enqueue(
                    OutboxItem(
                        kind: OutboxKind.workNotice.rawValue,
                        target: person.channel == .sms ? OutboxTarget.sms(address) : OutboxTarget.mail(address),
                        orderKey: "\(notice.id)/\(person.id)",
                        payload: try StoredJSON(NoticeMessage(subscription: person.id, notice: notice.id)),
                        createdAt: notice.publishedAt
                    )
                )
            }
            return people.count
        }
        surroundings.work.signal(tenant.code)
        return told
    }

    /// Notices of a tenant that are not over, the next first.
    public func current(at tenant: HostedTenant) async throws -> [WorkNotice] {
        let today = tenant.day(of: surroundings.now())
        return try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            try await WorkNotices($0).current(on: today)
        }
    }
}
