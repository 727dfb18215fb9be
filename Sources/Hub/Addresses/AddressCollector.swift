import Addresses
import DataFiles
import Domain
import Geo

/// Reads the files of an import into a builder, gives each point its municipality, and writes down what it could not take.
struct AddressCollector {
    var builder = AddressBookBuilder()
    private(set) var aliases: [StreetAlias] = []
    private(set) var shares: [CommunityShare] = []
    private var municipality: MunicipalityOfPoint
    private let order: ImportAddresses.Order
    private let progress: @Sendable (String) -> Void
    private let rejections: CSVWriter?

    init(_ boundaries: BoundaryIndex, _ order: ImportAddresses.Order, _ progress: @escaping @Sendable (String) -> Void)
        throws
    {
        municipality = MunicipalityOfPoint(boundaries)
        self.order = order
        self.progress = progress
        rejections = try order.rejectedTo.map { path throws(DataFileError) in try CSVWriter(path: path) }
        if let rejections {
            for name in ["file", "row", "field", "reason", "value"] { rejections.field(name) }
            try rejections.endRow()
        }
        for area in municipality.municipalities { builder.addMunicipality(area.name, areaID: area.id) }
        aliases = try order.aliases.map { try SideTables.aliases(path: $0) } ?? []
        shares = try order.communities.map { try SideTables.communities(path: $0) } ?? []
        for alias in aliases { builder.add(alias) }
        for share in shares { builder.add(share) }
    }

    /// Reads every file.
    mutating func collect(_ report: inout AddressImportReport) throws {
        for source in order.sources {
            let path = source.path
            let notes = try AddressFile(path: path, columns: source.columns).read { [progress] read, total in
                progress("\(path): \(total == 0 ? 100 : read * 100 / total) %")
            } _: { number, outcome in
                report.rows += 1
                switch outcome {
                case .success(var row):
                    row.stated = row.stated ?? source.municipality
                    try take(row, number, path, &report)
                case .failure(let fault): try reject(fault.rejection, path, &report)
                }
            }
            report.recodedFields += notes.recodedFields
        }
        try rejections?.finish()
    }

    private mutating func take(_ row: AddressRow, _ number: Int, _ path: String, _ report: inout AddressImportReport)
        throws
    {
        var row = row
        var reason: String?
        switch municipality(row.coordinate, stated: row.stated) {
        case .inside(let area):
            row.municipality = area.name
            row.municipalityID = area.id
            if let stated = row.stated, !AddressPlace.isSame(stated, area.name) { report.overTheBorder += 1 }
        case .outside: report.outside += 1
        case .unknown: break
        case .swapped:
            reason = "latitude and longitude are swapped"
            report.swapped += 1
        case .far: reason = "the point is more than 50 km from every municipality"
        }
        if let reason {
            let fault = AddressFile.Rejection(row: number, field: "lat", reason: reason, value: "\(row.coordinate)")
            return try reject(fault, path, &report)
        }
        guard builder.add(row) else {
            let fault = AddressFile.Rejection(
                row: number,
                field: "street",
                reason: "has no letter or digit to find it by",
                value: row.street
            )
            return try reject(fault, path, &report)
        }
        report.byMunicipality[row.municipality ?? row.stated ?? "", default: 0] += 1
    }

    private func reject(_ fault: AddressFile.Rejection, _ path: String, _ report: inout AddressImportReport) throws {
        report.rejected += 1
        report.rejectedByField[fault.field, default: 0] += 1
        guard let rejections else { return }
        rejections.field(path)
        rejections.field("\(fault.row)")
        rejections.field(fault.field)
        rejections.field(fault.reason)
        rejections.field(fault.value)
        try rejections.endRow()
    }
}
