internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Asks the system for every address of a host name, on a thread of its own and not for longer than a while.
struct HostLookup: Sendable {
    /// How long to wait for the answer.
    let timeLimit: Duration

    /// Why there is no answer.
    enum Fault: Error, Sendable, Hashable {
        /// The name does not exist or its servers cannot be reached, in the system's words.
        case unresolved(String)
        /// No answer in time.
        case tookTooLong
    }

    /// Every address of a name, in the system's order of preference.
    func callAsFunction(_ host: String) async throws(Fault) -> [IPAddress] {
        let limit = TimeAmount.nanoseconds(Int64(timeLimit / .nanoseconds(1)))
        // getaddrinfo blocks and cannot be cancelled, so its thread is left behind when it takes too long.
        let found: Result<[IPAddress], Fault> = await withCheckedContinuation { continuation in
            let answer = FirstAnswer { continuation.resume(returning: $0) }
            MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: limit) {
                answer.give(.failure(.tookTooLong))
            }
            Thread.detachNewThread { answer.give(Self.addresses(of: host)) }
        }
        return try found.get()
    }

    private static func addresses(of host: String) -> Result<[IPAddress], Fault> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        // 0 success, otherwise one of EAI_…; the list is ours to free
        let status = getaddrinfo(host, nil, &hints, &first)
        guard status == 0 else { return .failure(.unresolved(String(cString: gai_strerror(status)))) }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let entry = next?.pointee {
            if let address = entry.ai_addr.flatMap({ IPAddress($0) }), !addresses.contains(address) {
                addresses.append(address)
            }
            next = entry.ai_next
        }
        return .success(addresses)
    }
}

/// Hands on the first of several answers, whichever thread it comes from.
private final class FirstAnswer: Sendable {
    private let isGiven = Atomic(false)
    private let handOn: @Sendable (Result<[IPAddress], HostLookup.Fault>) -> Void

    init(_ handOn: @escaping @Sendable (Result<[IPAddress], HostLookup.Fault>) -> Void) {
        self.handOn = handOn
    }

    func give(_ answer: Result<[IPAddress], HostLookup.Fault>) {
        if !isGiven.exchange(true, ordering: .acquiringAndReleasing) { handOn(answer) }
    }
}

extension IPAddress {
    /// The address in a socket address; nil for families other than the internet's.
    init?(_ pointer: UnsafePointer<sockaddr>) {
        switch Int32(pointer.pointee.sa_family) {
        case AF_INET:
            let bytes = UnsafeRawPointer(pointer).loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
            self = .version4(UInt32(bigEndian: bytes))
        case AF_INET6:
            let address = UnsafeRawPointer(pointer).loadUnaligned(as: sockaddr_in6.self).sin6_addr
            let (high, low) = withUnsafeBytes(of: address) {
                ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            self = .version6(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
        default: return nil
        }
    }

    /// Addresses of this machine's network interfaces, for ``AddressPolicy/ownAddresses``.
    public static func ofThisMachine() -> Set<IPAddress> {
        var first: UnsafeMutablePointer<ifaddrs>?
        // 0 success, -1 failure; the list is ours to free
        guard getifaddrs(&first) == 0 else { return [] }
        defer { freeifaddrs(first) }
        var found: Set<IPAddress> = []
        var next = first
        while let entry = next?.pointee {
            if let address = entry.ifa_addr.flatMap({ IPAddress($0) }) { found.insert(address) }
            next = entry.ifa_next
        }
        return found
    }
}
