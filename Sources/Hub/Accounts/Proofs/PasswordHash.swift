import CryptoExtras
import Domain
import Foundation

/// What a password costs to try: scrypt's parameters (RFC 7914).
public struct PasswordCost: Sendable, Hashable {
    /// Logarithm of the number of rounds: memory is 1 KiB × r × 2^this.
    public var logRounds: Int
    /// Block size r.
    public var blockSize: Int
    /// Parallelism p; here the lanes run one after the other.
    public var parallelism: Int

    /// Default 2^15, 8, 3: 32 MiB, equal in strength to 2^17, 8, 1 at a quarter of the memory (OWASP Password Storage).
    public init(logRounds: Int = 15, blockSize: Int = 8, parallelism: Int = 3) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// Whether the parameters are ones this service would compute: a stored string cannot ask for the machine's memory.
    var isReasonable: Bool {
        (4...17).contains(logRounds) && (1...16).contains(blockSize) && (1...8).contains(parallelism)
    }
}

/// A password as it is stored: `$scrypt$ln=15,r=8,p=3$<salt>$<hash>` in PHC's string form.
struct PasswordHash: Sendable, Hashable {
    let cost: PasswordCost
    let salt: Data
    let hash: Data

    /// Hashes a password with a new salt of 128 bits; takes a tenth to half a second, on a thread of its own.
    static func make(_ password: String, cost: PasswordCost) throws -> PasswordHash {
        var random = SystemRandomNumberGenerator()
        let salt = Data((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
        return PasswordHash(cost: cost, salt: salt, hash: try derive(password, salt, cost))
    }

    /// Whether a password is this one; always does the whole work.
    func matches(_ password: String) throws -> Bool {
        let other = try Self.derive(password, salt, cost)
        return zip(other, hash).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0 && other.count == hash.count
    }

    /// The string that is stored.
    var text: String {
        "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)$\(Self.base64(salt))$\(Self.base64(hash))"
    }

    /// Reads a stored string; nil for another method or unreasonable parameters.
    init?(_ text: String) {
        let pieces = text.split(separator: "$", omittingEmptySubsequences: false)
        guard pieces.count == 5, pieces[0].isEmpty, pieces[1] == "scrypt" else { return nil }
        var numbers: [Substring: Int] = [:]
        for pair in pieces[2].split(separator: ",") {
            let halves = pair.split(separator: "=")
            guard halves.count == 2 else { return nil }
            numbers[halves[0]] = Int(halves[1])
        }
        guard let rounds = numbers["ln"], let block = numbers["r"], let lanes = numbers["p"],
            let salt = Self.data(pieces[3]), let hash = Self.data(pieces[4]), !salt.isEmpty, hash.count == 32
        else { return nil }
        self.init(
            cost: PasswordCost(logRounds: rounds, blockSize: block, parallelism: lanes),
            salt: salt,
            hash: hash
        )
        guard cost.isReasonable else { return nil }
    }

    private init(cost: PasswordCost, salt: Data, hash: Data) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    private static func derive(_ password: String, _ salt: Data, _ cost: PasswordCost) throws -> Data {
        let key = try KDF.Scrypt.deriveKey(
            from: Data(PasswordRules.normalised(password).utf8),
            salt: salt,
            outputByteCount: 32,
            rounds: 1 << cost.logRounds,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        return key.withUnsafeBytes { Data($0) }
    }

    private static func base64(_ data: Data) -> String { data.base64EncodedString().replacing("=", with: "") }

    private static func data(_ text: Substring) -> Data? {
        Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4))
    }
}
