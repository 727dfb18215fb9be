import Crypto
public import Foundation

/// A link or token nobody can guess: 130 random bits as 26 characters of base 32; only its hash is stored.
public enum SecretToken {
    private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")

    /// A new token.
    public static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return String((0..<26).map { _ in alphabet[Int.random(in: 0..<32, using: &random)] })
    }

    /// What is stored of a token.
    public static func hash(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }
}
