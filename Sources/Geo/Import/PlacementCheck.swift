import Domain

/// Finds features that lie where the rest of their file does not, although each position is one on the earth.
///
/// The usual reasons are named: latitude and longitude swapped, a sign lost, a digit missing.
struct PlacementCheck {
    /// A feature that can't lie where it says.
    struct Suspect {
        /// Its position in the order added.
        let position: Int
        let code: ImportFinding.Code
        let fault: String
        let expected: String
    }

    /// A feature this far from the middle of all others is doubted, in metres: as far as the widest country reaches from its middle.
    static let farAway = 5_000_000.0

    private var centres: [Coordinate] = []

    mutating func add(_ centre: Coordinate) { centres.append(centre) }

    /// The features to refuse, in the order added.
    func suspects() -> [Suspect] {
        guard !centres.isEmpty else { return [] }
        let latitude = centres.map(\.latitudeNano).sorted()[centres.count / 2]
        let longitude = centres.map(\.longitudeNano).sorted()[centres.count / 2]
        // Nobody lives south of 60° S: a file that lies there as a whole was written latitude first.
        if latitude < -60_000_000_000 { return centres.indices.map { swapped($0) } }
        let middle = Coordinate(trustedLatitudeNano: latitude, longitudeNano: longitude)
        let far = centres.indices.filter { Self.metres(centres[$0], middle) > Self.farAway }
        // Where many lie far from the middle there is no middle to speak of.
        guard far.count * 4 <= centres.count else {
            return far.filter { isNearSwapped($0, middle) }.map { swapped($0) }
        }
        return far.map { isNearSwapped($0, middle) ? swapped($0) : misplaced($0, middle) }
    }

    private func isNearSwapped(_ index: Int, _ middle: Coordinate) -> Bool {
        let centre = centres[index]
        guard centre.longitudeNano.magnitude <= 90_000_000_000 else { return false }
        let turned = Coordinate(
            trustedLatitudeNano: centre.longitudeNano,
            longitudeNano: centre.latitudeNano
        )
        return Self.metres(turned, middle) < 800_000
    }

    private func swapped(_ index: Int) -> Suspect {
        Suspect(
            position: index,
            code: .swapped,
            fault: "latitude and longitude look swapped: it lies at \(centres[index])",
            expected: "longitude first, then latitude"
        )
    }

    private func misplaced(_ index: Int, _ middle: Coordinate) -> Suspect {
        let centre = centres[index]
        let kilometres = Int(Self.metres(centre, middle) / 1_000)
        let fault = "it lies at \(centre), \(kilometres) km from the rest of the file"
        let mirrored = [
            ("longitude", centre.latitudeNano, -centre.longitudeNano),
            ("latitude", -centre.latitudeNano, centre.longitudeNano),
        ]
        for (name, latitude, longitude) in mirrored {
            let other = Coordinate(trustedLatitudeNano: latitude, longitudeNano: longitude)
            guard Self.metres(other, middle) < 800_000 else { continue }
            return Suspect(
                position: index,
                code: .misplaced,
                fault: "\(fault): the sign of its \(name) looks wrong",
                expected: "a place near \(middle); west and south are negative"
            )
        }
        return Suspect(
            position: index,
            code: .misplaced,
            fault: fault,
            expected: "a place near \(middle), or a file of its own"
        )
    }

    static func metres(_ one: Coordinate, _ other: Coordinate) -> Double { one.metresOnSphere(to: other) }
}
