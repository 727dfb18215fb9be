public import Domain
import Foundation

extension AddressBook {
    /// Streets looked at for one beginning; a single letter begins thousands.
    private static let mostStreets = 4_000

    /// Addresses that may be meant by a text still being typed, best first.
    ///
    /// The last word may be unfinished; slips in a name are forgiven; a number is looked up on each street, and streets that have it come
    /// first. Without a number the streets themselves are offered.
    ///
    /// - Parameters:
    ///   - municipality: Name or area id of the municipality; nothing elsewhere is offered then.
    ///   - limit: Most suggestions, at least 1.
    public func suggest(_ text: String, municipality: String? = nil, limit: Int = 8) -> [AddressCandidate] {
        guard count > 0 else { return [] }
        var read = reader.read(text)
        // A space behind the last word says that it is complete, unless more letters of a place may follow.
        let isOpen = text.last.map { !$0.isWhitespace && $0 != "," } ?? false
        if let municipality, !municipality.isEmpty {
            let byID = arrays.places.indices.filter { arrays.places[$0].areaID?.rawValue == municipality }
            guard
                let match = byID.isEmpty
                    ? place(named: FoldedText.words(municipality)) : PlaceMatch(places: byID, edits: 0)
            else { return [] }
            read.readings = read.readings.filter { $0.place == nil || $0.place == match }
            for index in read.readings.indices { read.readings[index].place = match }
        } else {
            read.readings += unfinishedPlaces(read.readings)
        }
        var hits: [(hit: AddressHit, reading: Int)] = []
        for slips in [false, true] where !slips || hits.filter({ $0.hit.score > 0.5 }).count < limit {
            for (number, reading) in read.readings.enumerated()
            where reading.crossStreet.isEmpty && !reading.street.isEmpty {
                suggestions(reading, isOpen: isOpen, withSlips: slips) { hits.append(($0, number)) }
            }
        }
        return chosen(hits, limit).map { candidate($0.hit, unit: read.readings[$0.reading].unit) }
    }

    /// Readings in which the last one to three words begin a place's name.
    private func unfinishedPlaces(_ readings: [AddressReading]) -> [AddressReading] {
        var more: [AddressReading] = []
        for reading in readings where reading.place == nil && reading.street.count > 1 {
            for length in 1...min(3, reading.street.count - 1) {
                let name = Array(AddressPlace.folded(Array(reading.street.suffix(length))).utf8)
                guard name.count >= 2 else { continue }
                let places = storage.placeNames.filter { $0.name.starts(with: name) }.map(\.place)
                guard !places.isEmpty, places.count <= 50 else { continue }
                var shorter = reading
                shorter.street.removeLast(length)
                shorter.place = PlaceMatch(places: places, edits: 0)
                shorter.weight *= 0.98
                more.append(shorter)
            }
        }
        return more
    }

    private func suggestions(_ reading: AddressReading, isOpen: Bool, withSlips: Bool, _ found: (AddressHit) -> Void) {
        let filter = reading.place.map { PlaceFilter($0.places, in: arrays) }
        func take(_ street: StreetHit, _ worth: Double) {
            guard street.fit > 0.3 else { return }
            let place = filter.map { $0.worth(of: street.street, in: arrays) } ?? 1
            guard let place else { return }
            func add(_ hit: AddressHit) {
                var hit = hit
                let weight = 0.01 * log2(1 + Double(arrays.addresses(street.street).count))
                hit.score = hit.score * worth * place * reading.weight * (hit.level == .interpolated ? 0.7 : 1) + weight
                found(hit)
            }
            if let number = reading.number { places(of: number, on: street, add) } else { add(middle(of: street)) }
        }
        for key in StreetKey.readings(of: reading.street) {
            streets(key, withSlips: withSlips) { take($0, 1) }
        }
        guard isOpen else { return }
        for (key, worth) in unfinished(reading.street) {
            let core = Array(key.core.utf8)
            if withSlips {
                guard core.count >= 4 else { continue }
                for name in arrays.names.containing(core, most: 60) {
                    streets(ofName: name, edits: 1, length: core.count, key) { take($0, worth * 0.9) }
                }
                continue
            }
            var looked = 0
            for name in arrays.names.range(ofPrefix: core) {
                let missing = arrays.names.length(name) - core.count
                let begun = missing == 0 ? 1 : 0.97 - 0.004 * Double(min(missing, 20))
                streets(ofName: name, edits: 0, length: core.count, key) { take($0, worth * begun) }
                looked += Int(arrays.nameStreets[name + 1] - arrays.nameStreets[name])
                if looked > Self.mostStreets { break }
            }
        }
    }

    /// Keys of a street whose last word is unfinished: part of the name, of the type (`king str`), of the direction (`king st ea`).
    private func unfinished(_ words: [String]) -> [(StreetKey, Double)] {
        var keys: [(StreetKey, Double)] = []
        for key in StreetKey.readings(of: words) where key.type == .none || words.last.map(key.core.hasSuffix) == true {
            keys.append((key, 1))
        }
        if words.count > 1, let last = words.last, !last.hasDigit, Direction(word: last) == nil,
            StreetType.mayBegin(with: last) || Direction.mayBegin(with: last)
        {
            for key in StreetKey.readings(of: words.dropLast()) { keys.append((key, 0.94)) }
        }
        return keys
    }

    private func chosen(_ hits: [(hit: AddressHit, reading: Int)], _ limit: Int) -> [(hit: AddressHit, reading: Int)] {
        var seen: Set<String> = []
        var result: [(hit: AddressHit, reading: Int)] = []
        let ordered = hits.sorted {
            if $0.hit.score != $1.hit.score { return $0.hit.score > $1.hit.score }
            return ($0.hit.street, $0.hit.address ?? 0) < ($1.hit.street, $1.hit.address ?? 0)
        }
        for entry in ordered {
            let street = entry.hit.street
            let key =
                "\(arrays.streetDisplay[street])|\(arrays.streetMunicipality[street])|\(arrays.streetCommunity[street])|\(entry.hit.number.map { "\($0)" } ?? "")"
            guard seen.insert(key).inserted else { continue }
            result.append(entry)
            if result.count == limit { break }
        }
        return result
    }
}
