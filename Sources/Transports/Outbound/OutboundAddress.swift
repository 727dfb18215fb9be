/// The address of a resource outside, taken apart strictly and put together again, so that two readers never disagree on its host.
public struct OutboundAddress: Sendable, Hashable, CustomStringConvertible {
    /// Schemes there are; `file`, `gopher` and all others are refused at reading.
    public enum Scheme: String, Sendable, Hashable {
        /// With TLS.
        case https
        /// Without.
        case http

        /// Port when none is written.
        public var defaultPort: Int { self == .https ? 443 : 80 }
    }

    /// How it is spoken to.
    public let scheme: Scheme

    /// Name in lower case, or an address in its canonical spelling; version 6 without brackets.
    public let host: String

    /// The address when the host is one.
    public let literal: IPAddress?

    /// Port, written or not.
    public let port: Int

    /// Path, beginning with a slash; percent escapes as given.
    public let path: String

    /// Query without its question mark; empty when there is none.
    public let query: String

    /// Why a text is no address to send to.
    public enum Invalid: String, Error, Sendable, Hashable, CustomStringConvertible {
        /// Too long, control characters, blanks or letters beyond ASCII.
        case characters = "has characters that do not belong in a URL; names beyond ASCII are written in punycode"
        /// No scheme that we speak.
        case scheme = "does not begin with https:// (or http:// where that is allowed)"
        /// `user@host` or `user:password@host`.
        case userInformation = "has a user name or password in it"
        /// The host is missing or ill-formed.
        case host = "has no well-formed host name"
        /// An address in an odd spelling, such as 127.1 or 0x7f000001.
        case oddNumber = "has an IP address in a spelling that is not the usual one"
        /// The port is no number from 1 to 65535.
        case port = "has a port that is no number from 1 to 65535"
        /// A fragment has no meaning for a server.
        case fragment = "has a fragment (#)"

        /// The fault as the predicate of a sentence whose subject is the URL.
        public var description: String { rawValue }
    }

    /// Reads and checks a URL.
    /// - Throws: ``Invalid`` with the first fault found.
    public init(_ text: String) throws(Invalid) {
        guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }) else {
            throw .characters
        }
        guard let separator = text.range(of: "://"),
            let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased())
        else { throw .scheme }
        let rest = text[separator.upperBound...]
        guard !rest.contains("#") else { throw .fragment }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest[authority.endIndex...]
        guard !authority.contains("@") else { throw .userInformation }
        let (host, port) = try Self.hostAndPort(authority)
        self.scheme = scheme
        self.port = port ?? scheme.defaultPort
        literal = IPAddress(host)
        self.host = literal?.description ?? host
        let path = tail.prefix { $0 != "?" }
        self.path = path.isEmpty ? "/" : String(path)
        query = String(tail[path.endIndex...].dropFirst())
        guard self.path.utf8.allSatisfy(Self.isPathByte), query.utf8.allSatisfy(Self.isQueryByte) else {
            throw .characters
        }
    }

    /// A resource below this one, with a query; this one's own query is dropped.
    ///
    /// - Parameters:
    ///   - path: Path pieces, already escaped, without a slash at the beginning.
    ///   - query: Escaped; empty for none.
    public func appending(_ path: String, query: String = "") -> OutboundAddress {
        OutboundAddress(self, path: self.path + (self.path.hasSuffix("/") ? "" : "/") + path, query: query)
    }

    private init(_ other: OutboundAddress, path: String, query: String) {
        scheme = other.scheme
        host = other.host
        literal = other.literal
        port = other.port
        self.path = path
        self.query = query
    }

    /// The URL, put together anew.
    public var description: String {
        let host = if case .version6 = literal { "[\(self.host)]" } else { self.host }
        let port = port == scheme.defaultPort ? "" : ":\(port)"
        return "\(scheme.rawValue)://\(host)\(port)\(path)\(query.isEmpty ? "" : "?\(query)")"
    }

    private static func hostAndPort(_ authority: Substring) throws(Invalid) -> (String, Int?) {
        var rest = authority
        let host: String
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { throw .host }
            host = rest[rest.index(after: rest.startIndex)..<end].lowercased()
            guard case .version6 = IPAddress(host) else { throw .host }
            rest = rest[rest.index(after: end)...]
        } else {
            let name = rest.prefix { $0 != ":" }
            host = name.lowercased()
            try checkName(host)
            rest = rest[name.endIndex...]
        }
        guard !rest.isEmpty else { return (host, nil) }
        let digits = rest.dropFirst()
        guard
            rest.first == ":", (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), (1...65_535).contains(port)
        else { throw .port }
        return (host, port)
    }

    private static func checkName(_ host: String) throws(Invalid) {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard
            (1...253).contains(host.utf8.count), let last = labels.last,
            labels.allSatisfy({ (1...63).contains($0.utf8.count) && $0.utf8.allSatisfy(isNameByte) }),
            labels.allSatisfy({ $0.first != "-" && $0.last != "-" })
        else { throw .host }
        // A host whose last label is a number is an address to every resolver: take it in its canonical spelling or not at all.
        let isNumber = last.utf8.allSatisfy { (0x30...0x39).contains($0) } || last.hasPrefix("0x")
        guard !isNumber || IPAddress(host) != nil else { throw .oddNumber }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || (0x41...0x5A).contains(byte) || "/.~!$&'()*+,;=:@%".utf8.contains(byte)
    }

    private static func isQueryByte(_ byte: UInt8) -> Bool { isPathByte(byte) || "?[]".utf8.contains(byte) }
}

extension StringProtocol {
    /// Where a short text first occurs.
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
