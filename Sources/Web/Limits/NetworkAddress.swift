import Glibc
import NIOCore

/// An address of the internet protocol, version 4 or 6; one of version 4 written as version 6 is version 4.
struct NetworkAddress: Sendable, Hashable {
    /// Four or sixteen bytes.
    let bytes: [UInt8]

    /// Reads `203.0.113.9`, `2001:db8::1` or `[2001:db8::1]`, with or without a port; nil for anything else.
    init?(_ text: some StringProtocol) {
        var plain = String(text)
        if plain.hasPrefix("["), let end = plain.firstIndex(of: "]") {
            plain = String(plain[plain.index(after: plain.startIndex)..<end])
        } else if plain.utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1, let colon = plain.firstIndex(of: ":") {
            plain = String(plain[..<colon])
        }
        guard plain.utf8.count <= 45, let address = try? SocketAddress(ipAddress: plain, port: 0) else { return nil }
        self.init(address)
    }

    /// The address of a socket; nil for one without, such as a Unix socket.
    ///
    /// Read from its text: the fields of the system's structs belong to one module or another as the compiler happens to load them.
    init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = four
            return
        }
        var all = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &all) == 1 else { return nil }
        let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
        bytes = isMapped ? Array(all.suffix(4)) : all
    }

    /// Whether it is the machine itself.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// Who it is to a limit: one household or office has one address of version 4, but a whole /64 of version 6.
    var subject: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}

/// A network: an address and how many of its first bits count.
public struct NetworkRange: Sendable, Hashable {
    private let bytes: [UInt8]
    private let bits: Int

    /// Reads `10.0.0.0/8`, `fd00::/8` or a single address; nil for anything else.
    public init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), let address = NetworkAddress(halves[0]) else { return nil }
        bytes = address.bytes
        guard halves.count == 2 else {
            bits = bytes.count * 8
            return
        }
        guard let bits = Int(halves[1]), (0...(bytes.count * 8)).contains(bits) else { return nil }
        self.bits = bits
    }

    func contains(_ address: NetworkAddress) -> Bool {
        guard address.bytes.count == bytes.count else { return false }
        return (0..<bits).allSatisfy { bit in
            (address.bytes[bit / 8] ^ bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
        }
    }
}
