import Domain
public import Foundation
import Logging
import Storage

/// What a mail server reported of one recipient.
public struct FailedDelivery: Sendable, Hashable {
    /// The address.
    public let address: String
    /// Whether the address does not exist, now or ever.
    public let addressIsGone: Bool
    /// Status and words of the server.
    public let reason: String

    /// A report on one recipient.
    public init(address: String, addressIsGone: Bool, reason: String) {
        self.address = address
        self.addressIsGone = addressIsGone
        self.reason = reason
    }
}

/// Takes a report that a mail did not arrive: an address that does not exist is written to no more.
///
/// Anybody can send such a report. It counts only when it names the `Message-ID` of a mail that this hub sent to that very address;
/// the id holds 122 random bits, so nobody silences somebody else.
public struct HearBounce: Sendable {
    /// What became of a report.
    public enum Outcome: Sendable, Hashable {
        /// The address is written to no more.
        case ended
        /// A mail of ours, but nothing to end: late, or a person of staff.
        case noted
        /// No mail that we sent to that address.
        case ignored
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes a report.
    ///
    /// - Parameter messageID: `Message-ID` of the mail it is about, `<uuid.code@host>`.
    public func callAsFunction(messageID: String, _ failures: [FailedDelivery]) async throws -> Outcome {
        guard let (key, code) = Self.parts(of: messageID),
            let tenant = try await surroundings.directory.tenant(code: code)
        else { return .ignored }
        let found = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            transaction -> (OutboxRow, Subscription?)? in
            guard let row = try await Outbox(transaction).read(deliveryKey: key) else { return nil }
            guard let id = Self.subscription(of: row.item) else { return (row, nil) }
            return (row, try await Subscriptions(transaction).read(id))
        }
        guard let (row, subscription) = found else { return .ignored }
        guard let subscription else {
            surroundings.log.warning(
                "a mail to staff did not arrive",
                metadata: ["tenant": "\(tenant.id)", "kind": "\(row.item.kind)"]
            )
            return .noted
        }
        let address = subscription.address?.lowercased()
        guard let failure = failures.first(where: { $0.address.lowercased() == address }) else { return .ignored }
        guard failure.addressIsGone else { return .noted }
        try await EndSubscriptions(surroundings).addressIsGone(subscription, at: tenant, reason: failure.reason)
        return .ended
    }

    private static func parts(of messageID: String) -> (key: UUID, code: TenantCode)? {
        let plain = messageID.trimmingCharacters(in: CharacterSet(charactersIn: "<> \t\r\n"))
        guard let local = plain.split(separator: "@").first else { return nil }
        let parts = local.split(separator: ".")
        guard parts.count == 2, let key = UUID(uuidString: String(parts[0])),
            let code = TenantCode(rawValue: parts[1].uppercased())
        else { return nil }
        return (key, code)
    }

    private static func subscription(of item: OutboxItem) -> UUID? {
        switch OutboxKind(rawValue: item.kind) {
        case .newsMail: try? item.payload.decoded(as: NewsMessage.self).subscription
        case .confirmation: try? item.payload.decoded(as: ConfirmationMessage.self).subscription
        case .workNotice: try? item.payload.decoded(as: NoticeMessage.self).subscription
        case .digest: try? item.payload.decoded(as: DigestMessage.self).subscription
        default: nil
        }
    }
}
