extension IPAddress {
    /// Where packets to an address go, as far as that matters before connecting to it.
    public enum Reach: String, Sendable, Hashable, CaseIterable {
        /// A machine somewhere on the public internet.
        case global
        /// This machine: 127/8, ::1.
        case loopback
        /// This network or nothing: 0/8, ::.
        case unspecified
        /// Private networks: 10/8, 172.16/12, 192.168/16, fc00::/7.
        case privateUse = "private"
        /// The cable: 169.254/16, fe80::/10; cloud machines keep their secrets there.
        case linkLocal = "link_local"
        /// A provider's inside: 100.64/10.
        case carrierShared = "carrier_shared"
        /// 224/4, ff00::/8.
        case multicast
        /// An address of version 4 inside one of version 6: ::ffff:0:0/96 and its like.
        case embedded
        /// Documentation, benchmarks, tunnels, everything without a use.
        case reserved
    }

    /// Where packets to this address go.
    ///
    /// Source: the IANA special-purpose address registries (RFC 6890 and its updates). In version 6 only 2000::/3 is global, and
    /// 64:ff9b::/96 when the address of version 4 it stands for is (RFC 6052).
    public var reach: Reach {
        switch self {
        case .version4(let value): Self.reach(ofVersion4: value)
        case .version6(let high, let low): Self.reach(ofVersion6: high, low)
        }
    }

    private static let version4Blocks: [(network: UInt32, bits: UInt32, reach: Reach)] = [
        (0x0000_0000, 8, .unspecified),  // 0.0.0.0/8
        (0x0A00_0000, 8, .privateUse),  // 10.0.0.0/8
        (0x6440_0000, 10, .carrierShared),  // 100.64.0.0/10
        (0x7F00_0000, 8, .loopback),  // 127.0.0.0/8
        (0xA9FE_0000, 16, .linkLocal),  // 169.254.0.0/16
        (0xAC10_0000, 12, .privateUse),  // 172.16.0.0/12
        (0xC000_0000, 24, .reserved),  // 192.0.0.0/24
        (0xC000_0200, 24, .reserved),  // 192.0.2.0/24
        (0xC058_6300, 24, .reserved),  // 192.88.99.0/24
        (0xC0A8_0000, 16, .privateUse),  // 192.168.0.0/16
        (0xC612_0000, 15, .reserved),  // 198.18.0.0/15
        (0xC633_6400, 24, .reserved),  // 198.51.100.0/24
        (0xCB00_7100, 24, .reserved),  // 203.0.113.0/24
        (0xE000_0000, 4, .multicast),  // 224.0.0.0/4
        (0xF000_0000, 4, .reserved),  // 240.0.0.0/4
    ]

    private static func reach(ofVersion4 value: UInt32) -> Reach {
        version4Blocks.first { value >> (32 - $0.bits) == $0.network >> (32 - $0.bits) }?.reach ?? .global
    }

    private static func reach(ofVersion6 high: UInt64, _ low: UInt64) -> Reach {
        if high == 0 {
            if low == 0 { return .unspecified }
            return low == 1 ? .loopback : .embedded  // ::/96, ::ffff:0:0/96
        }
        let first = high >> 48
        switch first {
        case 0xFC00...0xFDFF: return .privateUse
        case 0xFE80...0xFEBF: return .linkLocal
        case 0xFEC0...0xFEFF: return .privateUse  // fec0::/10, site-local of old
        case 0xFF00...0xFFFF: return .multicast
        case 0x0064 where high == 0x0064_FF9B_0000_0000 && low >> 32 == 0:
            return reach(ofVersion4: UInt32(truncatingIfNeeded: low)) == .global ? .global : .embedded
        case 0x2000...0x3FFF: break
        default: return .reserved
        }
        let firstTwo = high >> 32
        if first == 0x2002 { return .embedded }  // 6to4
        if firstTwo == 0x2001_0000 { return .embedded }  // Teredo
        if firstTwo == 0x2001_0DB8 || (0x2001_0001...0x2001_01FF).contains(firstTwo) { return .reserved }
        return (0x3FFF_0000...0x3FFF_0FFF).contains(firstTwo) ? .reserved : .global
    }
}
