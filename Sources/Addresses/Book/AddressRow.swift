public import Domain

/// One address as a register gives it, checked.
public struct AddressRow: Sendable, Hashable {
    /// The civic number.
    public var number: HouseNumber
    /// Unit in the building; nil when the row is the building.
    public var unit: String?
    /// Street with type and direction, as the register spells it.
    public var street: String
    /// Municipality that the register states.
    public var stated: String?
    /// Id of the municipality whose polygon covers the point.
    public var municipalityID: AreaID?
    /// Its name.
    public var municipality: String?
    /// Community, when the register names one besides the municipality.
    public var community: String?
    /// Postal code, `A1A 1A1`.
    public var postalCode: String?
    /// Where it is.
    public var coordinate: Coordinate

    /// An address from its parts.
    public init(
        number: HouseNumber,
        unit: String? = nil,
        street: String,
        stated: String? = nil,
        municipalityID: AreaID? = nil,
        municipality: String? = nil,
        community: String? = nil,
        postalCode: String? = nil,
        coordinate: Coordinate
    ) {
        self.number = number
        self.unit = unit
        self.street = street
        self.stated = stated
        self.municipalityID = municipalityID
        self.municipality = municipality
        self.community = community
        self.postalCode = postalCode
        self.coordinate = coordinate
    }
}

/// Another name of a street: one it had until a day, or one it is also called by.
public struct StreetAlias: Sendable, Hashable, Codable {
    /// The other name, with type and direction.
    public var other: String
    /// The name in the register.
    public var street: String
    /// Municipality or community of the street; nil: wherever the register has that street.
    public var municipality: String?
    /// Last day the other name was official; nil when it is just another name.
    public var until: CalendarDay?

    /// Another name from its parts.
    public init(other: String, street: String, municipality: String? = nil, until: CalendarDay? = nil) {
        self.other = other
        self.street = street
        self.municipality = municipality
        self.until = until
    }
}

/// A community that is no municipality: where it lies, as somebody's table says.
public struct CommunityShare: Sendable, Hashable, Codable {
    /// What people call it.
    public var community: String
    /// The municipality, by name or area id.
    public var municipality: String
    /// Its share of the community; shares of one community are made to add up to 1.
    public var weight: Double

    /// A share from its parts.
    public init(community: String, municipality: String, weight: Double) {
        self.community = community
        self.municipality = municipality
        self.weight = weight
    }
}
