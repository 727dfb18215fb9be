import Domain
import Foundation
import Logging
public import Storage

/// Fetches what systems outside say of the requests they have: by their feed of updates, by plain polling, by token.
///
/// Their times are kept as told; our clocks move by ours. What a feed and a poll both tell is one event.
public struct ReadOutsideNews: Sendable {
    /// How long what was taken for asking is left alone by others, in seconds.
    static let askingSeconds: TimeInterval = 120
    /// A request that ended there is asked about once a day, and no longer than this many days after it was sent.
    static let daysAfterEnd = 60.0

    private let surroundings: Surroundings
    private let outside: OutsideDelivery

    /// A reader over these ways out.
    public init(_ surroundings: Surroundings, outside: OutsideDelivery) {
        self.surroundings = surroundings
        self.outside = outside
    }

    /// Asks for news every ten seconds of whatever is due, with many tenants less often, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let entries = surroundings.directory.entries
            for entry in entries where !Task.isCancelled {
                do {
                    let now = surroundings.second
                    let due = try await due(entry.code, now: now)
                    // The tenant's files are read only where there is something to ask.
                    guard !due.isEmpty, let tenant = try await surroundings.directory.tenant(entry.id) else { continue }
                    try await ask(due, of: tenant, now: now)
                } catch {
                    surroundings.log.warning("news not read", metadata: ["tenant": "\(entry.id)", "fault": "\(error)"])
                }
            }
            try? await Task.sleep(for: .seconds(max(10, entries.count / 10)))
        }
    }

    /// One pass over what is due at a tenant: one look into each system's feed, whatever the number of requests there.
    public func pass(over tenant: HostedTenant) async throws {
        let now = surroundings.second
        try await ask(try await due(tenant.code, now: now), of: tenant, now: now)
    }

    private func due(_ code: TenantCode, now: Date) async throws -> [RequestLink] {
        try await surroundings.databases.withTenant(code) { transaction in
            let links = RequestLinks(transaction)
            let due = try await links.dueForPolling(now: now, limit: 100)
            // Taken for a while, so that another process does not ask the same at the same time.
            for link in due { try await links.put(link.asked(again: now.addingTimeInterval(Self.askingSeconds))) }
            return due
        }
    }

    private func ask(_ due: [RequestLink], of tenant: HostedTenant, now: Date) async throws {
        for (code, links) in Dictionary(grouping: due, by: \.peer).sorted(by: { $0.key < $1.key }) {
            guard let target = try await target(code, of: tenant) else { continue }
            var feed: [OutsideNews]?
            do {
                feed = try await self.feed(of: target, for: links, now: now)
            } catch {
                await put(off: links, target, of: tenant, fault: "\(error)", now: now)
                continue
            }
            for link in links {
                do {
                    try await ask(about: link, feed: feed, target, of: tenant, now: now)
                } catch {
                    await put(off: [link], target, of: tenant, fault: "\(error)", now: now)
                }
            }
        }
    }

    /// The feed is asked with an overlap, so that a message written while we asked last time, or stamped by a slow clock, is not missed;
    /// what was read before is known by its id.
    private func feed(of target: ForwardingTarget, for links: [RequestLink], now: Date) async throws -> [OutsideNews]? {
        let known = links.filter { $0.remoteID != nil }
        guard let since = known.map(\.updatedAt).min() else { return [] }
        return try await outside.updates(
            target,
            since.addingTimeInterval(-Double(target.terms.pollOverlapMinutes) * 60),
            now
        )
    }

    private func ask(
        about link: RequestLink,
        feed: [OutsideNews]?,
        _ target: ForwardingTarget,
        of tenant: HostedTenant,
        now: Date
    ) async throws {
        var link = link
        if link.remoteID == nil, let token = link.remoteToken {
            guard let found = try await outside.remoteID(target, token) else {
                return try await save(link.asked(again: now.addingTimeInterval(30)), at: tenant)
            }
            link = link.known(as: found)
        }
        guard let remoteID = link.remoteID else { return }
        let told = (feed ?? []).filter { $0.remoteID == remoteID }.sorted { $0.at < $1.at }
        for news in told { try await note(news, link, target, at: tenant, now: now) }
        var last = told.last?.status ?? link.remoteStatus.flatMap(ExtendedStatus.init(rawValue:))
        if told.isEmpty, let shown = try await outside.status(target, remoteID),
            shown.status.open311Status != last?.open311Status ?? .open
        {
            try await note(shown, link, target, at: tenant, now: now)
            last = shown.status
        }
        try await save(link.told(last, at: now, next: next(link, last, target, now: now)), at: tenant)
    }

    /// When to ask again: by the target's file while it is open there, daily once it ended, at last never.
    private func next(_ link: RequestLink, _ status: ExtendedStatus?, _ target: ForwardingTarget, now: Date) -> Date? {
        guard status?.open311Status == .closed else {
            return now.addingTimeInterval(TimeInterval(target.pollMinutes * 60))
        }
        guard now.timeIntervalSince(link.createdAt) < Self.daysAfterEnd * 86_400 else { return nil }
        return now.addingTimeInterval(86_400)
    }

    /// Writes one piece of news into the history and moves the request by it.
    private func note(
        _ news: OutsideNews,
        _ link: RequestLink,
        _ target: ForwardingTarget,
        at tenant: HostedTenant,
        now: Date
    ) async throws {
        _ = try await surroundings.directory.hub()
        let identity = news.updateID ?? "\(news.status.rawValue)@\(Int(news.at.timeIntervalSince1970))"
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            guard let request = try await ServiceRequests(transaction).readForUpdate(link.reference) else { return }
            let known = try await RequestEvents(transaction).all(of: link.reference)
            guard !known.contains(where: { $0.details["news"] == identity && $0.details["from"] == target.code }) else {
                return
            }
            let text = String(news.text.prefix(IntakeCheck.longestDescription))
            let held = try await hold(text, news, identity, link, of: request, at: tenant, now: now, in: transaction)
            let note = ChangeRequest.Note(
                actor: link.kind == .lead ? "partner:\(link.peer)" : "system:\(link.peer)",
                at: now,
                text: text.isEmpty || !target.terms.maySet.contains(.notes)
                    ? nil : held == nil ? LocalizedText(same: text) : NeutralSentence.message,
                details: ["news": identity, "from": target.code, "status": news.status.rawValue].merging(
                    ToldTime(news.at, now: now, requestedAt: request.requestedAt).details
                ) { ours, _ in ours }
                .merging(held.map { ["update": $0] } ?? [:]) { $1 }
            )
            try await HearOutside(surroundings: surroundings, tenant: tenant)(
                target.terms.allowed(news.status),
                on: link.reference,
                isHolder: link.kind == .lead,
                note: note,
                in: transaction
            )
        }
        surroundings.work.signal(tenant.code)
    }

    /// Words in which the rules find something are kept as a message that waits for a person; its id, nil when they may be shown.
    private func hold(
        _ text: String,
        _ news: OutsideNews,
        _ identity: String,
        _ link: RequestLink,
        of request: ServiceRequest,
        at tenant: HostedTenant,
        now: Date,
        in transaction: TenantTransaction
    ) async throws -> String? {
        let id = "u-" + SecretToken.make().prefix(16)
        let publication = AssessPublication(tenant: tenant).message(
            text,
            photos: [],
            updateID: id,
            of: request,
            at: now
        )
        guard publication.withheld.contains(.description) else { return nil }
        for item in publication.items { try await ModerationItems(transaction).insert(item) }
        try await Updates(transaction).insert(
            StoredUpdate(
                id: id,
                reference: link.reference,
                client: link.peer,
                clientUpdateID: identity,
                status: news.status,
                updatedAt: now,
                receivedAt: now,
                description: text,
                withheld: publication.withheld
            )
        )
        return id
    }

    private func target(_ code: String, of tenant: HostedTenant) async throws -> ForwardingTarget? {
        if let own = tenant.configuration.forwarding.first(where: { $0.code == code }) { return own }
        return try await surroundings.directory.hub().configuration.forwarding.first { $0.code == code }
    }

    private func put(
        off links: [RequestLink],
        _ target: ForwardingTarget,
        of tenant: HostedTenant,
        fault: String,
        now: Date
    ) async {
        surroundings.log.notice(
            "no news from outside",
            metadata: ["tenant": "\(tenant.id)", "target": "\(target.code)", "fault": "\(fault)"]
        )
        for link in links {
            try? await save(
                link.asked(again: now.addingTimeInterval(TimeInterval(target.pollMinutes * 60))),
                at: tenant
            )
        }
    }

    private func save(_ link: RequestLink, at tenant: HostedTenant) async throws {
        try await surroundings.databases.withTenant(tenant.code) { try await RequestLinks($0).put(link) }
    }
}

extension RequestLink {
    /// The same, to be asked about again then.
    fileprivate func asked(again next: Date) -> RequestLink {
        changed(remoteID: remoteID, status: remoteStatus, next: next, at: updatedAt)
    }

    /// The same, with the id that its token gave.
    fileprivate func known(as remoteID: String) -> RequestLink {
        changed(remoteID: remoteID, status: remoteStatus, next: pollDueAt, at: updatedAt)
    }

    /// The same after a look: news up to `instant` are read.
    fileprivate func told(_ status: ExtendedStatus?, at instant: Date, next: Date?) -> RequestLink {
        changed(remoteID: remoteID, status: status?.rawValue, next: next, at: instant)
    }

    private func changed(remoteID: String?, status: String?, next: Date?, at instant: Date) -> RequestLink {
        RequestLink(
            reference: reference,
            peer: peer,
            kind: kind,
            remoteID: remoteID,
            remoteToken: remoteToken,
            remoteStatus: status,
            pollDueAt: next,
            createdAt: createdAt,
            updatedAt: instant
        )
    }
}
