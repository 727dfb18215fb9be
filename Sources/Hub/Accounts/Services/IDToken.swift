import Crypto
import CryptoExtras
import Domain
import Foundation

/// A token of identity as a service signed it, checked (OpenID Connect Core 1.0, 3.1.3.7; RFC 7519; RFC 8725).
///
/// Written here and not taken from a library, because the library at hand falls back to its first key for an unknown `kid` and takes the
/// algorithm from the token; here the key says which algorithm it is for, and only RS256 and ES256 exist.
struct IDToken: Sendable {
    /// Why a token is refused; for the log.
    enum Refusal: String, Error, Sendable, Hashable, CaseIterable {
        case malformed, algorithm, unknownKey, signature, issuer, audience, authorisedParty, expired, notYet, tooOld
        case nonce, subject
    }

    /// What the token must say.
    struct Expectation: Sendable {
        let issuer: String
        let clientID: String
        let nonce: String
        let groupsClaim: String
        let now: Date
    }

    /// Who it is, within the issuer.
    let subject: String
    /// What the person is called, for colleagues; nil when it does not say.
    let name: String?
    /// Groups it tells.
    let groups: Set<String>

    /// Clocks may differ by so many seconds.
    static let leeway: TimeInterval = 60
    /// A token made longer ago was not made for this sign-in.
    static let oldest: TimeInterval = 600

    /// The key id that a token names; nil when it is malformed or names none.
    static func keyID(of token: String) -> String? {
        let pieces = token.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 3, let header = object(pieces[0]) else { return nil }
        return header["kid"] as? String
    }

    /// Checks a token against the keys of one issuer.
    init(_ token: String, keys: SignInKeys, _ expected: Expectation) throws(Refusal) {
        guard token.utf8.count <= 16_384 else { throw .malformed }
        let pieces = token.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 3, let header = Self.object(pieces[0]), let signature = Base64URL.data(pieces[2]),
            // An extension that must be understood is not.
            header["crit"] == nil
        else { throw .malformed }
        guard let algorithm = (header["alg"] as? String).flatMap(SignInKeys.Algorithm.init(rawValue:)) else {
            throw .algorithm
        }
        guard let id = header["kid"] as? String, let key = keys[id] else { throw .unknownKey }
        guard key.algorithm == algorithm else { throw .algorithm }
        guard key.isValid(signature, for: Data("\(pieces[0]).\(pieces[1])".utf8)) else { throw .signature }
        guard let claims = Self.object(pieces[1]) else { throw .malformed }
        try Self.check(claims, expected)
        guard let subject = claims["sub"] as? String, !subject.isEmpty, subject.utf8.count <= 255 else {
            throw .subject
        }
        self.subject = subject
        name = (claims["name"] as? String).map { String($0.prefix(100)) }
        let told = claims[expected.groupsClaim]
        groups = Set((told as? [Any])?.compactMap { $0 as? String } ?? (told as? String).map { [$0] } ?? [])
    }

    private static func check(_ claims: [String: Any], _ expected: Expectation) throws(Refusal) {
        guard claims["iss"] as? String == expected.issuer else { throw .issuer }
        let audiences =
            (claims["aud"] as? [Any])?.compactMap { $0 as? String } ?? (claims["aud"] as? String).map { [$0] }
        guard let audiences, audiences.contains(expected.clientID) else { throw .audience }
        let party = claims["azp"] as? String
        guard party == expected.clientID || (party == nil && claims["azp"] == nil && audiences.count == 1) else {
            throw .authorisedParty
        }
        let now = expected.now.timeIntervalSince1970
        guard let expiry = seconds(claims["exp"]), expiry > now - leeway else { throw .expired }
        guard let issued = seconds(claims["iat"]), issued <= now + leeway else { throw .notYet }
        guard issued >= now - oldest else { throw .tooOld }
        if claims["nbf"] != nil {
            guard let begin = seconds(claims["nbf"]), begin <= now + leeway else { throw .notYet }
        }
        guard let nonce = claims["nonce"] as? String, nonce.utf8.count == expected.nonce.utf8.count,
            zip(nonce.utf8, expected.nonce.utf8).reduce(0 as UInt8, { $0 | ($1.0 ^ $1.1) }) == 0
        else { throw .nonce }
    }

    private static func seconds(_ value: Any?) -> Double? {
        guard let number = value as? NSNumber, !(value is String) else { return nil }
        return number.doubleValue.isFinite ? number.doubleValue : nil
    }

    private static func object(_ piece: Substring) -> [String: Any]? {
        guard let data = Base64URL.data(piece) else { return nil }
        return (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
    }
}

/// Base 64 as tokens write it (RFC 7515, section 2): no padding, `-` and `_`.
enum Base64URL {
    static func text(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func data(_ piece: some StringProtocol) -> Data? {
        let text = String(piece)
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
                || byte == 95
        }
        guard isPlain, text.utf8.count % 4 != 1 else { return nil }
        let padded = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: padded + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}
