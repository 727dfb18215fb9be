import HTTPTypes
import Hummingbird
import NIOCore

/// Who is behind a request, as far as an address tells.
enum ClientAddress: Sendable, Hashable {
    /// The machine itself: the operator's own tools, and a proxy that says nothing of who asks.
    case local

    /// Somebody elsewhere.
    case remote(String)

    /// Reads the peer of the socket, and behind a trusted proxy the last address in `X-Forwarded-For` that is not a proxy's.
    ///
    /// What a stranger writes into that header counts for nothing: it is read from its end, which the trusted proxy wrote.
    init(_ request: Request, peer: SocketAddress?, proxies: [NetworkRange]) {
        func isTrusted(_ address: NetworkAddress) -> Bool {
            address.isLoopback || proxies.contains { $0.contains(address) }
        }
        if let peer, let address = NetworkAddress(peer), !isTrusted(address) {
            self = .remote(address.subject)
            return
        }
        let told = request.headers[values: Self.forwardedFor].flatMap { $0.split(separator: ",") }
        for piece in told.suffix(20).reversed() {
            guard let address = NetworkAddress(piece.trimmingBlanks) else {
                self = .remote("unreadable")
                return
            }
            if !isTrusted(address) {
                self = .remote(address.subject)
                return
            }
        }
        self = .local
    }

    private static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .server
}

extension Substring {
    /// Without blanks and tabs at both ends.
    fileprivate var trimmingBlanks: Substring {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
