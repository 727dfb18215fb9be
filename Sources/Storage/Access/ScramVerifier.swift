import Crypto
import Foundation

/// What PostgreSQL keeps instead of a password: RFC 5802 with SHA-256, in the form of `pg_authid.rolpassword`.
///
/// Computed here, so that no password ever travels in a statement or lands in the server's log.
enum ScramVerifier {
    /// Rounds of the key derivation.
    ///
    /// They slow down guessing of human passwords; ours are 256 random bits that nobody can guess, so few rounds lose
    /// nothing and make each new connection cheaper.
    static let rounds = 64

    /// The verifier of a password, with a salt derived from the password itself so that it can be compared.
    static func make(password: String, role: String) -> String {
        let salt = Data(
            HMAC<SHA256>.authenticationCode(
                for: Array("salt of \(role)".utf8),
                using: SymmetricKey(data: Array(password.utf8))
            ).prefix(16)
        )
        let salted = saltedPassword(password, salt: salt)
        let clientKey = mac("Client Key", key: salted)
        let storedKey = Data(SHA256.hash(data: clientKey))
        let serverKey = mac("Server Key", key: salted)
        return "SCRAM-SHA-256$\(rounds):\(salt.base64EncodedString())"
            + "$\(storedKey.base64EncodedString()):\(serverKey.base64EncodedString())"
    }

    /// PBKDF2 with HMAC-SHA256 and one block of output, as RFC 5802 names it: Hi().
    private static func saltedPassword(_ password: String, salt: Data) -> Data {
        let key = SymmetricKey(data: Array(password.utf8))
        var block = Data(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<rounds {
            block = Data(HMAC<SHA256>.authenticationCode(for: block, using: key))
            result = Data(zip(result, block).map { $0 ^ $1 })
        }
        return result
    }

    private static func mac(_ text: String, key: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }
}
