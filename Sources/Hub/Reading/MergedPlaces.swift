import Domain
import Storage

/// One page of a list over one or several schemas: the newest first, whichever schema it lies in.
///
/// Places are read a lot at a time from each schema, one schema after the other, and only places: a request itself is read when its
/// turn has come. So memory does not grow with the page, and nobody holds two connections. A row that comes in between two lots
/// is newer than all of them and shifts nothing.
struct MergedPlaces: Sendable {
    /// One schema of the list.
    struct Source: Sendable {
        let code: TenantCode
        let filter: RequestFilter
        /// Places read and not yet taken, the next one last.
        fileprivate var waiting: [ListPlace] = []
        fileprivate var last: ListPlace?
        fileprivate var isAtEnd = false

        init(code: TenantCode, filter: RequestFilter) {
            self.code = code
            self.filter = filter
        }

        fileprivate mutating func refill(from databases: TenantDatabases, lot: Int) async throws {
            while waiting.isEmpty, !isAtEnd {
                let (filter, position) = (filter, last)
                let read = try await databases.withTenant(code, .readOnly) { transaction in
                    try await ServiceRequests(transaction).places(filter, after: position, limit: lot)
                }
                waiting = read.kept.reversed()
                last = read.last
                isAtEnd = read.isAtEnd
            }
        }
    }

    /// Some requests of the page: in order, and by the schema that has them.
    struct Lot: Sendable {
        var order: [RequestReference] = []
        var bySchema: [TenantCode: [RequestReference]] = [:]
    }

    private var sources: [Source]
    private var toSkip: Int
    private var left: Int

    /// Requests handed over at a time.
    private static let lot = 100

    /// The beginning of a page; page numbers count from 1, a page holds at most ``ServiceRequests/largestPage``.
    init(sources: [Source], page: Int, pageSize: Int) {
        let size = min(max(pageSize, 1), ServiceRequests.largestPage)
        let (skipped, isTooFar) = (max(page, 1) - 1).multipliedReportingOverflow(by: size)
        self.sources = sources
        toSkip = isTooFar ? 0 : skipped
        left = isTooFar ? 0 : size
    }

    /// The next requests of the page; nil at its end.
    mutating func next(in databases: TenantDatabases) async throws -> Lot? {
        guard left > 0 else { return nil }
        var lot = Lot()
        while lot.order.count < Self.lot, left > 0 {
            guard let (code, place) = try await take(from: databases) else {
                left = 0
                break
            }
            guard toSkip == 0 else {
                toSkip -= 1
                continue
            }
            lot.order.append(place.reference)
            lot.bySchema[code, default: []].append(place.reference)
            left -= 1
        }
        return lot
    }

    /// The newest place of all schemas, which has to be known of each before any can be taken.
    private mutating func take(from databases: TenantDatabases) async throws -> (TenantCode, ListPlace)? {
        var newest: (source: Int, place: ListPlace)?
        for number in sources.indices {
            if sources[number].waiting.isEmpty, !sources[number].isAtEnd {
                // A page that is nearly full needs no whole lot of each of a thousand schemas.
                let wanted = toSkip > 0 ? Self.lot : min(left, Self.lot)
                try await sources[number].refill(from: databases, lot: max(wanted, 10))
            }
            guard let place = sources[number].waiting.last else { continue }
            if newest == nil || newest.map({ place < $0.place }) == true { newest = (number, place) }
        }
        guard let newest else { return nil }
        sources[newest.source].waiting.removeLast()
        return (sources[newest.source].code, newest.place)
    }
}
