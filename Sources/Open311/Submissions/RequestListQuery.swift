public import Domain
public import Foundation

/// What a GET of service requests asks for.
public struct RequestListQuery: Sendable, Hashable {
    /// Either named requests, or all that fit a filter; names override everything else (rule L2).
    public enum Selection: Sendable, Hashable {
        /// These ids; unknown ones are left out of the answer.
        case ids([String])
        /// All that fit.
        case filter(Filter)
    }

    /// Which requests fit.
    public struct Filter: Sendable, Hashable {
        /// Codes of the services, empty for every one; an unknown code fits nothing (rule L8).
        public var serviceCodes: [String] = []
        /// Statuses; never empty.
        public var statuses: Set<Open311Status> = Set(Open311Status.allCases)
        /// Window of `requested_datetime`, both ends inclusive, at most 90 days.
        public var requested: ClosedRange<Date>
        /// Earliest `updated_datetime`, inclusive.
        public var updatedAfter: Date?
        /// Latest `updated_datetime`, inclusive.
        public var updatedBefore: Date?
        /// Circle the request must lie in.
        public var near: Circle?
    }

    /// A place and what lies round it.
    public struct Circle: Sendable, Hashable {
        /// The middle.
        public var center: Coordinate
        /// Metres along the ground, geodesic; 0 to 1,000,000.
        public var radiusMetres: Double
    }

    /// The requests asked for.
    public let selection: Selection

    /// The part of them to send.
    public let page: Page

    /// Whether the fields of ``ServiceRequestExtensions`` are sent too.
    public let extensions: Bool

    /// 90 days of 86,400 seconds: the longest window and the usual one.
    public static let longestWindow: TimeInterval = 90 * 86_400

    /// Reads the parameters of a GET.
    ///
    /// - Parameter now: the instant the windows without an end of their own count from.
    /// - Throws: ``Open311Faults`` with one 400 for each parameter at fault.
    public init(_ parameters: ParameterSet, now: Date) throws(Open311Faults) {
        var reader = FieldReader(parameters)
        page = Page(&reader)
        extensions = Self.extensions(parameters)
        let ids = parameters.list("service_request_id")
        if !ids.isEmpty {
            if ids.count > Page.largest {
                reader.fail(
                    .bad("service_request_id", "names \(ids.count) requests; at most \(Page.largest) are answered")
                )
            }
            selection = .ids(ids)
            try reader.check()
            return
        }
        var filter = Filter(requested: Self.window(&reader, now: now))
        filter.serviceCodes = parameters.list("service_code")
        let statuses = parameters.list("status")
        if !statuses.isEmpty {
            filter.statuses = Set(statuses.compactMap { Open311Status(rawValue: $0.lowercased()) })
            for status in statuses where Open311Status(rawValue: status.lowercased()) == nil {
                reader.fail(.bad("status", "\(FieldReader.quoted(status)) is unknown; expected open or closed"))
            }
        }
        filter.updatedAfter = reader.date("updated_after")
        filter.updatedBefore = reader.date("updated_before")
        filter.near = Self.circle(&reader)
        try reader.check()
        selection = .filter(filter)
    }

    /// Whether `extensions` is `true` or `1`; for the GET of one request too.
    public static func extensions(_ parameters: ParameterSet) -> Bool {
        ["true", "1"].contains(parameters.word("extensions")?.lowercased() ?? "")
    }

    /// Only a start: the 90 days after it; only an end: the 90 days before it; none: the last 90 days (rules L9 to L14).
    private static func window(_ reader: inout FieldReader, now: Date) -> ClosedRange<Date> {
        let present = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let usual = present.addingTimeInterval(-longestWindow)...present
        let start = reader.date("start_date")
        let end = reader.date("end_date")
        switch (start, end) {
        case (nil, nil): return usual
        case (let start?, nil): return start...start.addingTimeInterval(longestWindow)
        case (nil, let end?): return end.addingTimeInterval(-longestWindow)...end
        case (let start?, let end?):
            guard start <= end else {
                reader.fail(.bad("end_date", "lies before start_date; expected the same instant or a later one"))
                return usual
            }
            if end.timeIntervalSince(start) > longestWindow {
                reader.fail(.bad("end_date", "lies more than 90 days after start_date; ask for several windows"))
            }
            return start...end
        }
    }

    private static func circle(_ reader: inout FieldReader) -> Circle? {
        let radius = reader.decimal("radius", in: 0...1_000_000, expected: "metres between 0 and 1000000")
        if reader.parameters.word("radius") != nil, reader.parameters.word("lat") == nil,
            reader.parameters.word("long") == nil
        {
            reader.fail(.bad("radius", "needs lat and long beside it"))
        }
        return reader.coordinate().map { Circle(center: $0, radiusMetres: radius ?? 1000) }
    }
}

/// A page of a list.
public struct Page: Sendable, Hashable {
    /// Number from 1; asking for 0 means 1.
    public let number: Int

    /// Most entries, 1 to 1000.
    public let size: Int

    /// Most entries a page can have, and has when nothing is said.
    public static let largest = 1000

    /// A page; values out of range are held to it.
    public init(number: Int = 1, size: Int = Page.largest) {
        self.number = min(max(number, 1), 1_000_000_000)
        self.size = min(max(size, 1), Page.largest)
    }

    /// Entries before the page.
    public var offset: Int { (number - 1) * size }

    init(_ reader: inout FieldReader) {
        let number = reader.wholeNumber("page", from: 0, expected: "a page counted from 1")
        let size = reader.wholeNumber("page_size", from: 1, expected: "1 to 1000 entries")
        self.init(number: number ?? 1, size: size ?? Page.largest)
    }
}
