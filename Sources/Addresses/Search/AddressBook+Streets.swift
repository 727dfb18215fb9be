import Domain

/// A street that a key may mean.
struct StreetHit {
    var street: Int
    var alias: Int?
    /// How well name, type and direction fit, 0 to 1.
    var fit: Double
    var edits: Int
}

extension AddressBook {
    /// How much a slip costs: little in a long name.
    static func worth(edits: Int, length: Int) -> Double {
        edits == 0 ? 1 : 1 - 0.45 * Double(edits) / Double(max(length, 4)) - 0.06 * Double(edits)
    }

    /// Slips that are forgiven in a name of so many letters.
    static func allowedEdits(_ length: Int) -> Int { length < 3 ? 0 : length < 8 ? 1 : 2 }

    /// Streets of exactly a key's name, or of names within its slips.
    func streets(_ key: StreetKey, withSlips: Bool, _ found: (StreetHit) -> Void) {
        let core = Array(key.core.utf8)
        guard withSlips else {
            if let name = arrays.names.position(of: core) {
                streets(ofName: name, edits: 0, length: core.count, key, found)
            }
            return
        }
        for near in arrays.names.near(core, limit: Self.allowedEdits(core.count)) {
            streets(ofName: near.name, edits: near.edits, length: core.count, key, found)
        }
    }

    func streets(ofName name: Int, edits: Int, length: Int, _ key: StreetKey, _ found: (StreetHit) -> Void) {
        let worth = Self.worth(edits: edits, length: length)
        for street in Int(arrays.nameStreets[name])..<Int(arrays.nameStreets[name + 1]) {
            let fit = worth * Self.fit(key, type: arrays.streetType[street], direction: arrays.streetDirection[street])
            let target = arrays.streetTarget[street]
            if target != BookArrays.none32 {
                found(StreetHit(street: Int(target), alias: street, fit: fit * 0.995, edits: edits))
            } else if !arrays.addresses(street).isEmpty {
                found(StreetHit(street: street, alias: nil, fit: fit, edits: edits))
            }
        }
    }

    /// How well type and direction fit.
    static func fit(_ key: StreetKey, type: UInt8, direction: UInt8) -> Double {
        var fit = 1.0
        if key.type.rawValue != type {
            fit *=
                key.type == .none
                ? 0.92 : type == StreetType.none.rawValue ? 0.9 : sameFamily(key.type, type) ? 0.85 : 0.6
        }
        if key.direction.rawValue != direction {
            fit *= key.direction == .none ? 0.92 : direction == Direction.none.rawValue ? 0.85 : 0.5
        }
        return fit
    }

    /// Numbered roads change their class and keep their number in speech: a highway that became a regional road.
    private static func sameFamily(_ asked: StreetType, _ type: UInt8) -> Bool {
        let numbered: Set<StreetType> = [.highway, .regionalRoad, .countyRoad, .townshipRoad, .road]
        return numbered.contains(asked) && StreetType(rawValue: type).map(numbered.contains) == true
    }

    // MARK: Numbers

    /// Where a number is on a street: its door, between its neighbours, or only on the street.
    func places(of number: HouseNumber, on hit: StreetHit, _ found: (AddressHit) -> Void) {
        let street = hit.street
        let range = arrays.addresses(street)
        let start = firstAddress(of: street, notBelow: number.value)
        var position = start
        var isFound = false
        var other: Int?
        while position < range.upperBound, Int(arrays.numbers[position] >> 8) == number.value {
            if self.number(position) == number {
                found(hit.at(.exact, number, position, coordinate(position), 1))
                isFound = true
            } else {
                other = other ?? position
            }
            position += 1
        }
        guard !isFound else { return }
        if let other { return found(hit.at(.interpolated, number, other, coordinate(other), 0.97)) }
        if let between = interpolated(number.value, before: start, in: range) {
            return found(hit.at(.interpolated, number, nil, between, 0.88))
        }
        let nearest = start == range.upperBound ? start - 1 : start
        found(hit.at(.street, nil, nil, coordinate(nearest), 0.6))
    }

    /// Greatest step between two neighbours, in numbers, that is still bridged.
    private static let widestStep = 200
    /// Greatest distance between two neighbours that is still bridged, in ten-millionths of a degree (about 2 km).
    private static let widestGap: Int64 = 200_000

    /// The point between the two neighbours of a number's own side of the street; nil at an end or over a wide gap.
    private func interpolated(_ value: Int, before start: Int, in range: Range<Int>) -> Coordinate? {
        func parity(_ position: Int) -> Bool { Int(arrays.numbers[position] >> 8) % 2 == value % 2 }
        guard let high = (start..<range.upperBound).prefix(64).first(where: parity),
            let low = (range.lowerBound..<start).suffix(64).last(where: parity)
        else { return nil }
        let (below, above) = (Int(arrays.numbers[low] >> 8), Int(arrays.numbers[high] >> 8))
        guard above > below, above - below <= Self.widestStep else { return nil }
        let (latitude, longitude) = (Int64(arrays.latitudes[low]), Int64(arrays.longitudes[low]))
        let north = Int64(arrays.latitudes[high]) - latitude
        let east = Int64(arrays.longitudes[high]) - longitude
        guard north.magnitude < UInt64(Self.widestGap), east.magnitude < UInt64(Self.widestGap) else { return nil }
        let (part, whole) = (Int64(value - below), Int64(above - below))
        return Coordinate(
            trustedLatitudeNano: (latitude * whole + north * part) * 100 / whole,
            longitudeNano: (longitude * whole + east * part) * 100 / whole
        )
    }

    /// The street as such, at the middle of its numbers.
    func middle(of hit: StreetHit) -> AddressHit {
        let range = arrays.addresses(hit.street)
        return hit.at(.street, nil, nil, coordinate(range.lowerBound + range.count / 2), 0.8)
    }

    /// Where two streets meet: between their nearest doors, when those are near enough.
    func crossing(_ hit: StreetHit, _ other: StreetHit) -> AddressHit? {
        guard hit.street != other.street,
            arrays.streetMunicipality[hit.street] == arrays.streetMunicipality[other.street]
        else { return nil }
        var best: (distance: Int64, left: Int, right: Int)?
        let step = max(1, arrays.addresses(hit.street).count * arrays.addresses(other.street).count / 400_000)
        for left in arrays.addresses(hit.street) {
            for right in stride(
                from: arrays.addresses(other.street).lowerBound,
                to: arrays.addresses(other.street).upperBound,
                by: step
            ) {
                let north = Int64(arrays.latitudes[left] - arrays.latitudes[right])
                // A degree of longitude is some 0.72 of one of latitude here; only the order of distances matters.
                let east = Int64(arrays.longitudes[left] - arrays.longitudes[right]) * 72 / 100
                let distance = north * north + east * east
                if distance < best?.distance ?? .max { best = (distance, left, right) }
            }
        }
        // 300 m in ten-millionths of a degree, squared.
        guard let best, best.distance < 27_000 * 27_000 else { return nil }
        let (left, right) = (coordinate(best.left), coordinate(best.right))
        var found = hit.at(
            .street,
            nil,
            nil,
            Coordinate(
                trustedLatitudeNano: (left.latitudeNano + right.latitudeNano) / 2,
                longitudeNano: (left.longitudeNano + right.longitudeNano) / 2
            ),
            0.9 * other.fit
        )
        found.crossing = other.street
        return found
    }
}

extension StreetHit {
    fileprivate func at(
        _ level: AddressLevel,
        _ number: HouseNumber?,
        _ address: Int?,
        _ coordinate: Coordinate,
        _ worth: Double
    ) -> AddressHit {
        AddressHit(
            street: street,
            alias: alias,
            level: level,
            number: number,
            address: address,
            coordinate: coordinate,
            score: fit * worth,
            edits: edits
        )
    }
}
