import Crypto
import Foundation
import HTTPTypes

/// What opens the addresses to which mail servers and gateways for text messages report; what is nil opens nothing.
public struct MessageHooks: Sendable {
    /// Bearer token of whoever passes mails on.
    public var mailToken: String?
    /// What the neutral gateway signs with.
    public var smsSecret: String?
    /// What Twilio signs with: the account's token.
    public var twilioSecret: String?

    /// Hooks; none by default.
    public init(mailToken: String? = nil, smsSecret: String? = nil, twilioSecret: String? = nil) {
        self.mailToken = mailToken
        self.smsSecret = smsSecret
        self.twilioSecret = twilioSecret
    }

    /// Most seconds between the time of a signature and now.
    static let signatureSeconds: TimeInterval = 300

    /// Whether the bearer token of a request is the right one; by digests, so that the time taken tells nothing.
    func opensMail(_ headers: HTTPFields) -> Bool {
        guard let mailToken, !mailToken.isEmpty, let given = headers[.authorization] else { return false }
        return SHA256.hash(data: Data(given.utf8)) == SHA256.hash(data: Data("Bearer \(mailToken)".utf8))
    }

    /// Whether a body was signed as `Hub-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`, lately.
    func isSigned(_ body: [UInt8], _ header: String?, at now: Date) -> Bool {
        guard let smsSecret, !smsSecret.isEmpty, let header else { return false }
        let fields = Dictionary(
            header.split(separator: ",").compactMap { field -> (String, String)? in
                let pair = field.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                return pair.count == 2 ? (pair[0], pair[1]) : nil
            },
            uniquingKeysWith: { first, _ in first }
        )
        guard let time = fields["t"], let seconds = Int(time), let given = fields["v1"].flatMap(Self.bytes(ofHex:)),
            abs(now.timeIntervalSince1970 - Double(seconds)) <= Self.signatureSeconds
        else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            given,
            authenticating: Data("\(time).".utf8) + Data(body),
            using: SymmetricKey(data: Data(smsSecret.utf8))
        )
    }

    /// Whether a form was signed by Twilio: HMAC-SHA1 over the address and the fields sorted by name.
    ///
    /// Source: Twilio, "Validating requests". SHA-1 is the provider's choice; as a keyed digest it is not broken.
    func isSignedByTwilio(url: String, _ fields: [(name: String, value: String)], _ header: String?) -> Bool {
        guard let twilioSecret, !twilioSecret.isEmpty, let given = header.flatMap({ Data(base64Encoded: $0) }) else {
            return false
        }
        let text = url + fields.sorted { $0.name < $1.name }.map { $0.name + $0.value }.joined()
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(
            given,
            authenticating: Data(text.utf8),
            using: SymmetricKey(data: Data(twilioSecret.utf8))
        )
    }

    private static func bytes(ofHex text: String) -> Data? {
        guard text.utf8.count == 64 else { return nil }
        var data = Data()
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            data.append(byte)
            rest = rest.dropFirst(2)
        }
        return data
    }
}
