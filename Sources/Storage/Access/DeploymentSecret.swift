import Crypto
public import Foundation

/// The one secret of a deployment, from which the password of every database role is derived.
///
/// A role's password is HMAC-SHA256(secret, role name): nothing is stored, a new tenant needs no new secret, and
/// knowing one password tells nothing about another. Never logged; shows as a blank.
public struct DeploymentSecret: Sendable {
    private let key: SymmetricKey

    /// Takes the secret as text.
    ///
    /// - Throws: ``Invalid`` when it is shorter than 32 bytes.
    public init(_ text: String) throws(Invalid) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 32 else { throw Invalid() }
        key = SymmetricKey(data: bytes)
    }

    /// A new secret of 256 random bits as text, to be kept in a file that only the service can read.
    public static func newText() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    /// A key of 32 bytes for one purpose; knowing it tells nothing about the secret or another key.
    public func derivedKey(_ purpose: String) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Array("key for \(purpose)".utf8), using: key))
    }

    /// Password of a database role.
    func password(of role: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(role.utf8), using: key)
        return Data(code).base64EncodedString()
    }

    /// The secret is too short to derive passwords from.
    public struct Invalid: Error, Sendable, CustomStringConvertible {
        /// What would be right.
        public var description: String { "the deployment secret must have at least 32 bytes of text" }
    }
}

extension DeploymentSecret: CustomStringConvertible, CustomDebugStringConvertible {
    /// Never the secret.
    public var description: String { "(secret)" }

    /// Never the secret.
    public var debugDescription: String { "(secret)" }
}
