import Domain
import Foundation
import Logging
public import Storage

/// Fetches what systems outside say of the requests they have: by their feed of updates, by plain polling, by token.
///
/// Their times are kept as told; our clocks move by ours. What a feed and a poll both tell is one event.
public struct ReadOutsideNews: Sendable {
    private let surroundings: Surroundings
    private let outside: OutsideDelivery

    /// A reader over these ways out.
    public init(_ surroundings: Surroundings, outside: OutsideDelivery) {
        self.surroundings = surroundings
        self.outside = outside
    }

    /// Asks for news every ten seconds of whatever is due, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            for entry in surroundings.directory.entries {
                do {
                    guard let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    try await pass(over: tenant)
                } catch {
                    surroundings.log.warning("news not read", metadata: ["tenant": "\(entry.id)", "fault": "\(error)"])
                }
            }
            try? await Task.sleep(for: .seconds(10))
        }
    }

    /// One pass over what is due at a tenant.
    public func pass(over tenant: HostedTenant) async throws {
        let now = surroundings.second
        let due = try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await RequestLinks(transaction).dueForPolling(now: now, limit: 50)
        }
        for link in due {
            guard let target = try await target(link.peer, of: tenant) else { continue }
            do {
                try await ask(about: link, target: target, of: tenant, now: now)
            } catch {
                try await save(
                    link,
                    next: now.addingTimeInterval(TimeInterval(target.pollMinutes * 60)),
                    at: tenant,
                    now: now
                )
            }
        }
    }

    private func ask(about link: RequestLink, target: ForwardingTarget, of tenant: HostedTenant, now: Date) async throws
    {
        let next = now.addingTimeInterval(TimeInterval(target.pollMinutes * 60))
        guard let remoteID = link.remoteID else {
            guard let token = link.remoteToken else { return }
            let found = try await outside.remoteID(target, token)
            try await save(
                link,
                remoteID: found,
                next: found == nil ? now.addingTimeInterval(30) : next,
                at: tenant,
                now: now
            )
            return
        }
        // The feed is asked with an overlap of a minute: a message written while we asked last time is not missed.
        let since = link.updatedAt.addingTimeInterval(-60)
        let feed = try await outside.updates(target, since, now)?.filter { $0.remoteID == remoteID } ?? []
        for news in feed.sorted(by: { $0.at < $1.at }) { try await note(news, link, target, at: tenant, now: now) }
        if let status = try await outside.status(target, remoteID), status.status.rawValue != link.remoteStatus,
            feed.isEmpty
        {
            try await note(status, link, target, at: tenant, now: now)
        }
        let last = feed.last?.status.rawValue ?? link.remoteStatus
        try await save(link, status: last, next: next, at: tenant, now: now)
    }

    /// Writes one piece of news into the history and moves the request by it.
    private func note(
        _ news: OutsideNews,
        _ link: RequestLink,
        _ target: ForwardingTarget,
        at tenant: HostedTenant,
        now: Date
    ) async throws {
        let identity = news.updateID ?? "\(news.status.rawValue)@\(Int(news.at.timeIntervalSince1970))"
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            let known = try await RequestEvents(transaction).all(of: link.reference)
            guard !known.contains(where: { $0.details["news"] == identity && $0.details["from"] == target.code }) else {
                return
            }
            let note = ChangeRequest.Note(
                actor: link.kind == .lead ? "partner:\(link.peer)" : "system:\(link.peer)",
                at: now,
                text: news.text.isEmpty
                    ? nil : LocalizedText(same: String(news.text.prefix(IntakeCheck.longestDescription))),
                details: [
                    "news": identity, "from": target.code, "status": news.status.rawValue,
                    "told_at": news.at.formatted(.iso8601),
                ]
            )
            try await ChangeRequest(surroundings: surroundings, tenant: tenant)(
                link.reference,
                note: note,
                in: transaction
            ) {
                try OutsideStep.apply(news.status, to: &$0, isHolder: link.kind == .lead, at: now)
            }
        }
    }

    private func target(_ code: String, of tenant: HostedTenant) async throws -> ForwardingTarget? {
        if let own = tenant.configuration.forwarding.first(where: { $0.code == code }) { return own }
        return try await surroundings.directory.hub().configuration.forwarding.first { $0.code == code }
    }

    private func save(
        _ link: RequestLink,
        remoteID: String? = nil,
        status: String? = nil,
        next: Date,
        at tenant: HostedTenant,
        now: Date
    ) async throws {
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await RequestLinks(transaction).put(
                RequestLink(
                    reference: link.reference,
                    peer: link.peer,
                    kind: link.kind,
                    remoteID: remoteID ?? link.remoteID,
                    remoteToken: link.remoteToken,
                    remoteStatus: status ?? link.remoteStatus,
                    pollDueAt: next,
                    createdAt: link.createdAt,
                    updatedAt: now
                )
            )
        }
    }
}
