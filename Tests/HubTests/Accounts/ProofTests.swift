import Domain
import Foundation
import Testing

@testable import Hub

@Suite("Passwords and codes")
struct ProofTests {
    @Test(
        "codes are those of RFC 6238, appendix B, cut to six digits",
        arguments: [
            // seconds, the last six digits of the vector for SHA-1
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ]
    )
    func timeCodes(seconds: Int, expected: String) {
        let code = TimeCode(secret: Data("12345678901234567890".utf8))
        #expect(code.code(step: Int64(seconds / 30)) == expected)
    }

    @Test("a code counts in its half minute and the ones beside it, and tells which it was")
    func window() {
        let code = TimeCode.make()
        let now = Date(timeIntervalSince1970: 1_800_000_010)
        let step = Int64(1_800_000_010 / 30)
        for offset: Int64 in [-1, 0, 1] {
            #expect(code.step(of: " \(code.code(step: step + offset)) ", at: now) == step + offset)
        }
        #expect(code.step(of: code.code(step: step + 3), at: now) == nil)
        for typed in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] { #expect(code.step(of: typed, at: now) == nil) }
    }

    @Test(
        "the secret is typed in base 32, RFC 4648 section 10",
        arguments: [
            ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
    )
    func base32(plain: String, encoded: String) {
        #expect(Base32.encode(Data(plain.utf8)) == encoded)
    }

    @Test("a password is kept as a PHC string with the agreed parameters, salted anew each time")
    func string() async throws {
        let desk = PasswordDesk()
        let text = try await desk.hash("tulip gravel oboe kayak")
        #expect(text.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(try await desk.hash("tulip gravel oboe kayak") != text)
        #expect(try await desk.compare("tulip gravel oboe kayak", with: text) == .right)
        #expect(try await desk.compare("tulip gravel oboe kayaks", with: text) == .wrong)
    }

    @Test("scrypt is that of RFC 7914, section 12")
    func vector() throws {
        // P="pleaseletmein", S="SodiumChloride", N=16384, r=8, p=1; the first 32 of 64 bytes.
        let salt = Data("SodiumChloride".utf8).base64EncodedString().replacing("=", with: "")
        let hash = Data([
            0x70, 0x23, 0xBD, 0xCB, 0x3A, 0xFD, 0x73, 0x48, 0x46, 0x1C, 0x06, 0xCD, 0x81, 0xFD, 0x38, 0xEB, 0xFD, 0xA8,
            0xFB, 0xBA, 0x90, 0x4F, 0x8E, 0x3E, 0xA9, 0xB5, 0x43, 0xF6, 0x54, 0x5D, 0xA1, 0xF2,
        ])
        let text = "$scrypt$ln=14,r=8,p=1$\(salt)$\(hash.base64EncodedString().replacing("=", with: ""))"
        #expect(try #require(PasswordHash(text)).matches("pleaseletmein"))
    }

    @Test("a string with other parameters still counts and is to be hashed anew; an unreasonable one is none")
    func parameters() async throws {
        let weak = PasswordDesk(cost: PasswordCost(logRounds: 5, blockSize: 1, parallelism: 1))
        let text = try await weak.hash("a password of yesterday")
        let today = PasswordDesk(cost: PasswordCost(logRounds: 6, blockSize: 1, parallelism: 1))
        #expect(try await today.compare("a password of yesterday", with: text) == .outdated)
        #expect(PasswordHash(text.replacing("ln=5", with: "ln=30")) == nil)
        #expect(PasswordHash("$2b$12$abc") == nil)
        #expect(try await today.compare("anything at all", with: "nonsense") == .wrong)
        #expect(try await today.compare("", with: nil) == .wrong)
    }

    @Test("two hashes are computed at a time, some wait, the rest are sent away")
    func line() async throws {
        let desk = PasswordDesk(
            cost: PasswordCost(logRounds: 12, blockSize: 8, parallelism: 1),
            atOnce: 2,
            mostWaiting: 3
        )
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask { (try? await desk.hash("a password like any other")) != nil }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count(where: { $0 }) >= 5)
        #expect(outcomes.contains(false))
        // The line is empty again: nobody is left waiting.
        _ = try await desk.hash("a password like any other")
    }

    @Test("a second factor sealed for one account opens for no other")
    func sealed() throws {
        let desk = SignInDesk()
        let (mine, theirs) = (AccountID(trusted: "aaaaaaaaaaaa"), AccountID(trusted: "bbbbbbbbbbbb"))
        let code = TimeCode.make()
        let sealed = try desk.seal(code, for: mine)
        #expect(try desk.open(sealed, for: mine) == code)
        #expect(throws: (any Error).self) { try desk.open(sealed, for: theirs) }
        #expect(throws: (any Error).self) { try SignInDesk().open(sealed, for: mine) }
    }

    @Test("recovery codes are long, different, and counted however they are typed")
    func recovery() {
        let codes = RecoveryCode.make()
        #expect(Set(codes).count == 8)
        for code in codes {
            #expect(RecoveryCode.isPlausible(code))
            #expect(RecoveryCode.hash(code.uppercased().replacing("-", with: " ")) == RecoveryCode.hash(code))
        }
        #expect(!RecoveryCode.isPlausible("123456"))
    }
}
