import Crypto
public import Foundation

/// The second factor: six digits that change every thirty seconds (RFC 6238 with SHA-1, as every authenticator app reads it).
public struct TimeCode: Sendable, Hashable {
    /// 160 random bits, as RFC 4226 advises.
    let secret: Data

    /// Seconds for which a code stands.
    static let step: TimeInterval = 30

    /// A new secret.
    static func make() -> TimeCode {
        TimeCode(secret: SymmetricKey(size: .init(bitCount: 160)).withUnsafeBytes { Data($0) })
    }

    /// The code of a step, six digits.
    func code(step: Int64) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let code = HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret))
        let bytes = Array(code)
        let offset = Int(bytes[19] & 15)
        let number =
            (UInt32(bytes[offset] & 0x7F) << 24) | (UInt32(bytes[offset + 1]) << 16)
            | (UInt32(bytes[offset + 2]) << 8) | UInt32(bytes[offset + 3])
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Number of the step that a typed code belongs to; nil when it is none of now, the step before or the step after.
    ///
    /// All three are computed and compared whole, whichever it is.
    func step(of typed: String, at instant: Date) -> Int64? {
        let digits = typed.filter { !$0.isWhitespace }
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let now = Int64((instant.timeIntervalSince1970 / Self.step).rounded(.down))
        var found: Int64?
        for step in [now - 1, now, now + 1] {
            let difference = zip(code(step: step).utf8, digits.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) }
            if difference == 0 { found = step }
        }
        return found
    }

    /// The secret as people type it: base 32 (RFC 4648) in groups of four.
    public var key: String {
        var text = ""
        for (index, character) in Base32.encode(secret).enumerated() {
            if index > 0, index % 4 == 0 { text.append(" ") }
            text.append(character)
        }
        return text
    }

    /// Address that authenticator apps open.
    public func address(of name: String, issuer: String) -> String {
        func escaped(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return "otpauth://totp/\(escaped(issuer)):\(escaped(name))?secret=\(Base32.encode(secret))"
            + "&issuer=\(escaped(issuer))&algorithm=SHA1&digits=6&period=30"
    }
}

/// Base 32 of RFC 4648 without padding.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    static func encode(_ data: Data) -> String {
        var text = ""
        var bits: UInt32 = 0
        var count = 0
        for byte in data {
            bits = (bits << 8) | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int((bits >> UInt32(count)) & 31)])
            }
            bits &= (1 << UInt32(count)) - 1
        }
        if count > 0 { text.append(alphabet[Int((bits << UInt32(5 - count)) & 31)]) }
        return text
    }
}

/// A code that stands in for the second factor once: 120 random bits, so that a plain hash keeps it (ASVS 5.0, V6.5.2).
enum RecoveryCode {
    /// How many a person gets.
    static let count = 8

    /// New codes, in six groups of four.
    static func make() -> [String] {
        (0..<count).map { _ in
            let random = SymmetricKey(size: .init(bitCount: 120)).withUnsafeBytes { Data($0) }
            let text = Array(Base32.encode(random).lowercased())
            return stride(from: 0, to: 24, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }
                .joined(separator: "-")
        }
    }

    /// What is kept of a code, however it is typed.
    static func hash(_ typed: String) -> Data {
        let plain = typed.lowercased().filter { $0.isLetter || $0.isNumber }
        return Data(SHA256.hash(data: Data("recovery code \(plain)".utf8)))
    }

    /// Whether a text may be one at all.
    static func isPlausible(_ typed: String) -> Bool {
        typed.utf8.count <= 60 && typed.filter { $0.isLetter || $0.isNumber }.count == 24
    }
}
