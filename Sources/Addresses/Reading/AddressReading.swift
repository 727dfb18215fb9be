import Domain

/// One way to understand an address: which words are number, unit, street, municipality.
struct AddressReading {
    /// The civic number.
    var number: HouseNumber?
    /// The unit.
    var unit: String?
    /// Folded words of the street.
    var street: [String] = []
    /// Folded words of the crossing street.
    var crossStreet: [String] = []
    /// The place named at the end, among the places the book knows.
    var place: PlaceMatch?
    /// What stands where a municipality would and is none that the book knows.
    var unknownPlace: String?
    /// How usual this way of writing is, 1 the most.
    var weight = 1.0
}

/// A municipality or community that words at the end of an address name.
struct PlaceMatch: Hashable {
    /// Positions among the book's places.
    let places: [Int]
    /// Letters that had to be corrected.
    let edits: Int
}

/// Everything read from a text: its possible readings and what does not depend on them.
struct ReadAddress {
    var readings: [AddressReading] = []
    var postalCode: String?
    var warnings: [AddressWarning] = []
}
