import Domain
import Foundation
import Open311
import Testing

@Suite("The query of a list")
struct RequestListQueryTests {
    private let now = Date(timeIntervalSince1970: 1_772_355_600.75)  // 2026-03-01T09:00:00.75Z
    private let day: TimeInterval = 86_400

    private func query(_ text: String) throws -> RequestListQuery {
        try RequestListQuery(ParameterSet(queryString: text), now: now)
    }

    private func filter(_ text: String) throws -> RequestListQuery.Filter {
        guard case .filter(let filter) = try query(text).selection else {
            throw Open311Fault.bad("selection", "names requests")
        }
        return filter
    }

    private func window(_ text: String) throws -> String {
        let range = try filter(text).requested
        return WireDateTime.text(range.lowerBound) + " " + WireDateTime.text(range.upperBound)
    }

    @Test(
        "L10 to L14: windows",
        arguments: [
            ("", "2025-12-01T09:00:00Z 2026-03-01T09:00:00Z"),
            ("start_date=&end_date=", "2025-12-01T09:00:00Z 2026-03-01T09:00:00Z"),
            ("start_date=2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z 2026-04-01T00:00:00Z"),
            ("end_date=2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z 2026-04-01T00:00:00Z"),
            (
                "start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:00Z",
                "2026-01-01T00:00:00Z 2026-04-01T00:00:00Z"
            ),
            (
                "start_date=2026-01-01T00:00:00Z&end_date=2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z 2026-01-01T00:00:00Z"
            ),
            ("start_date=2026-01-01T00:00:00+01:00", "2025-12-31T23:00:00Z 2026-03-31T23:00:00Z"),
            ("start_date=2026-01-01T00:00:00.9%2B01:00", "2025-12-31T23:00:00Z 2026-03-31T23:00:00Z"),
        ]
    )
    func windows(text: String, expected: String) throws {
        #expect(try window(text) == expected)
    }

    @Test(
        "L6 to L20: parameters at fault are 400s naming them",
        arguments: [
            ("start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:01Z", ["end_date"]),
            ("start_date=2026-01-02T00:00:00Z&end_date=2026-01-01T00:00:00Z", ["end_date"]),
            ("start_date=2026-01-01", ["start_date"]),
            ("start_date=2026-01-01T00:00:00", ["start_date"]),
            ("end_date=yesterday", ["end_date"]),
            ("updated_after=x&updated_before=y", ["updated_after", "updated_before"]),
            ("status=done", ["status"]),
            ("status=open,done", ["status"]),
            ("page=x", ["page"]),
            ("page=-1", ["page"]),
            ("page=1.5", ["page"]),
            ("page_size=0", ["page_size"]),
            ("page_size=-5", ["page_size"]),
            ("page_size=ten", ["page_size"]),
            ("page_size=1e2", ["page_size"]),
            ("lat=44", ["long"]),
            ("long=-79", ["lat"]),
            ("radius=5", ["radius"]),
            ("lat=44&long=-79&radius=-1", ["radius"]),
            ("lat=44&long=-79&radius=NaN", ["radius"]),
            ("lat=91&long=-181", ["lat", "long"]),
            ("lat=12,5&long=0x10", ["lat", "long"]),
            ("lat=1e400&long=0", ["lat"]),
            ("page=x&start_date=x&status=x&lat=x&long=0", ["page", "start_date", "status", "lat"]),
        ]
    )
    func faults(text: String, fields: [String]) {
        let faults = #expect(throws: Open311Faults.self) { try query(text) }
        #expect(faults?.list.map(\.field) == fields)
        #expect(faults?.list.allSatisfy { $0.status == 400 && $0.description.contains($0.field ?? "?") } == true)
    }

    @Test("L2 to L4: ids override everything else, faults in it too")
    func ids() throws {
        let read = try query("service_request_id=BB-1,+BB-2&service_request_id=BB-3&status=x&start_date=x&page_size=2")
        #expect(read.selection == .ids(["BB-1", "BB-2", "BB-3"]))
        #expect(read.page == Page(number: 1, size: 2))
    }

    @Test("L6, L7: statuses in any case, all when none is named")
    func statuses() throws {
        #expect(try filter("").statuses == [.open, .closed])
        #expect(try filter("status=").statuses == [.open, .closed])
        #expect(try filter("status=OPEN").statuses == [.open])
        #expect(try filter("status=Closed,+open").statuses == [.open, .closed])
        #expect(try filter("status=open&status=closed").statuses == [.open, .closed])
    }

    @Test(
        "L16 to L18: pages",
        arguments: [
            ("", 1, 1000), ("page=0", 1, 1000), ("page=1", 1, 1000), ("page=7&page_size=10", 7, 10),
            ("page_size=1000", 1, 1000), ("page_size=1001", 1, 1000), ("page_size=99999999999999999999", 1, 1000),
            ("page=99999999999999999999", 1_000_000_000, 1000), ("page=&page_size=", 1, 1000), ("page=%2B2", 2, 1000),
        ]
    )
    func pages(text: String, number: Int, size: Int) throws {
        #expect(try query(text).page == Page(number: number, size: size))
        #expect(try query(text).page.offset == (number - 1) * size)
    }

    @Test("L8, L19, L20: codes, updates and a circle")
    func filters() throws {
        let read = try filter(
            "service_code=A,B&updated_after=2026-01-01T00:00:00Z&updated_before=2026-01-02T00:00:00Z"
                + "&lat=44.2&long=-79&radius=250.5"
        )
        #expect(read.serviceCodes == ["A", "B"])
        #expect(read.updatedAfter == WireDateTime.date("2026-01-01T00:00:00Z"))
        #expect(read.updatedBefore == WireDateTime.date("2026-01-02T00:00:00Z"))
        #expect(read.near?.radiusMetres == 250.5)
        #expect(read.near?.center.latitudeText == "44.2")
        #expect(try filter("lat=44.2&long=-79").near?.radiusMetres == 1000)
    }

    @Test(
        "A9: extensions",
        arguments: [("true", true), ("1", true), ("TRUE", true), ("false", false), ("", false), ("2", false)]
    )
    func extensions(value: String, wanted: Bool) throws {
        #expect(try query("extensions=\(value)").extensions == wanted)
    }

    @Test("P16: unknown parameters are ignored")
    func unknown() throws {
        #expect(try query("bbox=1&limit=x&foo[]=bar") == query(""))
    }

    @Test("A10: the window of updates")
    func updates() throws {
        func read(_ text: String) throws -> UpdatesQuery { try UpdatesQuery(ParameterSet(queryString: text), now: now) }
        #expect(try read("").start == now.addingTimeInterval(-90 * day))
        #expect(try read("").end == nil)
        #expect(try read("start_date=2020-01-01T00:00:00Z").end == nil)
        #expect(try read("end_date=2026-04-01T00:00:00Z").start == WireDateTime.date("2026-01-01T00:00:00Z"))
        #expect(throws: Open311Faults.self) { try read("start_date=2026-01-01") }
        #expect(throws: Open311Faults.self) {
            try read("start_date=2026-01-02T00:00:00Z&end_date=2026-01-01T00:00:00Z")
        }
    }
}
