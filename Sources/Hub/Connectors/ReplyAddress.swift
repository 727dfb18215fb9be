import Crypto
public import Domain
public import Foundation

/// The address an answer to one letter goes to: the connector's mailbox, the request, and a token nobody can guess.
///
/// `replies+bb7k3qf2m9v.c4k…@example.org`. The token is made from a key of the deployment, the tenant, the connector and the request: it
/// proves that whoever answers has seen the letter, and nothing else. The sender's address proves nothing and gives no right.
public struct ReplyAddress: Sendable {
    private static let alphabet = Array("abcdefghjkmnpqrstvwxyz0123456789".utf8)

    private let key: SymmetricKey
    private let tenant: TenantCode
    private let connector: String

    /// Addresses of one connector.
    public init(key: Data, tenant: TenantCode, connector: String) {
        self.key = SymmetricKey(data: key)
        self.tenant = tenant
        self.connector = connector
    }

    /// The address for answers about a request.
    public func address(in mailbox: String, for reference: RequestReference) -> String {
        let parts = mailbox.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return mailbox }
        return "\(parts[0])+\(Self.compact(reference)).\(token(of: reference))@\(parts[1])"
    }

    /// The request that an address was made for; nil for any address that was not made here.
    public func reference(in address: String) -> RequestReference? {
        let local = address.prefix { $0 != "@" }
        guard local.utf8.count <= 100, let plus = local.firstIndex(of: "+") else { return nil }
        let parts = local[local.index(after: plus)...].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let reference = try? RequestReference(parsing: String(parts[0])) else { return nil }
        let given = Array(parts[1].lowercased().utf8)
        let right = Array(token(of: reference).utf8)
        guard given.count == right.count else { return nil }
        return zip(given, right).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0 ? reference : nil
    }

    /// 130 bits as 26 characters.
    private func token(of reference: RequestReference) -> String {
        let message = "reply.\(tenant.rawValue).\(connector).\(reference.rawValue)"
        let code = Array(HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: key))
        var characters: [UInt8] = []
        var bits = 0
        var held = 0
        for byte in code where characters.count < 26 {
            held = held << 8 | Int(byte)
            bits += 8
            while bits >= 5, characters.count < 26 {
                bits -= 5
                characters.append(Self.alphabet[held >> bits & 31])
            }
            held &= (1 << bits) - 1
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private static func compact(_ reference: RequestReference) -> String {
        reference.rawValue.filter { $0 != "-" }.lowercased()
    }
}
