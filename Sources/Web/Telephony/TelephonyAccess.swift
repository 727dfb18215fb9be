import Crypto
import Foundation
import HTTPTypes
import NIOCore

/// Who may ask where a call goes.
///
/// The answer holds addresses of the inside and may make a proxy send calls there, so it is for the proxies alone: those on the
/// same machine, in the networks named, or with the token. A request that came through another proxy (it carries a forwarding header)
/// needs the token, or the whole world would be on the same machine.
public struct TelephonyAccess: Sendable {
    private let token: String?
    private let networks: [NetworkRange]

    /// Access by token and networks.
    ///
    /// - Parameters:
    ///   - token: shared secret, sent as `Authorization: Bearer`; nil or empty: none opens.
    ///   - networks: addresses that need no token, as `10.1.0.0/16`, `fd00::/8` or a single address. Those that are none are left out.
    public init(token: String? = nil, networks: [String] = ["127.0.0.0/8", "::1"]) {
        self.token = token.flatMap { $0.isEmpty ? nil : $0 }
        self.networks = networks.compactMap { NetworkRange($0) }
    }

    /// Whether a request with these headers may be answered.
    func allows(_ headers: HTTPFields, from peer: SocketAddress?) -> Bool {
        if let token, let given = headers[.authorization],
            SHA256.hash(data: Data(given.utf8)) == SHA256.hash(data: Data("Bearer \(token)".utf8))
        {
            return true
        }
        let passedOn = ["x-forwarded-for", "forwarded", "x-real-ip"].contains { name in
            HTTPField.Name(name).map { headers[$0] != nil } ?? false
        }
        guard !passedOn, let address = peer?.ipAddress else { return false }
        return networks.contains { $0.contains(address) }
    }
}

/// A range of IP addresses.
struct NetworkRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let bits: Int

    /// Reads `10.1.0.0/16`, `fd00::/8` or one address; nil when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        var bits = bytes.count * 8
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...bits).contains(given) else { return nil }
            bits = given
        }
        self.bytes = bytes
        self.bits = bits
    }

    /// Whether an address lies in it; an IPv4 address written as IPv6 counts as what it is.
    func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
        for index in 0..<bits where (bytes[index / 8] ^ other[index / 8]) & (0x80 >> UInt8(index % 8)) != 0 {
            return false
        }
        return true
    }

    private static func bytes(of text: String) -> [UInt8]? {
        // The scope of a link-local address is no part of it.
        let plain = String(text.prefix { $0 != "%" })
        var four = in_addr()
        // 1 an address, 0 none, -1 never for these families.
        if inet_pton(AF_INET, plain, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, plain, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return bytes.starts(with: mapped) ? Array(bytes.dropFirst(12)) : bytes
    }
}
