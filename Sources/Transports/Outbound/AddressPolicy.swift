/// Where the hub may send to: the public internet over https, and what the operator of this deployment names besides.
///
/// A town writes its own forwarding addresses, so an address is an attack until shown otherwise: one that points inside would make
/// the hub knock at doors only it can reach (server-side request forgery). Checked when saved, and again at every sending.
public struct AddressPolicy: Sendable, Hashable {
    /// A host inside that this deployment allows: a town's work system in the same network.
    public struct InternalHost: Sendable, Hashable {
        /// Name or address as it is written in URLs, lower case.
        public let host: String
        /// Its port.
        public let port: Int

        /// A host and its port.
        public init(host: String, port: Int) {
            self.host = host.lowercased()
            self.port = port
        }

        /// Reads `works.town.internal:8443`; without a port 443.
        public init?(_ text: String) {
            guard let address = try? OutboundAddress("https://" + text), address.path == "/", address.query.isEmpty
            else { return nil }
            self.init(host: address.host, port: address.port)
        }
    }

    /// Ports of public hosts; 443 by default.
    public var ports: Set<Int>

    /// Hosts inside, allowed by name and port, also without TLS.
    public var internalHosts: Set<InternalHost>

    /// Whether http without TLS to public hosts is fine; only for fetching pictures residents point at.
    public var allowsPlainHTTP: Bool

    /// Addresses of this machine itself, public ones too.
    public var ownAddresses: Set<IPAddress>

    /// A policy; by default https to port 443 of public hosts.
    public init(
        ports: Set<Int> = [443],
        internalHosts: Set<InternalHost> = [],
        allowsPlainHTTP: Bool = false,
        ownAddresses: Set<IPAddress> = []
    ) {
        self.ports = ports
        self.internalHosts = internalHosts
        self.allowsPlainHTTP = allowsPlainHTTP
        self.ownAddresses = ownAddresses
    }

    /// Why an address is not sent to.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// It is no URL we take.
        case invalid(OutboundAddress.Invalid)
        /// Without TLS.
        case notEncrypted
        /// A port that is not allowed.
        case port(Int)
        /// The host, or one of its addresses, lies inside.
        case inside(IPAddress.Reach)
        /// One of its addresses is this machine.
        case ourselves
        /// The name has no address.
        case noAddress

        /// The reason, for an operator; names no address of the inside.
        public var description: String {
            switch self {
            case .invalid(let fault): "the URL \(fault)"
            case .notEncrypted: "the URL is not https; a host inside may be allowed by the operator of the hub"
            case .port(let port): "port \(port) is not allowed"
            case .inside(let reach):
                "the host has an address that is not on the public internet (\(reach.rawValue)); the operator may allow it by name"
            case .ourselves: "the host has an address of this machine"
            case .noAddress: "the host name has no address"
            }
        }
    }

    /// Whether the operator named this host and port.
    public func isInternal(_ address: OutboundAddress) -> Bool {
        internalHosts.contains(InternalHost(host: address.host, port: address.port))
    }

    /// Checks what can be known without asking for addresses: for the moment of saving.
    ///
    /// - Returns: The URL taken apart.
    public func check(_ url: String) throws(Refusal) -> OutboundAddress {
        let address: OutboundAddress
        do throws(OutboundAddress.Invalid) { address = try OutboundAddress(url) } catch { throw .invalid(error) }
        try check(address)
        return address
    }

    /// Checks what can be known without asking for addresses.
    public func check(_ address: OutboundAddress) throws(Refusal) {
        guard !isInternal(address) else { return }
        guard address.scheme == .https || allowsPlainHTTP else { throw .notEncrypted }
        guard ports.contains(address.port) || (allowsPlainHTTP && address.port == 80) else { throw .port(address.port) }
        if let literal = address.literal { try check(literal) }
    }

    /// Checks the addresses a name stands for at this moment: every one, because any may be used.
    public func check(_ address: OutboundAddress, resolvedTo addresses: [IPAddress]) throws(Refusal) {
        try check(address)
        guard !addresses.isEmpty else { throw .noAddress }
        guard !isInternal(address) else { return }
        for resolved in addresses { try check(resolved) }
    }

    private func check(_ address: IPAddress) throws(Refusal) {
        guard address.reach == .global else { throw .inside(address.reach) }
        guard !ownAddresses.contains(address) else { throw .ourselves }
    }
}
