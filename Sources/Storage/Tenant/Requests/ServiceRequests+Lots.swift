public import Domain

extension ServiceRequests {
    /// Where a list that is read lot by lot stands; a transaction each, so that a slow reader holds no connection.
    public struct Cursor: Sendable, Hashable {
        /// Last row read; rows after it come next.
        var last: ServiceRequest?
        /// Rows still to pass over, for pages after the first.
        var toSkip: Int
        /// Rows still wanted.
        var left: Int

        /// The beginning of a page; page numbers count from 1, a page holds at most ``ServiceRequests/largestPage``.
        public init(page: Int, pageSize: Int) {
            let size = min(max(pageSize, 1), ServiceRequests.largestPage)
            let (skipped, isTooFar) = (max(page, 1) - 1).multipliedReportingOverflow(by: size)
            toSkip = isTooFar ? 0 : skipped
            left = isTooFar ? 0 : size
        }

        /// Whether nothing more is to be read.
        public var isAtEnd: Bool { left == 0 }
    }

    /// The next rows of a list and where it stands after them; newest first, then by reference.
    ///
    /// A row that comes in between two lots is newer than all of them and shifts nothing.
    public func lot(_ filter: RequestFilter, from cursor: Cursor) async throws -> ([ServiceRequest], Cursor) {
        var next = cursor
        let isInSQL = filter.circle == nil
        let limit = isInSQL ? min(cursor.left, Self.lotSize) : Self.lotSize
        let read = try await rows(filter, after: cursor.last, offset: isInSQL ? cursor.toSkip : 0, limit: limit)
        if isInSQL { next.toSkip = 0 }
        next.last = read.last ?? cursor.last
        var kept: [ServiceRequest] = []
        for request in read where next.left > 0 {
            if let circle = filter.circle {
                guard let place = request.coordinate, circle.contains(place) else { continue }
                guard next.toSkip == 0 else {
                    next.toSkip -= 1
                    continue
                }
            }
            kept.append(request)
            next.left -= 1
        }
        if read.count < limit { next.left = 0 }
        return (kept, next)
    }

    private static var lotSize: Int { 100 }
}
