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
        guard !passedOn, let address = peer.flatMap({ NetworkAddress($0) }) else { return false }
        return networks.contains { $0.contains(address) }
    }
}
