public import Domain
import Foundation
import Storage

/// Somebody wants news of a public request, or of planned work, by mail: the address is asked first whether it wants that.
///
/// The answer is the same whether the address is known, follows already or is new, so that nobody learns who follows what.
public struct FollowRequest: Sendable {
    /// What became of the wish.
    public enum Outcome: Sendable, Hashable {
        /// A mail asks the address to confirm, unless it is told already.
        case asked
        /// There is nothing public to follow under this reference.
        case unknown
        /// The address is none; what would be right.
        case refused(FieldFault)
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Follows a request.
    public func callAsFunction(
        _ reference: RequestReference,
        email: String?,
        language: Language
    ) async throws -> Outcome {
        if let fault = Self.fault(in: email) { return .refused(fault) }
        guard let tenant = try await surroundings.directory.tenant(code: reference.code) else { return .unknown }
        let now = surroundings.now()
        let isPublic = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            let requests = ServiceRequests(transaction)
            guard let request = try await requests.read(reference), request.visibility == .public,
                let readableAt = try await requests.readableAt(reference)
            else { return false }
            return readableAt <= now
        }
        guard isPublic else { return .unknown }
        try await ask(email ?? "", .request(reference), language, at: tenant)
        return .asked
    }

    /// Asks for notices of planned work in an area or a street of a tenant.
    public func callAsFunction(
        notices subject: Subscription.Subject,
        email: String?,
        language: Language,
        at tenant: HostedTenant
    ) async throws -> Outcome {
        if let fault = Self.fault(in: email) { return .refused(fault) }
        switch subject {
        case .area, .street: break
        case .request, .tenant: return .unknown
        }
        try await ask(email ?? "", subject, language, at: tenant)
        return .asked
    }

    private static func fault(in email: String?) -> FieldFault? {
        guard let email, !email.isEmpty else { return .missing("email") }
        return IntakeCheck.isAddress(email) ? nil : IntakeCheck.addressFault
    }

    private func ask(
        _ email: String,
        _ subject: Subscription.Subject,
        _ language: Language,
        at tenant: HostedTenant
    ) async throws {
        let now = surroundings.second
        let key = surroundings.settings.telling.tokens.addressKey(.mail, email)
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            let known = try await Subscriptions(transaction).of(.mail, addressKey: key)
                .filter { $0.subject == subject && ($0.state == .active || Self.isStillAsked($0, at: now)) }
            guard !known.contains(where: { $0.state == .active }) else { return }
            // Asked before and not used: the same question again, as far as a stranger may be asked.
            let subscription =
                known.first
                ?? Subscription(
                    subject: subject,
                    channel: .mail,
                    address: email,
                    addressKey: key,
                    language: language,
                    state: .asked,
                    origin: .follower,
                    askedAt: now
                )
            if known.isEmpty { try await Subscriptions(transaction).insert(subscription) }
            try await Outbox(transaction).enqueue(
                OutboxItem(
                    kind: OutboxKind.confirmation.rawValue,
                    target: OutboxTarget.mail(email),
                    orderKey: subscription.id.uuidString,
                    payload: try StoredJSON(ConfirmationMessage(subscription: subscription.id)),
                    createdAt: now,
                    giveUpAt: now.addingTimeInterval(Subscription.confirmationSeconds)
                )
            )
        }
        surroundings.work.signal(tenant.code)
    }

    private static func isStillAsked(_ subscription: Subscription, at now: Date) -> Bool {
        subscription.state == .asked
            && now < subscription.askedAt.addingTimeInterval(Subscription.confirmationSeconds / 2)
    }
}
