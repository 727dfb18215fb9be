import DataFiles
import Domain
import Foundation
import Geo
import TestSupport
import Testing

@testable import Hub

@Suite("Telephone files as they come")
struct NumberingFilesTests {
    private func withFile<Value>(_ data: Data, _ body: (String) throws -> Value) throws -> Value {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("numbers-\(UUID().uuidString).csv")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = FileManager.default.createFile(atPath: path, contents: data)
        return try body(path)
    }

    private func read(_ text: String, encoding: String.Encoding = .utf8, mark: [UInt8] = []) throws -> ReadNumberingList
    {
        try withFile(Data(mark) + (text.data(using: encoding) ?? Data())) { try ReadNumberingList(path: $0) }
    }

    @Test("the administrator's own column names, in any order, with a byte-order mark, in Latin-1, with semicolons")
    func columns() throws {
        let long =
            "Status,NPA,CO Code (NXX),Exchange Area,Province,Company,OCN,Remarks,Extra\n"
            + "In Service,705,200,Val-d'Été,ON,Société Mobility,0001,,x\n"
        let latin = try read(long, encoding: .isoLatin1)
        #expect(latin.codes.first?.exchange.rawValue == "Val-d'Été")
        #expect(latin.codes.first?.isWireless == true)
        let marked = try read(long, mark: [0xEF, 0xBB, 0xBF])
        #expect(marked.codes.first?.company == "Société Mobility")
        let semicolons = try read("npa;nxx;status;exchange_area\n705;200;in service;Hill\n")
        #expect(semicolons.codes.first?.exchange.rawValue == "Hill")
        #expect(semicolons.report.badRows == [])
    }

    @Test("every bad row is named with its number and what would be right; the rest is not lost") func badRows() throws
    {
        let text = """
            npa,nxx,status,exchange_area,province,company
            705,200,In Service,Hill,ON,A
            705,20,In Service,Hill,ON,A
            105,200,In Service,Hill,ON,A
            705,199,In Service,Hill,ON,A
            705,201,Out of Order,Hill,ON,A
            705,202,In Service,,ON,A
            705,200,In Service,Shore,ON,A
            819,200,In Service,Hill,QC,A
            705,203,Available,,ON,
            705,311,Reserved,,ON,
            705,204,Assigned,Shore,ON,Fido Solutions Inc.
            """
        let list = try read(text)
        #expect(list.codes.map(\.code.description) == ["705-200", "705-204"])
        #expect(list.report.badRows.map(\.row) == [3, 4, 5, 6, 7, 8, 9])
        let reasons = list.report.badRows.map(\.reason)
        for (index, words) in [
            "200 to 999", "200 to 999", "200 to 999", "In Service, Assigned, Being Recovered", "exchange_area is empty",
            "row 2 already", "--province",
        ].enumerated() {
            #expect(reasons[index].contains(words), "\(reasons[index])")
        }
        #expect(list.report.notGivenOut == 2)
        #expect(list.report.wireless == 1)
    }

    @Test("a province alone, other rows counted") func province() throws {
        let text = "npa,nxx,status,exchange_area,province\n705,200,In Service,Hill,ON\n819,200,In Service,Hill,QC\n"
        let list = try withFile(Data(text.utf8)) { try ReadNumberingList(path: $0, provinces: ["ON"]) }
        #expect(list.codes.count == 1)
        #expect(list.report.otherProvinces == 1)
        #expect(list.report.badRows == [])
    }

    @Test("a file without its columns, without rows, or that is none is a clear fault") func noList() throws {
        #expect(throws: DataFileError.self) { try read("a,b\n1,2\n") }
        #expect(throws: DataFileError.self) { try read("") }
        #expect(throws: DataFileError.noSuchFile("/nowhere.csv")) { try ReadNumberingList(path: "/nowhere.csv") }
    }

    @Test("a whole file of codes is looked up row by row, bad ones kept with their error") func bulk() throws {
        let plan = NumberingPlan(
            list: nil,
            codes: [
                CodeAssignment(
                    code: try CentralOfficeCode(areaCode: 705, officeCode: 200),
                    status: .inService,
                    exchange: ExchangeName(trusted: "Hill"),
                    province: "ON",
                    company: "",
                    isWireless: true
                )
            ],
            shareSets: [
                try ExchangeShareSet(
                    exchange: ExchangeName(trusted: "Hill"),
                    basis: .data,
                    from: try CalendarDay("2020-01-01"),
                    shares: [
                        try ExchangeShare(area: AreaID(trusted: "b"), share: 0.2),
                        try ExchangeShare(area: AreaID(trusted: "a"), share: 0.8),
                    ]
                )
            ],
            timeZone: .gmt
        )
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("out-\(UUID().uuidString).csv").path
        defer { try? FileManager.default.removeItem(atPath: output) }
        let report = try withFile(Data("nxx,id,npa\n200,1,705\n999,\"2,b\",705\n1,3,705\n".utf8)) {
            try LookUpCodes(plan)(from: $0, to: output, at: Date(timeIntervalSince1970: 1_780_000_000))
        }
        #expect(report.rows == 3 && report.found == 1)
        #expect(report.badRows.map(\.row) == [4])
        let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("id,exchange_area,candidates,"))
        #expect(lines[1] == "1,Hill,a;b,0.8;0.2,data,in_service,true,")
        #expect(lines[2].hasPrefix("\"2,b\",,,"))
        #expect(lines[3].hasPrefix("3,,,") && lines[3].contains("200 to 999"))
    }

    @Test("shares are counted from points inside a polygon: by municipality, the rest nowhere") func computed() throws {
        func square(_ id: String, _ layer: LayerName, _ west: Double, _ east: Double) throws -> BoundaryFeature {
            func at(_ x: Double, _ y: Double) throws -> Coordinate { try Coordinate(latitude: y, longitude: x) }
            let ring = [
                try at(west, 44), try at(east, 44), try at(east, 45), try at(west, 45), try at(west, 44),
            ]
            return BoundaryFeature(
                id: AreaID(trusted: id),
                layer: layer,
                name: id,
                geometry: AreaGeometry(polygons: [AreaGeometry.Polygon(rings: [ring])])
            )
        }
        let towns = BoundaryIndex([
            try square("west", .municipality, -80, -79), try square("east", .municipality, -79, -78.5),
        ])
        let polygons = BoundaryIndex([try square("Hill", LayerName(trusted: "exchange"), -79.5, -78)])
        let points = try [-79.9, -79.4, -79.3, -79.2, -78.6, -78.2, -77].map {
            try Coordinate(latitude: 44.5, longitude: $0)
        }
        let counts = ComputeShares(polygons: polygons, municipalities: towns)(points)
        #expect(counts.map(\.addresses) == [5])
        #expect(counts.first?.nowhere == 1)
        let sets = try ComputeShares.shares(counts, from: try CalendarDay("2026-01-01"), note: "")
        #expect(sets.first?.shares.map(\.area.rawValue) == ["west", "east"])
        #expect(sets.first?.shares.map(\.share) == [0.6, 0.2])
        #expect(sets.first?.basis == .addresses)
    }

    @Test("a file of shares becomes sets; rows that are none and sets that are too full are named") func shareFile()
        throws
    {
        let text = """
            exchange_area,municipality,share,basis,valid_from,note
            Hill,a,80 %,typed,2026-01-01,first
            Hill,b,"0,2",typed,2026-01-01,
            Shore,a,0.9,data,2026-01-01,
            Shore,b,0.9,data,2026-01-01,
            Creek,a,2,data,2026-01-01,
            Creek,a,1,guessed,2026-01-01,
            Creek,a,1,data,tomorrow,
            """
        let read = try withFile(Data(text.utf8)) { try KeepExchangeShares.read(path: $0) }
        #expect(read.sets.map(\.exchange.rawValue) == ["Hill"])
        #expect(read.sets.first?.shares.map(\.share) == [0.8, 0.2])
        #expect(read.bad.map(\.row) == [6, 7, 8, 4])
    }
}
