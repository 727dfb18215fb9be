import Crypto
import Foundation

/// Signs what a form carries from step to step, so that it comes back as it went out, within a day, at the same face.
///
/// Form of the seal: `<payload>.<seconds since 1970>.<signature>`, payload and signature in base64url, the signature
/// HMAC-SHA256 over purpose, time and payload. It is no secret: it holds only what the person gave, and goes nowhere else.
struct FormSeal: Sendable {
    /// How long a form may lie open, in seconds.
    static let lifetime: TimeInterval = 24 * 3600

    /// Longest seal that is looked at, in bytes.
    static let longest = 200_000

    /// Why a seal is not taken.
    enum Broken: Error, Sendable, Hashable {
        /// Not made by us, or changed.
        case forged
        /// Older than ``FormSeal/lifetime``.
        case expired
    }

    private let key: SymmetricKey

    /// A seal with a key of the deployment; at least 32 bytes.
    init(key: Data) {
        self.key = SymmetricKey(data: key)
    }

    /// Seals a payload for one purpose at an instant.
    func seal(_ payload: Data, for purpose: String, at instant: Date) -> String {
        let body = Self.base64URL(payload)
        let time = String(Int(instant.timeIntervalSince1970))
        return "\(body).\(time).\(signature(body, time, purpose))"
    }

    /// The payload of a seal.
    func open(_ seal: String, for purpose: String, at instant: Date) throws(Broken) -> Data {
        let pieces = seal.split(separator: ".", omittingEmptySubsequences: false)
        guard seal.utf8.count <= Self.longest, pieces.count == 3, let time = Int(pieces[1]),
            let given = Self.data(fromBase64URL: pieces[2]), let payload = Self.data(fromBase64URL: pieces[0]),
            HMAC<SHA256>.isValidAuthenticationCode(
                given,
                authenticating: message(pieces[0], pieces[1], purpose),
                using: key
            )
        else { throw .forged }
        let age = instant.timeIntervalSince1970 - Double(time)
        // A clock of another node may be a little ahead.
        guard age <= Self.lifetime, age >= -300 else { throw .expired }
        return payload
    }

    private func signature(_ body: some StringProtocol, _ time: some StringProtocol, _ purpose: String) -> String {
        Self.base64URL(Data(HMAC<SHA256>.authenticationCode(for: message(body, time, purpose), using: key)))
    }

    private func message(_ body: some StringProtocol, _ time: some StringProtocol, _ purpose: String) -> Data {
        Data("hub311 form\n\(purpose)\n\(time)\n\(body)".utf8)
    }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func data(fromBase64URL text: Substring) -> Data? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
