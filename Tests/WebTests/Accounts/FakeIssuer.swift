import Crypto
import CryptoExtras
import Foundation
import Hub
import Synchronization

/// A sign-in service that is strict with its clients, and lies when it is told to.
final class FakeIssuer: Sendable {
    /// What it does wrong with the next token.
    enum Lie: String, CaseIterable, Sendable {
        case none
        case wrongAudience, manyAudiences, otherParty, wrongNonce, noNonce, wrongIssuer, wrongKey, unknownKey, noKeyID
        case algorithmNone, sharedSecret, otherAlgorithm, expired, future, old, noSubject, critical, broken, noToken
    }

    private struct Grant {
        let challenge: String
        let nonce: String
        let returnAddress: String
        let client: String
        let subject: String
        let groups: [String]
    }

    private struct State {
        var grants: [String: Grant] = [:]
        var lie = Lie.none
        var rsa: _RSA.Signing.PrivateKey
        var curve = P256.Signing.PrivateKey()
        var keyID = "key-1"
        var usesCurve = false
        var askedForKeys = 0
    }

    let issuer: String
    let client: String
    let secret: String?
    private let state: Mutex<State>

    init(_ issuer: String, client: String = "hub311", secret: String? = nil) throws {
        self.issuer = issuer
        self.client = client
        self.secret = secret
        state = Mutex(State(rsa: try _RSA.Signing.PrivateKey(keySize: .bits2048)))
    }

    func lie(_ lie: Lie) { state.withLock { $0.lie = lie } }

    func useCurve(_ isOn: Bool) { state.withLock { $0.usesCurve = isOn } }

    /// Other keys under another id, as services change them.
    func rotate() throws {
        let fresh = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        state.withLock {
            $0.rsa = fresh
            $0.keyID += "x"
        }
    }

    var askedForKeys: Int { state.withLock { $0.askedForKeys } }

    /// What the person does at the service: proves who they are; the address the browser is sent back to.
    func authorize(_ address: String, as subject: String, groups: [String], tellsIssuer: String? = nil) throws -> String
    {
        let parts = URLComponents(string: address)
        let query = Dictionary((parts?.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { first, _ in first }
        guard address.hasPrefix("\(issuer)/authorize?"), query["response_type"] == "code", query["client_id"] == client,
            query["code_challenge_method"] == "S256", let challenge = query["code_challenge"], challenge.count == 43,
            let nonce = query["nonce"], nonce.count >= 22, let back = query["redirect_uri"],
            let returned = query["state"], query["scope"]?.split(separator: " ").contains("openid") == true
        else { throw Refused(what: address) }
        let code = UUID().uuidString
        state.withLock {
            $0.grants[code] = Grant(
                challenge: challenge,
                nonce: nonce,
                returnAddress: back,
                client: client,
                subject: subject,
                groups: groups
            )
        }
        var answer = URLComponents(string: back)
        answer?.queryItems = [
            URLQueryItem(name: "code", value: code), URLQueryItem(name: "state", value: returned),
            URLQueryItem(name: "iss", value: tellsIssuer ?? issuer),
        ]
        return "\(answer?.path ?? "")?\(answer?.percentEncodedQuery ?? "")"
    }

    struct Refused: Error { let what: String }

    func get(_ address: String) -> [UInt8]? {
        switch address {
        case "\(issuer)/.well-known/openid-configuration":
            return json([
                "issuer": issuer, "authorization_endpoint": "\(issuer)/authorize", "token_endpoint": "\(issuer)/token",
                "jwks_uri": "\(issuer)/keys",
            ])
        case "\(issuer)/keys":
            return state.withLock { state in
                state.askedForKeys += 1
                guard let key = try? state.rsa.publicKey.getKeyPrimitives() else { return nil }
                let point = state.curve.publicKey.rawRepresentation
                return json([
                    "keys": [
                        [
                            "kty": "RSA", "kid": state.keyID, "use": "sig", "alg": "RS256",
                            "n": base64(key.modulus), "e": base64(key.publicExponent),
                        ],
                        [
                            "kty": "EC", "crv": "P-256", "kid": "curve", "x": base64(point.prefix(32)),
                            "y": base64(point.suffix(32)),
                        ],
                        ["kty": "oct", "kid": "shared", "k": base64(Data("a shared secret".utf8))],
                    ]
                ])
            }
        default: return nil
        }
    }

    func post(_ address: String, _ form: [(String, String)], now: Date) -> [UInt8]? {
        let fields = Dictionary(form) { first, _ in first }
        guard address == "\(issuer)/token", fields["grant_type"] == "authorization_code", fields["client_id"] == client,
            fields["client_secret"] == secret, let code = fields["code"], let verifier = fields["code_verifier"]
        else { return nil }
        return state.withLock { state in
            // A code is good once, for whoever asked for it, at the address it was asked for.
            guard let grant = state.grants.removeValue(forKey: code), grant.returnAddress == fields["redirect_uri"],
                base64(Data(SHA256.hash(data: Data(verifier.utf8)))) == grant.challenge
            else { return nil }
            guard state.lie != .noToken else { return json(["access_token": "x"]) }
            return (try? token(grant, state, now: now)).flatMap { json(["id_token": $0, "token_type": "Bearer"]) }
        }
    }

    private func token(_ grant: Grant, _ state: State, now: Date) throws -> String {
        let lie = state.lie
        let at = now.timeIntervalSince1970
        var claims: [String: Any] = [
            "iss": issuer, "sub": grant.subject, "aud": grant.client, "nonce": grant.nonce, "iat": at, "exp": at + 300,
            "groups": grant.groups, "roles": grant.groups, "name": "Sam Service", "email": "known@x.example",
            "email_verified": true,
        ]
        var header: [String: Any] = ["alg": "RS256", "kid": state.keyID, "typ": "JWT"]
        switch lie {
        case .wrongAudience: claims["aud"] = "another client"
        case .manyAudiences: claims["aud"] = [grant.client, "another client"]
        case .otherParty:
            claims["aud"] = [grant.client, "another client"]
            claims["azp"] = "another client"
        case .wrongNonce: claims["nonce"] = String(grant.nonce.reversed())
        case .noNonce: claims["nonce"] = nil
        case .wrongIssuer: claims["iss"] = "\(issuer)/"
        case .expired: claims["exp"] = at - 61
        case .future: claims["iat"] = at + 120
        case .old: claims["iat"] = at - 700
        case .noSubject: claims["sub"] = ""
        case .unknownKey: header["kid"] = "nobody's"
        case .noKeyID: header["kid"] = nil
        case .algorithmNone: header["alg"] = "none"
        case .sharedSecret:
            header["alg"] = "HS256"
            header["kid"] = "shared"
        case .otherAlgorithm: header["alg"] = "ES256"
        case .critical: header["crit"] = ["exp"]
        case .none, .wrongKey, .broken, .noToken: break
        }
        if state.usesCurve {
            header["alg"] = "ES256"
            header["kid"] = "curve"
        }
        let message = "\(base64(Data(json(header) ?? []))).\(base64(Data(json(claims) ?? [])))"
        let signature: Data
        if lie == .algorithmNone {
            signature = Data()
        } else if lie == .sharedSecret {
            // The attack of RFC 8725, 2.1: signed with what everybody knows.
            let key = SymmetricKey(data: Data(state.rsa.publicKey.pemRepresentation.utf8))
            signature = Data(HMAC<SHA256>.authenticationCode(for: Data(message.utf8), using: key))
        } else if state.usesCurve {
            signature = try state.curve.signature(for: SHA256.hash(data: Data(message.utf8))).rawRepresentation
        } else {
            let key = lie == .wrongKey ? try _RSA.Signing.PrivateKey(keySize: .bits2048) : state.rsa
            signature = try key.signature(for: SHA256.hash(data: Data(message.utf8)), padding: .insecurePKCS1v1_5)
                .rawRepresentation
        }
        let whole = "\(message).\(base64(signature))"
        return lie == .broken ? String(whole.dropFirst(7)) : whole
    }

    private func json(_ value: Any) -> [UInt8]? {
        (try? JSONSerialization.data(withJSONObject: value)).map(Array.init)
    }

    private func base64(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

/// Several services behind one way out.
extension SignInExchange {
    init(_ issuers: [FakeIssuer], now: @escaping @Sendable () -> Date) {
        // One after the other, each asked once: a lazy look asks twice, and a code is good once.
        self.init(
            get: { address in
                for issuer in issuers {
                    if let answer = issuer.get(address) { return answer }
                }
                return nil
            },
            post: { address, form in
                // Asked once each: a code that was taken is gone.
                for issuer in issuers {
                    if let answer = issuer.post(address, form, now: now()) { return answer }
                }
                return nil
            },
            secret: { _ in issuers.compactMap(\.secret).first }
        )
    }
}
