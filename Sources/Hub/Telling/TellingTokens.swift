import Crypto
public import Domain
public import Foundation

/// Links that only the person who got them can know, and digests of addresses; nothing of either is stored.
///
/// A link holds the tenant's code, the subscription's id and a signature over both and its purpose, so that a link to end messages
/// confirms nothing, and one tenant's link opens nothing at another.
public struct TellingTokens: Sendable {
    /// What a link is for.
    public enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// Shows and changes what a person is told; ends it.
        case manage
        /// Confirms that a person wants to be told; used once, within two days.
        case confirm
        /// Opens the questions after the end; answered once.
        case survey
    }

    private let key: SymmetricKey

    init(key: Data) {
        self.key = SymmetricKey(data: key)
    }

    /// The text in a link: `bb-<32 hexadecimal digits>-<signature>`.
    public func token(_ purpose: Purpose, tenant: TenantCode, _ id: UUID) -> String {
        let head = "\(tenant.rawValue.lowercased())-\(Self.hex(id))"
        return "\(head)-\(Self.base64URL(signature(head, purpose)))"
    }

    /// What a link names; nil for one that is not ours, was changed, or is for another purpose.
    public func read(_ token: String, _ purpose: Purpose) -> (tenant: TenantCode, id: UUID)? {
        let parts = token.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard token.utf8.count <= 120, parts.count == 3, let code = TenantCode(rawValue: parts[0].uppercased()),
            let id = Self.id(fromHex: parts[1]), let given = Self.data(fromBase64URL: parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(
                given,
                authenticating: Self.message("\(parts[0])-\(parts[1])", purpose),
                using: key
            )
        else { return nil }
        return (code, id)
    }

    /// Keyed digest of an address, the same for every spelling of it.
    public func addressKey(_ channel: TellingChannel, _ address: String) -> Data {
        let plain = channel == .mail ? address.lowercased() : address
        return Data(
            HMAC<SHA256>.authenticationCode(for: Data("address\n\(channel.rawValue)\n\(plain)".utf8), using: key)
        )
    }

    /// What messages to a program are signed with; told once to whoever set it up.
    public func webhookSecret(_ id: UUID) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("webhook\n\(Self.hex(id))".utf8), using: key)
        return Self.base64URL(Data(code))
    }

    private func signature(_ head: String, _ purpose: Purpose) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Self.message(head, purpose), using: key))
    }

    private static func message(_ head: String, _ purpose: Purpose) -> Data {
        Data("hub311 link\n\(purpose.rawValue)\n\(head)".utf8)
    }

    private static func hex(_ id: UUID) -> String { id.uuidString.replacing("-", with: "").lowercased() }

    private static func id(fromHex text: Substring) -> UUID? {
        guard text.utf8.count == 32 else { return nil }
        var parts: [Substring] = []
        var rest = text
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return UUID(uuidString: parts.joined(separator: "-"))
    }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "~").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func data(fromBase64URL text: Substring) -> Data? {
        let plain = text.replacing("~", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}
