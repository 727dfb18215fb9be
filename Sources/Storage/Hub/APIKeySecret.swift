import Crypto
public import Foundation

/// The secret half of an API key: given to its owner once, kept here as a hash only.
public struct APIKeySecret: Sendable {
    /// Public part, also the beginning of the text: twelve hexadecimal characters.
    public let keyID: String

    /// What the owner gets: `<public part>_<secret>`, the secret 256 random bits.
    public let text: String

    /// A new secret.
    public init() {
        let random = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let number = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0.prefix(6)) }
        keyID = number.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let secret = random.base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
        text = "\(keyID)_\(secret)"
    }

    /// SHA-256 of a text: what is kept of a secret, a token or a body.
    public static func hash(of text: String) -> Data {
        Data(SHA256.hash(data: Data(text.utf8)))
    }
}
