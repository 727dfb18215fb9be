public import Domain

/// Every civic address of one set, compiled for look-up: immutable, shared freely, some 13 bytes an address.
///
/// Ask it with ``locate(_:municipality:)`` for a decision and with ``suggest(_:municipality:limit:)`` while somebody types.
public struct AddressBook: Sendable {
    /// A book without any address: it answers every question with ``AddressWarning/noAddresses``.
    public static let empty = AddressBook(BookArrays())

    final class Storage: Sendable {
        let arrays: BookArrays
        /// Places by the folded name.
        let placesByName: [String: [Int]]
        /// Each place's folded name, in order, for beginnings and slips.
        let placeNames: [(name: [UInt8], place: Int)]

        init(_ arrays: BookArrays) {
            self.arrays = arrays
            var byName: [String: [Int]] = [:]
            var names: [(name: [UInt8], place: Int)] = []
            for (number, place) in arrays.places.enumerated() {
                byName[place.folded, default: []].append(number)
                names.append((Array(place.folded.utf8), number))
            }
            placesByName = byName
            placeNames = names
        }
    }

    let storage: Storage

    var arrays: BookArrays { storage.arrays }

    init(_ arrays: BookArrays) { storage = Storage(arrays) }

    /// Doors it holds: buildings, not units.
    public var count: Int { storage.arrays.numbers.count }

    /// Streets it holds, a street of two towns counted twice.
    public var streetCount: Int { storage.arrays.streetCount }

    /// Municipalities and communities it knows.
    public var places: [AddressPlace] { storage.arrays.places }

    /// Bytes it takes in memory, within a few per cent.
    public var byteCount: Int { storage.arrays.byteCount }

    /// Goes through every door in the order of streets and numbers.
    public func forEach(_ body: (AddressCandidate) throws -> Void) rethrows {
        for street in 0..<streetCount {
            for address in arrays.addresses(street) { try body(candidate(street: street, address: address)) }
        }
    }

    /// A door as a candidate that was found exactly.
    func candidate(street: Int, address: Int) -> AddressCandidate {
        let hit = AddressHit(
            street: street,
            level: .exact,
            number: number(address),
            address: address,
            coordinate: coordinate(address)
        )
        return candidate(hit, unit: nil)
    }

    // MARK: Doors

    func number(_ address: Int) -> HouseNumber {
        let packed = arrays.numbers[address]
        return HouseNumber(Int(packed >> 8), suffix: arrays.suffixes[Int(packed & 0xFF)]) ?? .zero
    }

    func coordinate(_ address: Int) -> Coordinate {
        Coordinate(
            trustedLatitudeNano: Int64(arrays.latitudes[address]) * 100,
            longitudeNano: Int64(arrays.longitudes[address]) * 100
        )
    }

    /// Position of the first address of a street whose number is not below one; the street's end when all are.
    func firstAddress(of street: Int, notBelow value: Int) -> Int {
        let range = arrays.addresses(street)
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if Int(arrays.numbers[middle] >> 8) < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Candidates

    func candidate(_ hit: AddressHit, unit: String?) -> AddressCandidate {
        let arrays = storage.arrays
        func place(_ number: UInt16) -> AddressPlace? { number == BookArrays.none16 ? nil : arrays.places[Int(number)] }
        let municipality = place(arrays.streetMunicipality[hit.street])
        let community = place(arrays.streetCommunity[hit.street])
        let until = hit.alias.map { arrays.streetUntil[$0] } ?? BookArrays.noDay
        let street = [arrays.display(hit.street), hit.crossing.map(arrays.display)].compactMap(\.self).joined(
            separator: " & "
        )
        let door = hit.number.map { unit == nil ? "\($0) " : "\(unit?.uppercased() ?? "")-\($0) " } ?? ""
        let where_ = [community?.name, municipality?.name].compactMap(\.self).joined(separator: ", ")
        return AddressCandidate(
            text: door + street + (where_.isEmpty ? "" : ", " + where_),
            number: hit.number,
            unit: unit?.uppercased(),
            street: street,
            municipalityID: municipality?.areaID,
            municipality: municipality?.name ?? "",
            statedMunicipality: place(arrays.streetStated[hit.street])?.name,
            community: community?.name,
            formerStreet: hit.alias.map(arrays.display),
            formerUntil: until == BookArrays.noDay ? nil : CalendarDay(dayNumber: Int(until)),
            postalCode: hit.address.flatMap {
                arrays.postalCodes.isEmpty ? nil : PostalCode.text(arrays.postalCodes[$0])
            },
            coordinate: hit.coordinate,
            level: hit.level,
            confidence: (min(max(hit.score, 0), 1) * 1000).rounded() / 1000
        )
    }
}

/// A place in the book that may be meant, with how well it fits.
struct AddressHit: Sendable {
    var street: Int
    /// The other name by which it was found.
    var alias: Int?
    /// The other street of an intersection.
    var crossing: Int?
    var level: AddressLevel
    var number: HouseNumber?
    /// The door, when one is known.
    var address: Int?
    var coordinate: Coordinate
    /// How well it fits, 0 to 1.
    var score = 1.0
    /// Letters of the street's name that were corrected.
    var edits = 0
    /// The municipality was asked for, or none was.
    var isInPlace = true
}
