import Domain

@testable import Addresses

/// Three invented towns with the difficulties of real ones.
enum SmallTown {
    static func book() throws -> AddressBook {
        var builder = AddressBookBuilder()
        builder.addMunicipality("Town of Northbrook", areaID: AreaID(trusted: "northbrook"))
        builder.addMunicipality("Southbrook", areaID: AreaID(trusted: "southbrook"))
        builder.addMunicipality("Emptyville", areaID: AreaID(trusted: "emptyville"))
        func add(
            _ number: String,
            _ street: String,
            _ town: String,
            at north: Int,
            _ east: Int = 0,
            stated: String? = nil,
            unit: String? = nil,
            community: String? = nil,
            postal: String? = nil
        ) throws {
            let id = town == "Southbrook" ? "southbrook" : "northbrook"
            let row = AddressRow(
                number: AddressReader.number(number.lowercased()) ?? .zero,
                unit: unit,
                street: street,
                stated: stated ?? town,
                municipalityID: AreaID(trusted: id),
                municipality: town,
                community: community,
                postalCode: postal,
                coordinate: try Coordinate(
                    latitudeNano: 44_000_000_000 + Int64(north) * 100_000,
                    longitudeNano: -79_000_000_000 + Int64(east) * 100_000
                )
            )
            _ = builder.add(row)
        }
        for number in stride(from: 2, through: 40, by: 2) where number != 20 {
            try add("\(number)", "King St E", "Town of Northbrook", at: number, 10, postal: "L0Z 1B1")
            try add("\(number + 1)", "King St E", "Town of Northbrook", at: number, 12)
            try add("\(number)", "King Street", "Southbrook", at: 2000 + number, 10)
        }
        try add("12A", "King St E", "Town of Northbrook", at: 13, 10)
        try add("120", "Main Street", "Town of Northbrook", at: 500, 0)
        try add("120", "MAIN ST", "Town of Northbrook", at: 500, 0)
        for unit in 1...6 { try add("90", "Main Street", "Town of Northbrook", at: 480, 0, unit: "\(unit)") }
        try add("120", "Main Street", "Southbrook", at: 2500, 0)
        try add("7", "Rue Principale", "Southbrook", at: 2600, 0, community: "Petit-Ruisseau")
        try add("1000", "Fourth Line", "Town of Northbrook", at: 700, 0)
        try add("1200", "Regional Road 25", "Town of Northbrook", at: 800, 0)
        try add("55", "Border Road", "Southbrook", at: 1000, 0, stated: "Northbrook")
        try add("5", "Forest Hill Drive", "Town of Northbrook", at: 900, 0)
        try add("14", "Queen Street", "Town of Northbrook", at: 14, 11)
        builder.add(
            StreetAlias(
                other: "Commercial Street",
                street: "Main Street",
                municipality: "Northbrook",
                until: try CalendarDay("2011-12-31")
            )
        )
        builder.add(StreetAlias(other: "Highway 25", street: "Regional Road 25"))
        builder.add(CommunityShare(community: "Millpond", municipality: "Northbrook", weight: 3))
        builder.add(CommunityShare(community: "Millpond", municipality: "Southbrook", weight: 1))
        return builder.build()
    }
}
