/// All kinds of service request of one tenant, past, present and planned.
public struct Catalogue: Sendable, Hashable, Codable {
    /// Every dated entry; those with one code never overlap.
    public let services: [Service]

    /// Takes checked entries.
    public init(services: [Service]) {
        self.services = services
    }

    /// What can be asked for on a day, seasons considered, in the catalogue's order.
    public func offered(on day: CalendarDay) -> [Service] {
        services.filter { $0.isOffered(on: day) }
    }

    /// The entry of a code on a day, in season or not; nil when there is none.
    public func service(_ code: ServiceCode, at day: CalendarDay) -> Service? {
        services.first { $0.code == code && $0.isValid(on: day) }
    }

    /// The entry that stands for a public type on a day; the one of the same code first.
    public func service(forPublicType publicType: ServiceCode, at day: CalendarDay) -> Service? {
        let candidates = services.filter { $0.publicType == publicType && $0.isValid(on: day) }
        return candidates.first { $0.code == publicType } ?? candidates.first
    }

    /// The entry that takes what no other fits on a day; nil when the tenant has none.
    public func catchAll(at day: CalendarDay) -> Service? {
        services.first { $0.isCatchAll && $0.isValid(on: day) }
    }
}
