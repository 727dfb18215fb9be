import Crypto
import CryptoExtras
import Foundation

/// The keys of one issuer, by their id (RFC 7517); never those of another.
struct SignInKeys: Sendable {
    /// Algorithms that are taken: no `none`, nothing with a shared secret.
    enum Algorithm: String, Sendable, Hashable {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    /// One key, good for one algorithm.
    struct Key: Sendable {
        private enum Material: Sendable {
            case rsa(_RSA.Signing.PublicKey)
            case curve(P256.Signing.PublicKey)
        }

        let algorithm: Algorithm
        private let material: Material

        /// Reads a key that is for signing; nil for any other, and for RSA below 2048 bits.
        init?(_ fields: [String: Any]) {
            guard fields["use"] as? String ?? "sig" == "sig" else { return nil }
            func data(_ name: String) -> Data? { (fields[name] as? String).flatMap { Base64URL.data($0) } }
            switch fields["kty"] as? String {
            case "RSA":
                guard let n = data("n"), let e = data("e"), n.drop(while: { $0 == 0 }).count >= 256,
                    let key = try? _RSA.Signing.PublicKey(n: n, e: e)
                else { return nil }
                (algorithm, material) = (.rs256, .rsa(key))
            case "EC":
                guard fields["crv"] as? String == "P-256", let x = data("x"), let y = data("y"), x.count == 32,
                    y.count == 32, let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
                else { return nil }
                (algorithm, material) = (.es256, .curve(key))
            default: return nil
            }
            if let named = fields["alg"] as? String, named != algorithm.rawValue { return nil }
        }

        func isValid(_ signature: Data, for message: Data) -> Bool {
            switch material {
            case .rsa(let key):
                key.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: signature),
                    for: SHA256.hash(data: message),
                    padding: .insecurePKCS1v1_5
                )
            case .curve(let key):
                (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
                    .map { key.isValidSignature($0, for: SHA256.hash(data: message)) } ?? false
            }
        }
    }

    private let keys: [String: Key]

    /// Reads a key set; keys without an id, of other kinds or with an id that stands twice are left out.
    init?(_ bytes: [UInt8]) {
        guard let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any],
            let list = object["keys"] as? [[String: Any]]
        else { return nil }
        var found: [String: Key] = [:]
        var twice: Set<String> = []
        for fields in list.prefix(100) {
            guard let id = fields["kid"] as? String, !id.isEmpty, let key = Key(fields) else { continue }
            if found.updateValue(key, forKey: id) != nil { twice.insert(id) }
        }
        keys = found.filter { !twice.contains($0.key) }
    }

    subscript(_ id: String) -> Key? { keys[id] }
}
