public import Domain
import Foundation

/// What would change if a tenant's files were applied over what is stored.
///
/// Compares the two values key by key, so that nothing a later file format adds can change without a line.
public struct TenantDiff: Sendable, Hashable {
    /// The differences: the tenant, its calendar, its services in the order of their codes, its forwarding.
    public let differences: [TenantDifference]

    /// Compares a stored configuration with the files'.
    ///
    /// - Parameter stored: nil when the tenant is not in the database yet; the diff is then one line.
    public init(from stored: TenantConfiguration?, to files: TenantConfiguration) {
        guard let stored else {
            let count = files.catalogue.services.count
            differences = [
                TenantDifference(
                    kind: .added,
                    subject: "tenant \(files.tenant.id)",
                    path: "",
                    before: nil,
                    after: "\(files.tenant.name.plain.english), code \(files.tenant.code), \(count) services"
                )
            ]
            return
        }
        var comparison = JSONComparison()
        comparison.compare(Self.json(stored.tenant), Self.json(files.tenant), subject: "tenant \(files.tenant.id)")
        comparison.compare(Self.json(stored.calendar), Self.json(files.calendar), subject: "calendar")
        comparison.compare(
            Self.json(stored.deadlinePolicy),
            Self.json(files.deadlinePolicy),
            subject: "deadlines"
        )
        comparison.compareNamed(
            Self.services(stored),
            Self.services(files),
            subject: { "service \($0)" }
        )
        comparison.compareNamed(
            Self.targets(stored),
            Self.targets(files),
            subject: { "forwarding \($0)" }
        )
        comparison.compare(Self.json(stored.moderation), Self.json(files.moderation), subject: "moderation")
        differences = comparison.found
    }

    /// Whether nothing would change.
    public var isEmpty: Bool { differences.isEmpty }

    /// One line for each difference.
    public var lines: [String] { differences.map(\.description) }

    private static func json(_ value: some Encodable) -> JSONValue {
        let bytes = try? JSONEncoder().encode(value)
        return bytes.flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) } ?? .nothing
    }

    private static func services(_ configuration: TenantConfiguration) -> [String: JSONValue] {
        Dictionary(
            configuration.catalogue.services.map { ("\($0.code) from \($0.validFrom)", json($0)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func targets(_ configuration: TenantConfiguration) -> [String: JSONValue] {
        Dictionary(configuration.forwarding.map { ($0.code, json($0)) }, uniquingKeysWith: { first, _ in first })
    }
}

/// One difference between what is stored and what the files say.
public struct TenantDifference: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What happened.
    public let kind: Kind

    /// What it happened to: `service RD-POTH from 2026-01-01`.
    public let subject: String

    /// Where in it: `sla.complete`; empty for the whole.
    public let path: String

    /// What is stored, on one line; nil for something added.
    public let before: String?

    /// What the files say, on one line; nil for something removed.
    public let after: String?

    /// What can happen.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Only the files have it.
        case added
        /// Only the database has it.
        case removed
        /// Both have it, differently.
        case changed
    }

    /// `changed service RD-POTH from 2026-01-01, sla.complete: 4 business_days → 5 business_days`.
    public var description: String {
        let place = path.isEmpty ? subject : "\(subject), \(path)"
        switch kind {
        case .added: return "added \(place)" + (after.map { ": \($0)" } ?? "")
        case .removed: return "removed \(place)" + (before.map { ": \($0)" } ?? "")
        case .changed: return "changed \(place): \(before ?? "nothing") → \(after ?? "nothing")"
        }
    }
}
