import DataFiles
import Domain
import Foundation
import Testing

@testable import Addresses

@Suite("A file of addresses")
struct AddressFileTests {
    private func read(
        _ bytes: [UInt8],
        _ columns: AddressColumns? = nil
    ) throws -> (rows: [AddressRow], rejections: [AddressFile.Rejection], notes: AddressFile.Notes) {
        let path = FileManager.default.temporaryDirectory.appending(path: "addresses-\(UUID().uuidString).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        var rows: [AddressRow] = []
        var rejections: [AddressFile.Rejection] = []
        let notes = try AddressFile(path: path, columns: try columns ?? AddressColumns()).read { _, outcome in
            switch outcome {
            case .success(let row): rows.append(row)
            case .failure(let fault): rejections.append(fault.rejection)
            }
        }
        return (rows, rejections, notes)
    }

    @Test("in OpenAddresses' form, with a byte-order mark, is read by the names of its columns")
    func openAddresses() throws {
        let text =
            "\u{FEFF}LON,LAT,NUMBER,STREET,UNIT,CITY,DISTRICT,REGION,POSTCODE,ID,HASH\r\n-79.1,44.2,12A,King St E,5,Northbrook,,ON,l0z1b1,,x\r\n"
        let read = try read(Array(text.utf8), AddressColumns(preset: .openaddresses))
        let row = try #require(read.rows.first)
        #expect(row.number == HouseNumber(12, suffix: "A") && row.street == "King St E" && row.unit == "5")
        #expect(row.stated == "Northbrook" && row.postalCode == "L0Z 1B1" && row.coordinate.latitudeText == "44.2")
    }

    @Test("in Statistics Canada's form has a municipality and a community")
    func statcan() throws {
        let text =
            "latitude,longitude,street_no,street,unit,city,postal_code,csdname\n44.2,-79.1,12,King St E,,Millpond,,NORTHBROOK\n"
        let row = try #require(try read(Array(text.utf8), AddressColumns(preset: .statcanODA)).rows.first)
        #expect(row.stated == "NORTHBROOK" && row.community == "Millpond")
    }

    @Test("with columns of its own is read by --map, semicolons and all")
    func mapped() throws {
        let text = "hausnr;weg;art;breite;laenge\n12;King;St;44.2;-79.1\n"
        let columns = try AddressColumns(map: "number=hausnr, street=weg, type=art, lat=breite, lon=laenge")
        let read = try read(Array(text.utf8), columns)
        #expect(read.rows.first?.street == "King St")
        #expect(throws: AddressColumns.Invalid.self) { try AddressColumns(map: "nummer=x") }
        #expect(throws: AddressColumns.Invalid.self) { try AddressColumns(map: "number") }
        #expect(throws: AddressColumns.Invalid.self) {
            try self.read(Array(text.utf8), AddressColumns(map: "number=gone"))
        }
        #expect(throws: AddressColumns.Invalid.self) { try self.read(Array(text.utf8)) }
    }

    @Test("in Latin-1 is converted, and that is counted")
    func latin1() throws {
        let text = Array("number,street,lat,lon\n7,Rue de l'".utf8) + [0xC9] + Array("glise,44.2,-79.1\n".utf8)
        let read = try read(text)
        #expect(read.rows.first?.street == "Rue de l'Église")
        #expect(read.notes.recodedFields == 1)
        let wide = Array("number,street,lat,lon\n".utf8).flatMap { [$0, UInt8(0)] }
        #expect(throws: (any Error).self) { try self.read([0xFF, 0xFE] + wide) }
    }

    @Test("keeps its good rows when others are bad, each bad one with row, field and reason")
    func rejections() throws {
        let text = """
            number,street,lat,lon
            12,King St,44.2,-79.1
            ,King St,44.2,-79.1
            twelve,King St,44.2,-79.1
            12,,44.2,-79.1
            12,King St,NaN,-79.1
            12,King St,144.2,-79.1
            12,King St,0,0
            12,King St
            14,King St,44.2,-79.1
            """
        let read = try read(Array(text.utf8))
        #expect(read.rows.map(\.number.value) == [12, 14])
        #expect(read.rejections.map(\.row) == [3, 4, 5, 6, 7, 8, 9])
        #expect(read.rejections.map(\.field) == ["number", "number", "street", "lat", "lat", "lat", "row"])
        #expect(read.rejections[4].reason.contains("swapped"))
    }

    @Test(
        "writes numbers in many ways",
        arguments: [
            ("12", 12, ""), ("12A", 12, "A"), ("12 a", 12, "A"), ("12-14", 12, ""), ("12 1/2", 12, "1/2"),
            ("0012", 12, ""), ("12-B", 12, "B"),
        ]
    )
    func numbers(text: String, value: Int, suffix: String) {
        #expect(AddressFile.houseNumber(text, suffix: "") == HouseNumber(value, suffix: suffix))
    }
}
