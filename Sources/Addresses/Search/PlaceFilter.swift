/// Which municipalities and communities an answer may lie in, and how much each is worth.
struct PlaceFilter: Sendable {
    /// Worth by position of the place, 0 to 1.
    private let worth: [UInt16: Double]

    /// The places that were named; a community counts with its municipalities, by their shares.
    init(_ named: [Int], in arrays: BookArrays) {
        var worth: [UInt16: Double] = [:]
        for place in named {
            worth[UInt16(place)] = 1
            for part in arrays.places[place].parts {
                let number = UInt16(part.place)
                worth[number] = max(worth[number] ?? 0, 0.85 + 0.1 * part.weight)
            }
        }
        self.worth = worth
    }

    /// What a street is worth; nil when it lies in none of the places.
    func worth(of street: Int, in arrays: BookArrays) -> Double? {
        let places = [arrays.streetMunicipality[street], arrays.streetStated[street], arrays.streetCommunity[street]]
        return places.compactMap { worth[$0] }.max()
    }
}
