import DataFiles
public import Domain
import Foundation

/// The numbering administrator's list as read from its file.
public struct ReadNumberingList: Sendable {
    /// The codes that belong to an exchange, by digits.
    public let codes: [CodeAssignment]

    /// What happened to the rows.
    public let report: Report

    /// What happened to the rows of a list.
    public struct Report: Sendable, Hashable, Codable {
        /// Rows with a code that belongs to an exchange.
        public var codes = 0
        /// Exchanges they belong to.
        public var exchanges = 0
        /// Area codes among them.
        public var areaCodes = 0
        /// Codes in service.
        public var inService = 0
        /// Codes held by wireless companies.
        public var wireless = 0
        /// Rows of codes that are given to nobody (available, reserved): they belong to no exchange and are left out.
        public var notGivenOut = 0
        /// Rows of other provinces, left out because others were asked for.
        public var otherProvinces = 0
        /// Rows that could not be taken.
        public var badRows: [BadRow] = []

        private enum CodingKeys: String, CodingKey {
            case codes, exchanges, wireless
            case areaCodes = "area_codes"
            case inService = "in_service"
            case notGivenOut = "not_given_out"
            case otherProvinces = "other_provinces"
            case badRows = "bad_rows"
        }
    }

    /// Words in a holder's name that say it is a wireless company, in lower case.
    ///
    /// The list has no column for it. Checked on the Ontario list of 2024-10-10, where holders so named have 30 % of the codes.
    public static let wirelessWords = ["wireless", "mobility", "mobile", "cellular", "fido", "globalstar", "videotron"]

    /// Reads a file in the administrator's columns, under their long names or short ones.
    ///
    /// - Parameters:
    ///   - provinces: two letters each; empty: all of the file.
    ///   - wireless: words that mark wireless holders where the file has no column `wireless`.
    /// - Throws: ``DataFileError`` when the file can't be read or lacks a column.
    public init(
        path: String,
        provinces: Set<String> = [],
        wireless: [String] = Self.wirelessWords,
        progress: (_ read: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        var report = Report()
        var codes: [CodeAssignment] = []
        var firstRow: [CentralOfficeCode: Int] = [:]
        var home: [ExchangeName: (province: String, row: Int)] = [:]
        let bad = try TelephoneTable.read(
            path: path,
            columns: [
                "npa": ["area code"], "nxx": ["co code", "co code (nxx)", "central office code"], "status": [],
                "exchange_area": ["exchange area", "exchange", "rate centre", "rate center"],
            ],
            optional: [
                "province": ["prov"], "company": ["company name", "carrier"], "ocn": [], "remarks": ["remark"],
                "wireless": [],
            ],
            progress: progress
        ) { row in
            let code: CentralOfficeCode
            do {
                code = try CentralOfficeCode(areaCode: row.text("npa"), officeCode: row.text("nxx"))
            } catch { throw RowFault("\(error)") }
            let status = CodeAssignment.Status(listed: row.text("status"))
            guard let status else {
                // Available, reserved, unassignable and the like: codes of nobody.
                guard row.text("exchange_area").isEmpty else {
                    throw RowFault(
                        "status \(FieldFault.excerpt(row.text("status"))) is none of "
                            + CodeAssignment.Status.allCases.map(\.listed).joined(separator: ", ")
                    )
                }
                report.notGivenOut += 1
                return
            }
            let province = row.text("province").uppercased()
            guard provinces.isEmpty || provinces.contains(province) else {
                report.otherProvinces += 1
                return
            }
            let exchange = try row.checked("exchange_area", as: ExchangeName.self)
            if let first = firstRow[code] { throw RowFault("the code \(code) stands in row \(first) already") }
            if let other = home[exchange], other.province != province {
                throw RowFault(
                    "the exchange \(exchange) lies in \(other.province) by row \(other.row); "
                        + "import one province at a time with --province"
                )
            }
            firstRow[code] = row.number
            home[exchange] = home[exchange] ?? (province, row.number)
            let company = row.text("company")
            let word = row.text("wireless").lowercased()
            let lower = company.lowercased()
            codes.append(
                CodeAssignment(
                    code: code,
                    status: status,
                    exchange: exchange,
                    province: province,
                    company: company,
                    operatingCompany: row.text("ocn"),
                    remarks: row.text("remarks"),
                    isWireless: word.isEmpty
                        ? wireless.contains { lower.contains($0) } : ["true", "yes", "1", "y"].contains(word)
                )
            )
        }
        codes.sort { $0.code < $1.code }
        report.codes = codes.count
        report.exchanges = home.count
        report.areaCodes = Set(codes.map(\.code.areaCode)).count
        report.inService = codes.count { $0.status == .inService }
        report.wireless = codes.count { $0.isWireless }
        report.badRows = bad
        self.codes = codes
        self.report = report
    }
}
