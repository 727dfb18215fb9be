import Crypto
public import Domain
public import Foundation

/// What signing in needs besides the database: rules, the desk that hashes passwords, and the key that seals second factors.
///
/// One per process, in ``Surroundings``.
public final class SignInDesk: Sendable {
    /// How long a sign-in counts and how often one may be tried.
    public let rules: SignInRules
    let passwords: PasswordDesk
    /// The way out to sign-in services; nil: none is used.
    let exchange: SignInExchange?
    let issuers = KnownIssuers()
    private let key: SymmetricKey

    /// A desk.
    ///
    /// - Parameter key: At least 32 bytes, the same on every node and after a restart, or no second factor can be read again; nil:
    ///   a random one, for tests.
    public init(
        rules: SignInRules = SignInRules(),
        passwords: PasswordDesk = PasswordDesk(),
        exchange: SignInExchange? = nil,
        key: Data? = nil
    ) {
        self.rules = rules
        self.exchange = exchange
        self.passwords = passwords
        self.key = key.map { SymmetricKey(data: Data(SHA256.hash(data: $0))) } ?? SymmetricKey(size: .bits256)
    }

    /// Seals the secret of a second factor for one account: a row copied to another account cannot be opened there.
    func seal(_ code: TimeCode, for id: AccountID) throws -> Data {
        let box = try ChaChaPoly.seal(code.secret, using: key, authenticating: Data(id.rawValue.utf8))
        return box.combined
    }

    /// Opens what was sealed.
    ///
    /// - Throws: when it was sealed for another account or with another key.
    func open(_ sealed: Data, for id: AccountID) throws -> TimeCode {
        let box = try ChaChaPoly.SealedBox(combined: sealed)
        return TimeCode(secret: try ChaChaPoly.open(box, using: key, authenticating: Data(id.rawValue.utf8)))
    }
}
