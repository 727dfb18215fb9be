/// An address in fields, as a form, a LoST question or the reading of a text gives it; nothing in it is checked against any register.
public struct AddressQuery: Sendable, Hashable, Codable {
    /// The civic number.
    public var number: HouseNumber?
    /// Unit, apartment, suite or bureau, without its word: `5`, `B2`.
    public var unit: String?
    /// Street as written, with type and direction: `King Street East`, `rue Main`, `Regional Road 25`.
    public var street: String?
    /// The other street of an intersection, with type and direction.
    public var crossStreet: String?
    /// Municipality or community as written.
    public var municipality: String?
    /// Postal code in the form `A1A 1A1`, or its first three; a hint and no more.
    public var postalCode: String?

    /// A question from fields.
    public init(
        number: HouseNumber? = nil,
        unit: String? = nil,
        street: String? = nil,
        crossStreet: String? = nil,
        municipality: String? = nil,
        postalCode: String? = nil
    ) {
        self.number = number
        self.unit = unit
        self.street = street
        self.crossStreet = crossStreet
        self.municipality = municipality
        self.postalCode = postalCode
    }

    private enum CodingKeys: String, CodingKey {
        case number, unit, street, municipality
        case crossStreet = "cross_street"
        case postalCode = "postal_code"
    }
}
