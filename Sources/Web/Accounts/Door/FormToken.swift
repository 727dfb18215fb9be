import Crypto
import Foundation

/// Words that only this service can write, tied to a purpose and a holder: what a form must bring back.
///
/// Source: OWASP ASVS 5.0 V3.5.1: a token beside the check of the origin. HMAC-SHA256 over purpose and holder; nothing is stored.
struct FormToken: Sendable {
    private let key: SymmetricKey

    /// Tokens with a key of the deployment; at least 32 bytes.
    init(key: Data) {
        self.key = SymmetricKey(data: key)
    }

    /// The token of a holder for a purpose.
    func make(_ purpose: String, for holder: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: message(purpose, holder), using: key)
        return code.map { String(format: "%02x", $0) }.joined()
    }

    /// Whether a token is the one of this holder and purpose; takes the same time wherever they differ.
    func isValid(_ token: String?, _ purpose: String, for holder: String) -> Bool {
        guard let token, token.utf8.count == 64 else { return false }
        let right = make(purpose, for: holder)
        return zip(token.utf8, right.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func message(_ purpose: String, _ holder: String) -> Data {
        Data("hub311 token\n\(purpose.utf8.count) \(purpose)\n\(holder)".utf8)
    }
}
