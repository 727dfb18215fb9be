public import Domain

extension AddressBook {
    /// Most candidates of one answer.
    public static let mostCandidates = 8
    /// What scores less than this part of the best is no rival of it.
    private static let rivalry = 0.93
    /// Names, types and directions that fit worse than this are never taken without asking.
    private static let trusted = 0.68

    /// Where an address in words may be.
    ///
    /// - Parameters:
    ///   - text: One line in any of the usual orders, English or French.
    ///   - municipality: Name or area id of the municipality; binding: what lies elsewhere is only ever offered, never taken.
    public func locate(_ text: String, municipality: String? = nil) -> AddressAnswer {
        guard count > 0 else {
            return AddressAnswer(
                query: AddressQuery(street: text, municipality: municipality),
                isCertain: false,
                candidates: [],
                warnings: [.noAddresses]
            )
        }
        var read = reader.read(text)
        bind(&read, to: municipality)
        return answer(read, municipality: municipality)
    }

    /// Where an address in fields may be.
    public func locate(_ query: AddressQuery) -> AddressAnswer {
        guard query.number != nil || query.crossStreet != nil, let street = query.street, count > 0 else {
            var answer = locate(query.street ?? "", municipality: query.municipality)
            if count > 0, let postalCode = query.postalCode, answer.query.postalCode == nil {
                var asked = answer.query
                asked.postalCode = postalCode
                answer = AddressAnswer(
                    query: asked,
                    isCertain: answer.outcome == .found,
                    candidates: answer.candidates,
                    warnings: answer.warnings
                )
            }
            return answer
        }
        var read = ReadAddress()
        let reading = AddressReading(
            number: query.number,
            unit: query.unit,
            street: AddressWord.words(of: street).map(\.text),
            crossStreet: query.crossStreet.map { AddressWord.words(of: $0).map(\.text) } ?? []
        )
        read.readings = [reading]
        read.postalCode = query.postalCode
        bind(&read, to: query.municipality)
        return answer(read, municipality: query.municipality)
    }

    var reader: AddressReader { AddressReader { place(named: $0) } }

    /// Fixes every reading to a municipality that is known beside the text.
    private func bind(_ read: inout ReadAddress, to municipality: String?) {
        guard let municipality, !municipality.isEmpty else { return }
        let byID = arrays.places.indices.filter { arrays.places[$0].areaID?.rawValue == municipality }
        let match = byID.isEmpty ? place(named: FoldedText.words(municipality)) : PlaceMatch(places: byID, edits: 0)
        for index in read.readings.indices {
            read.readings[index].place = match
            read.readings[index].unknownPlace = match == nil ? municipality : nil
        }
    }

    /// The places of a name: all of that name, or all within one slip of a long enough one.
    func place(named words: [String]) -> PlaceMatch? {
        let name = AddressPlace.folded(words)
        if let places = storage.placesByName[name] { return PlaceMatch(places: places, edits: 0) }
        let bytes = Array(name.utf8)
        guard bytes.count >= 5 else { return nil }
        let near = storage.placeNames.filter { candidate in
            bytes.withUnsafeBufferPointer { left in
                candidate.name.withUnsafeBufferPointer { EditDistance.of(left, $0, limit: 1) <= 1 }
            }
        }
        return near.isEmpty ? nil : PlaceMatch(places: near.map(\.place), edits: 1)
    }

    // MARK: Answering

    private func answer(_ read: ReadAddress, municipality: String?) -> AddressAnswer {
        let readings = read.readings
        if readings.contains(where: { $0.street.isEmpty && $0.number == nil && $0.place?.edits == 0 }) {
            return municipalityAnswer(read, municipality: municipality)
        }
        var hits: [(hit: AddressHit, reading: Int)] = []
        func collect(withSlips: Bool, bound: Bool) {
            for (number, reading) in readings.enumerated() {
                for hit in self.hits(
                    reading,
                    among: readings,
                    withSlips: withSlips,
                    isBound: bound,
                    postalCode: read.postalCode
                ) {
                    hits.append((hit, number))
                }
            }
        }
        collect(withSlips: false, bound: true)
        if (hits.map(\.hit.score).max() ?? 0) < 0.86 { collect(withSlips: true, bound: true) }
        // Nothing in the municipality that was named: what lies elsewhere may be offered, never taken.
        let named = readings.contains { ($0.place != nil || $0.unknownPlace != nil) && !$0.street.isEmpty }
        if hits.isEmpty, named {
            collect(withSlips: false, bound: false)
            if hits.isEmpty { collect(withSlips: true, bound: false) }
        }
        if hits.isEmpty { return municipalityAnswer(read, municipality: municipality) }
        return decide(hits, read, municipality: municipality)
    }

    private func hits(
        _ reading: AddressReading,
        among readings: [AddressReading],
        withSlips: Bool,
        isBound: Bool,
        postalCode: String?
    ) -> [AddressHit] {
        guard !reading.street.isEmpty, isBound || reading.place != nil || reading.unknownPlace != nil else { return [] }
        let filter = isBound ? reading.place.map { PlaceFilter($0.places, in: arrays) } : nil
        // Where words name a municipality, a reading that takes them for part of a street is the less likely one.
        let rivals = readings.compactMap(\.place).map(\.edits)
        let doubt =
            reading.place == nil && reading.unknownPlace == nil && !rivals.isEmpty
            ? (rivals.contains(0) ? 0.8 : 0.93) : 1
        let slip = reading.place?.edits == 1 ? 0.97 : reading.unknownPlace != nil ? 0.9 : 1
        var found: [AddressHit] = []
        for (order, key) in StreetKey.readings(of: reading.street).enumerated() {
            let usual = order == 0 ? 1 : 0.98
            streets(key, withSlips: withSlips) { street in
                guard street.fit > 0.35 else { return }
                let worth = filter.map { $0.worth(of: street.street, in: arrays) } ?? 1
                guard let worth else { return }
                func add(_ hit: AddressHit) {
                    var hit = hit
                    hit.score *= worth * usual * doubt * slip * reading.weight * postalWorth(hit, postalCode)
                    hit.isInPlace = isBound && reading.unknownPlace == nil
                    found.append(hit)
                }
                if !reading.crossStreet.isEmpty {
                    for other in crossStreets(reading.crossStreet, withSlips: withSlips) {
                        if let hit = crossing(street, other) { add(hit) }
                    }
                } else if let number = reading.number {
                    places(of: number, on: street, add)
                } else {
                    add(middle(of: street))
                }
            }
        }
        return found
    }

    private func crossStreets(_ words: [String], withSlips: Bool) -> [StreetHit] {
        var found: [StreetHit] = []
        for key in StreetKey.readings(of: words) {
            streets(key, withSlips: false) { found.append($0) }
            if found.isEmpty, withSlips { streets(key, withSlips: true) { found.append($0) } }
        }
        return found
    }

    private func postalWorth(_ hit: AddressHit, _ postalCode: String?) -> Double {
        guard let postalCode, let address = hit.address, !arrays.postalCodes.isEmpty,
            let known = PostalCode.text(arrays.postalCodes[address])
        else { return 1 }
        return known.prefix(3) == postalCode.prefix(3) ? 1 : 0.9
    }

    private func decide(
        _ hits: [(hit: AddressHit, reading: Int)],
        _ read: ReadAddress,
        municipality: String?
    ) -> AddressAnswer {
        var best: [(hit: AddressHit, reading: Int)] = []
        var seen: Set<String> = []
        for entry in hits.sorted(by: isBetter) {
            guard seen.insert(doorKey(entry.hit)).inserted else { continue }
            best.append(entry)
        }
        let top = best[0]
        // A street alone is no rival of a door; a door on another street is one of a street alone.
        let rivals = best.filter { $0.hit.score >= top.hit.score * Self.rivalry }
        let isCertain = rivals.count == 1 && top.hit.score / top.hit.level.worth >= Self.trusted && top.hit.isInPlace
        let shown =
            (isCertain ? [top] : rivals.count > 1 ? rivals : Array(best.filter { $0.hit.score >= top.hit.score * 0.8 }))
            .prefix(Self.mostCandidates)
        let reading = read.readings[top.reading]
        return AddressAnswer(
            query: query(reading, read, municipality),
            isCertain: isCertain,
            candidates: shown.map { candidate($0.hit, unit: read.readings[$0.reading].unit) },
            warnings: warnings(top.hit, reading, read)
        )
    }

    private func isBetter(_ left: (hit: AddressHit, reading: Int), _ right: (hit: AddressHit, reading: Int)) -> Bool {
        if left.hit.score != right.hit.score { return left.hit.score > right.hit.score }
        let weights = (arrays.addresses(left.hit.street).count, arrays.addresses(right.hit.street).count)
        if weights.0 != weights.1 { return weights.0 > weights.1 }
        return (left.hit.street, left.hit.address ?? 0, left.reading) < (
            right.hit.street, right.hit.address ?? 0, right.reading
        )
    }

    /// Two hits of one key mean the same door (or, without a number, the same street).
    private func doorKey(_ hit: AddressHit) -> String {
        let near =
            hit.number == nil
            ? "" : "\(hit.coordinate.latitudeNano / 5_000_000),\(hit.coordinate.longitudeNano / 5_000_000)"
        let street = hit.street
        let name = arrays.display(street)
        let key = StreetKey.register(name).map { "\($0.core)/\($0.type.rawValue)/\($0.direction.rawValue)" } ?? name
        return
            "\(key)|\(arrays.streetMunicipality[street])|\(hit.number.map { "\($0)" } ?? "")|\(near)|\(hit.crossing ?? -1)"
    }

    private func query(_ reading: AddressReading, _ read: ReadAddress, _ municipality: String?) -> AddressQuery {
        AddressQuery(
            number: reading.number,
            unit: reading.unit?.uppercased(),
            street: reading.street.isEmpty ? nil : reading.street.joined(separator: " "),
            crossStreet: reading.crossStreet.isEmpty ? nil : reading.crossStreet.joined(separator: " "),
            municipality: municipality ?? reading.unknownPlace
                ?? reading.place?.places.first.map { arrays.places[$0].name },
            postalCode: read.postalCode
        )
    }

    private func warnings(_ hit: AddressHit, _ reading: AddressReading, _ read: ReadAddress) -> [AddressWarning] {
        var warnings = read.warnings
        if reading.unknownPlace != nil { warnings.append(.municipalityUnknown) }
        if !hit.isInPlace, reading.unknownPlace == nil { warnings.append(.streetElsewhere) }
        if hit.level == .street, hit.crossing == nil {
            warnings.append(reading.number == nil ? .noNumber : .numberUnknown)
        }
        if hit.edits > 0 || reading.place?.edits == 1 { warnings.append(.corrected) }
        if arrays.streetStated[hit.street] != BookArrays.none16 { warnings.append(.overTheBorder) }
        if let alias = hit.alias, arrays.streetUntil[alias] != BookArrays.noDay { warnings.append(.formerName) }
        if postalWorth(hit, read.postalCode) < 1 { warnings.append(.postalCodeDiffers) }
        if reading.unit != nil { warnings.append(.unitNotChecked) }
        return warnings
    }

    /// When no street fits: the municipality alone, or nothing.
    private func municipalityAnswer(_ read: ReadAddress, municipality: String?) -> AddressAnswer {
        let reading =
            read.readings.first { $0.street.isEmpty && $0.place?.edits == 0 }
            ?? read.readings.first { $0.place?.edits == 0 } ?? read.readings.first { $0.place != nil }
            ?? read.readings.first
        var warnings = read.warnings
        let hasStreet = reading.map { !$0.street.isEmpty } ?? false
        warnings.append(hasStreet ? .streetUnknown : .noStreet)
        if reading?.unknownPlace != nil { warnings.append(.municipalityUnknown) }
        let places = (reading?.place?.places ?? []).flatMap { place in
            arrays.places[place].parts.isEmpty ? [place] : arrays.places[place].parts.map(\.place)
        }
        let candidates = places.compactMap { middle(ofPlace: $0) }
        return AddressAnswer(
            query: reading.map { query($0, read, municipality) } ?? AddressQuery(municipality: municipality),
            isCertain: candidates.count == 1 && reading?.place?.edits == 0,
            candidates: Array(candidates.prefix(Self.mostCandidates)),
            warnings: warnings
        )
    }

    /// A municipality at the middle of its addresses; nil when it has none.
    private func middle(ofPlace place: Int) -> AddressCandidate? {
        var (north, east, count): (Int64, Int64, Int64) = (0, 0, 0)
        for street in 0..<streetCount where Int(arrays.streetMunicipality[street]) == place {
            let range = arrays.addresses(street)
            guard !range.isEmpty else { continue }
            let middle = range.lowerBound + range.count / 2
            north += Int64(arrays.latitudes[middle])
            east += Int64(arrays.longitudes[middle])
            count += 1
        }
        guard count > 0 else { return nil }
        return AddressCandidate(
            text: arrays.places[place].name,
            number: nil,
            street: nil,
            municipalityID: arrays.places[place].areaID,
            municipality: arrays.places[place].name,
            coordinate: Coordinate(trustedLatitudeNano: north / count * 100, longitudeNano: east / count * 100),
            level: .municipality,
            confidence: 0.2
        )
    }
}

extension AddressLevel {
    /// What a hit of this level scores at best.
    fileprivate var worth: Double {
        switch self {
        case .exact: 1
        case .interpolated: 0.88
        case .street, .municipality: 0.6
        }
    }
}
