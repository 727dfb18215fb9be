public import Domain

/// Collects addresses row by row, in any order and spelling, and compiles them to an ``AddressBook``.
///
/// Rows that mean the same door are merged: same municipality, same street however it is spelled, same number, suffix and unit, points not
/// further apart than 500 m. The first row counts; a later one may add its postal code.
public struct AddressBookBuilder {
    /// What identifies a street.
    private struct Identity: Hashable {
        let key: Int32
        let municipality: UInt16
        let stated: UInt16
        let community: UInt16
    }

    private struct Street {
        let identity: Identity
        var display: String
    }

    /// How far two points of one address may be apart to be one, in billionths of a degree (about 500 m).
    private static let sameDoor: Int64 = 5_000_000

    private var keys: [StreetKey] = []
    private var keyOfText: [String: Int32] = [:]
    private var keyNumbers: [StreetKey: Int32] = [:]
    private var streets: [Street] = []
    private var streetNumbers: [Identity: Int32] = [:]
    private(set) var places: [AddressPlace] = []
    private var placeNumbers: [String: UInt16] = [:]
    private var suffixes: [String] = [""]
    private var suffixNumbers: [String: UInt8] = ["": 0]
    private var units: [String] = [""]
    private var unitNumbers: [String: UInt32] = ["": 0]
    private var rowStreets: [Int32] = []
    private var rowNumbers: [UInt32] = []
    private var rowUnits: [UInt32] = []
    private var rowPostal: [UInt32] = []
    private var latitudes: [Int64] = []
    private var longitudes: [Int64] = []
    private var aliases: [StreetAlias] = []
    private var shares: [CommunityShare] = []
    /// Addresses of each community by municipality.
    private var communityCounts: [UInt16: [UInt16: Int]] = [:]

    /// Rows that were merged into others; counted when the book is compiled.
    public private(set) var mergedRows = 0

    /// Rows left after merging, in the book's order.
    private var keptRows: [UInt32] = []

    /// How many rows are left after merging; counted when the book is compiled.
    public var keptCount: Int { keptRows.count }

    /// Other names whose street no row has; found when the book is compiled.
    public private(set) var aliasesWithoutStreet: [String] = []

    /// Begins empty.
    public init() {}

    /// Rows taken so far.
    public var rowCount: Int { rowStreets.count }

    /// Makes a municipality known, with or without addresses in it.
    public mutating func addMunicipality(_ name: String, areaID: AreaID?) { _ = place(name, areaID) }

    /// Adds another name of a street.
    public mutating func add(_ alias: StreetAlias) { aliases.append(alias) }

    /// Adds a share of a community.
    public mutating func add(_ share: CommunityShare) { shares.append(share) }

    /// Adds an address; false when its street has no name to find it by.
    public mutating func add(_ row: AddressRow) -> Bool {
        guard let key = key(of: row.street) else { return false }
        let stated = row.stated.map { place($0, nil) }
        let municipality = row.municipality.map { place($0, row.municipalityID) } ?? stated ?? BookArrays.none16
        let community = row.community.map { place($0, nil) }
        let identity = Identity(
            key: key,
            municipality: municipality,
            stated: stated == nil || stated == municipality ? BookArrays.none16 : stated ?? BookArrays.none16,
            community: community == nil || community == municipality || community == stated
                ? BookArrays.none16 : community ?? BookArrays.none16
        )
        if identity.community != BookArrays.none16 {
            communityCounts[identity.community, default: [:]][municipality, default: 0] += 1
        }
        rowStreets.append(street(identity, row.street))
        rowNumbers.append(UInt32(row.number.value) << 8 | UInt32(suffix(row.number.suffix)))
        rowUnits.append(unit(row.unit ?? ""))
        rowPostal.append(row.postalCode.map(PostalCode.packed) ?? 0)
        latitudes.append(row.coordinate.latitudeNano)
        longitudes.append(row.coordinate.longitudeNano)
        return true
    }

    // MARK: Interning

    private mutating func key(of street: String) -> Int32? {
        if let known = keyOfText[street] { return known < 0 ? nil : known }
        guard let key = StreetKey.register(street) else {
            keyOfText[street] = -1
            return nil
        }
        let number: Int32
        if let known = keyNumbers[key] {
            number = known
        } else {
            number = Int32(keys.count)
            keys.append(key)
            keyNumbers[key] = number
        }
        keyOfText[street] = number
        return number
    }

    private mutating func street(_ identity: Identity, _ text: String) -> Int32 {
        if let known = streetNumbers[identity] {
            // A spelling in small and great letters is kept before one in great letters only.
            if !streets[Int(known)].display.hasSmallLetter, text.hasSmallLetter { streets[Int(known)].display = text }
            return known
        }
        let number = Int32(streets.count)
        streets.append(Street(identity: identity, display: text))
        streetNumbers[identity] = number
        return number
    }

    private mutating func place(_ name: String, _ areaID: AreaID?) -> UInt16 {
        let folded = AddressPlace.folded(FoldedText.words(name))
        if let known = placeNumbers[folded] {
            if places[Int(known)].areaID == nil, let areaID {
                places[Int(known)] = AddressPlace(name: name, areaID: areaID, parts: [])
            }
            return known
        }
        guard places.count < Int(BookArrays.none16), !folded.isEmpty else { return BookArrays.none16 }
        let number = UInt16(places.count)
        places.append(AddressPlace(name: name.asName, areaID: areaID, parts: []))
        placeNumbers[folded] = number
        return number
    }

    private mutating func suffix(_ text: String) -> UInt8 {
        if let known = suffixNumbers[text] { return known }
        guard suffixes.count < 255 else { return 0 }
        suffixes.append(text)
        suffixNumbers[text] = UInt8(suffixes.count - 1)
        return UInt8(suffixes.count - 1)
    }

    private mutating func unit(_ text: String) -> UInt32 {
        if let known = unitNumbers[text] { return known }
        units.append(text)
        unitNumbers[text] = UInt32(units.count - 1)
        return UInt32(units.count - 1)
    }

    // MARK: Compiling

    /// Compiles the book; ``row(at:)`` gives the rows that are left, with their units, in the book's order.
    public mutating func build() -> AddressBook {
        var arrays = BookArrays()
        resolveCommunities()
        for index in streets.indices { streets[index].display = streets[index].display.asName }
        arrays.places = places
        arrays.suffixes = suffixes
        let (order, aliasRows) = orderStreets(&arrays)
        placeAddresses(&arrays, order: order)
        resolve(aliasRows, &arrays)
        return AddressBook(arrays)
    }

    /// Shares of communities: from the table where it names one, else from the addresses themselves.
    private mutating func resolveCommunities() {
        var weights: [UInt16: [UInt16: Double]] = communityCounts.mapValues { $0.mapValues(Double.init) }
        var fromTable: [UInt16: [UInt16: Double]] = [:]
        for share in shares where share.weight > 0 {
            let town =
                places.firstIndex { $0.areaID?.rawValue == share.municipality }.map { UInt16($0) }
                ?? place(share.municipality, nil)
            fromTable[place(share.community, nil), default: [:]][town, default: 0] += share.weight
        }
        weights.merge(fromTable) { $1 }
        for (community, towns) in weights where community != BookArrays.none16 && places[Int(community)].areaID == nil {
            let total = towns.values.reduce(0, +)
            places[Int(community)].parts = towns.filter { $0.key != BookArrays.none16 }
                .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { AddressPlace.Part(place: Int($0.key), weight: $0.value / total) }
        }
    }

    /// Lays out names and streets; gives each collected street its position, and says which positions are other names.
    private mutating func orderStreets(_ arrays: inout BookArrays) -> (order: [UInt32], aliases: [(Int, StreetAlias)]) {
        struct Entry {
            let key: StreetKey
            let street: Int
            let alias: Int
        }
        var entries = streets.enumerated().map {
            Entry(key: keys[Int($0.element.identity.key)], street: $0.offset, alias: -1)
        }
        for (number, alias) in aliases.enumerated() {
            if let key = StreetKey.register(alias.other) { entries.append(Entry(key: key, street: -1, alias: number)) }
        }
        func municipality(_ entry: Entry) -> UInt16 {
            entry.street < 0 ? BookArrays.none16 : streets[entry.street].identity.municipality
        }
        entries.sort {
            if $0.key.core != $1.key.core { return $0.key.core.utf8.lexicographicallyPrecedes($1.key.core.utf8) }
            return ($0.key.type.rawValue, $0.key.direction.rawValue, municipality($0), $0.street, $0.alias)
                < ($1.key.type.rawValue, $1.key.direction.rawValue, municipality($1), $1.street, $1.alias)
        }
        var names: [[UInt8]] = []
        var order = [UInt32](repeating: 0, count: streets.count)
        var aliasRows: [(Int, StreetAlias)] = []
        var displays: [String: UInt32] = [:]
        arrays.nameStreets = []
        for (position, entry) in entries.enumerated() {
            let name = Array(entry.key.core.utf8)
            if names.last != name {
                names.append(name)
                arrays.nameStreets.append(UInt32(position))
            }
            let isAlias = entry.street < 0
            let text = (isAlias ? aliases[entry.alias].other : streets[entry.street].display).asName
            if displays[text] == nil {
                displays[text] = UInt32(displays.count)
                arrays.displayBytes += Array(text.utf8)
                arrays.displayStarts.append(UInt32(arrays.displayBytes.count))
            }
            arrays.streetDisplay.append(displays[text] ?? 0)
            arrays.streetType.append(entry.key.type.rawValue)
            arrays.streetDirection.append(entry.key.direction.rawValue)
            let identity = isAlias ? nil : streets[entry.street].identity
            arrays.streetMunicipality.append(identity?.municipality ?? BookArrays.none16)
            arrays.streetStated.append(identity?.stated ?? BookArrays.none16)
            arrays.streetCommunity.append(identity?.community ?? BookArrays.none16)
            arrays.streetTarget.append(BookArrays.none32)
            arrays.streetUntil.append(BookArrays.noDay)
            if isAlias {
                aliasRows.append((position, aliases[entry.alias]))
            } else {
                order[entry.street] = UInt32(position)
            }
        }
        arrays.nameStreets.append(UInt32(entries.count))
        arrays.names = NameIndex(sorted: names)
        return (order, aliasRows)
    }

    private mutating func placeAddresses(_ arrays: inout BookArrays, order: [UInt32]) {
        keptRows = []
        keptRows.reserveCapacity(rowStreets.count)
        var rows = rowStreets.indices.map { row in
            (sortKey: UInt64(order[Int(rowStreets[row])]) << 32 | UInt64(rowNumbers[row]), row: UInt32(row))
        }
        rows.sort { ($0.sortKey, $0.row) < ($1.sortKey, $1.row) }
        let streetTotal = arrays.streetType.count
        var firsts = [UInt32](repeating: 0, count: streetTotal + 1)
        let hasPostal = rowPostal.contains { $0 > 0 }
        mergedRows = 0
        var group: [Int] = []
        var doors: [Int] = []
        var index = 0
        while index < rows.count {
            group.removeAll(keepingCapacity: true)
            let sortKey = rows[index].sortKey
            while index < rows.count, rows[index].sortKey == sortKey {
                group.append(Int(rows[index].row))
                index += 1
            }
            let street = Int(sortKey >> 32)
            doors.removeAll(keepingCapacity: true)
            var kept: [Int] = []
            for row in group {
                if let twin = kept.first(where: { rowUnits[$0] == rowUnits[row] && isNear($0, row) }) {
                    if rowPostal[twin] == 0 { rowPostal[twin] = rowPostal[row] }
                    mergedRows += 1
                    continue
                }
                kept.append(row)
                if !doors.contains(where: { isNear($0, row) }) { doors.append(row) }
            }
            for door in doors {
                arrays.numbers.append(rowNumbers[door])
                arrays.latitudes.append(Self.coarse(latitudes[door]))
                arrays.longitudes.append(Self.coarse(longitudes[door]))
                if hasPostal { arrays.postalCodes.append(rowPostal[door]) }
                firsts[street + 1] += 1
            }
            keptRows += kept.map { UInt32($0) }
        }
        for street in 0..<streetTotal { firsts[street + 1] += firsts[street] }
        arrays.streetFirst = firsts
    }

    private func isNear(_ left: Int, _ right: Int) -> Bool {
        (latitudes[left] - latitudes[right]).magnitude < UInt64(Self.sameDoor)
            && (longitudes[left] - longitudes[right]).magnitude < UInt64(Self.sameDoor)
    }

    /// Billionths of a degree as ten-millionths, rounded.
    private static func coarse(_ nano: Int64) -> Int32 { Int32(((nano.magnitude + 50) / 100)) * (nano < 0 ? -1 : 1) }

    /// A row that was not merged into another, by its position; valid after ``build()``.
    public func row(at position: Int) -> AddressRow {
        let row = Int(keptRows[position])
        let street = streets[Int(rowStreets[row])]
        let identity = street.identity
        func place(_ number: UInt16) -> AddressPlace? { number == BookArrays.none16 ? nil : places[Int(number)] }
        return AddressRow(
            number: HouseNumber(Int(rowNumbers[row] >> 8), suffix: suffixes[Int(rowNumbers[row] & 0xFF)]) ?? .zero,
            unit: rowUnits[row] == 0 ? nil : units[Int(rowUnits[row])],
            street: street.display,
            stated: place(identity.stated)?.name,
            municipalityID: place(identity.municipality)?.areaID,
            municipality: place(identity.municipality)?.name,
            community: place(identity.community)?.name,
            postalCode: PostalCode.text(rowPostal[row]),
            coordinate: Coordinate(trustedLatitudeNano: latitudes[row], longitudeNano: longitudes[row])
        )
    }

    /// Points other names to the streets they mean; a name whose street is unknown stays without one and is never answered.
    private mutating func resolve(_ aliasRows: [(Int, StreetAlias)], _ arrays: inout BookArrays) {
        aliasesWithoutStreet = []
        for (position, alias) in aliasRows {
            defer { if arrays.streetTarget[position] == BookArrays.none32 { aliasesWithoutStreet.append(alias.other) } }
            if let until = alias.until { arrays.streetUntil[position] = Int32(until.dayNumber) }
            guard let key = StreetKey.register(alias.street), let name = arrays.names.position(of: Array(key.core.utf8))
            else { continue }
            let wanted = alias.municipality.map { AddressPlace.folded(FoldedText.words($0)) }
            let streets = Int(arrays.nameStreets[name])..<Int(arrays.nameStreets[name + 1])
            let fitting = streets.filter { street in
                guard arrays.streetType[street] == key.type.rawValue,
                    arrays.streetDirection[street] == key.direction.rawValue, !arrays.addresses(street).isEmpty
                else { return false }
                guard let wanted else { return true }
                return [arrays.streetMunicipality[street], arrays.streetCommunity[street]].contains { place in
                    place != BookArrays.none16
                        && (places[Int(place)].folded == wanted
                            || places[Int(place)].areaID?.rawValue == alias.municipality)
                }
            }
            // The longest stands for the street where a border or a community parts it.
            guard let street = fitting.max(by: { arrays.addresses($0).count < arrays.addresses($1).count }) else {
                continue
            }
            arrays.streetTarget[position] = UInt32(street)
            arrays.streetMunicipality[position] = arrays.streetMunicipality[street]
            arrays.streetCommunity[position] = arrays.streetCommunity[street]
        }
    }
}

extension String {
    fileprivate var hasSmallLetter: Bool { unicodeScalars.contains { $0.properties.isLowercase } }

    /// The text with each word's first letter great, when all its letters are of one size; digits' endings stay small (`5th`).
    var asName: String {
        let letters = unicodeScalars.filter { $0.properties.isAlphabetic }
        guard letters.allSatisfy({ $0.properties.isLowercase }) || letters.allSatisfy({ $0.properties.isUppercase })
        else { return self }
        var result = ""
        var isStart = true
        for character in self {
            if character.isLetter {
                result += isStart ? character.uppercased() : character.lowercased()
                isStart = false
            } else {
                result.append(character)
                isStart = !(character == "'" || character == "’" || character.isNumber)
            }
        }
        return result
    }
}
