import Crypto
public import Foundation

/// Signatures of webhooks, going out and coming in.
///
/// Source: Standard Webhooks 1.0 (standardwebhooks.com), so that receivers and senders can use the libraries there are. Signed is
/// `<id>.<timestamp>.<body>` with HMAC-SHA256; the three headers are `webhook-id`, `webhook-timestamp` (whole seconds since 1970) and
/// `webhook-signature` (`v1,` and the code in base 64, several separated by blanks while a secret changes).
public struct WebhookSignature: Sendable {
    /// Oldest and youngest timestamp that is taken, in seconds from now.
    public static let tolerance: TimeInterval = 300

    private let keys: [SymmetricKey]

    /// Why a call is not believed.
    public enum Invalid: String, Error, Sendable, Hashable {
        /// One of the three headers is missing or ill-formed.
        case headers = "webhook-id, webhook-timestamp and webhook-signature are needed"
        /// Too old, or from the future.
        case timestamp = "webhook-timestamp is more than five minutes from now"
        /// Signed with another secret, or changed on the way.
        case signature = "webhook-signature does not match"
    }

    /// Signatures under a secret: `whsec_` and base 64, or plain text of at least 16 bytes; two separated by a blank while it changes.
    ///
    /// Nil for a secret that is too short to protect anything.
    public init?(secret: String) {
        let keys = secret.split(separator: " ").compactMap { text -> SymmetricKey? in
            let plain = text.hasPrefix("whsec_") ? Data(base64Encoded: String(text.dropFirst(6))) : Data(text.utf8)
            guard let plain, plain.count >= 16 else { return nil }
            return SymmetricKey(data: plain)
        }
        guard !keys.isEmpty else { return nil }
        self.keys = keys
    }

    /// The three headers of a call; made with the first secret.
    public func headers(id: String, at instant: Date, body: [UInt8]) -> [(name: String, value: String)] {
        let timestamp = String(Int(instant.timeIntervalSince1970))
        let code = keys.first.map { Data(Self.code(id: id, timestamp: timestamp, body: body, key: $0)) } ?? Data()
        return [
            ("webhook-id", id), ("webhook-timestamp", timestamp),
            ("webhook-signature", "v1,\(code.base64EncodedString())"),
        ]
    }

    /// Believes a call or says why not; compares in constant time.
    public func verify(
        id: String?,
        timestamp: String?,
        signature: String?,
        body: [UInt8],
        now: Date
    ) throws(Invalid) {
        guard let id, let timestamp, let signature, (1...200).contains(id.utf8.count), !id.contains("."),
            (1...12).contains(timestamp.utf8.count), timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = TimeInterval(timestamp), signature.utf8.count <= 2000
        else { throw .headers }
        guard abs(now.timeIntervalSince1970 - seconds) <= Self.tolerance else { throw .timestamp }
        let given = signature.split(separator: " ").prefix(8).compactMap { part -> Data? in
            part.hasPrefix("v1,") ? Data(base64Encoded: String(part.dropFirst(3))) : nil
        }
        var isGood = false
        for key in keys {
            let message = Self.message(id: id, timestamp: timestamp, body: body)
            for code in given where HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key) {
                isGood = true
            }
        }
        guard isGood else { throw .signature }
    }

    private static func message(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }

    private static func code(id: String, timestamp: String, body: [UInt8], key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: message(id: id, timestamp: timestamp, body: body), using: key)
    }
}
