/// One place that an address may mean.
public struct AddressCandidate: Sendable, Hashable, Codable {
    /// The whole address in its register's spelling: `12A King Street East, Brantwick`.
    public let text: String
    /// The civic number that was found or interpolated; nil at street and municipality level.
    public let number: HouseNumber?
    /// The unit as it was asked for; units are not checked.
    public let unit: String?
    /// Street with type and direction in its register's spelling; nil at municipality level.
    public let street: String?
    /// Id of the municipality whose polygon covers the point; nil when none does and none is stated.
    public let municipalityID: AreaID?
    /// What people call that municipality.
    public let municipality: String
    /// What the register says the municipality is, when the point lies in another's polygon; both facts are shown.
    public let statedMunicipality: String?
    /// Community inside the municipality, when the register names one.
    public let community: String?
    /// Former or other name of the street, when that is what was asked for.
    public let formerStreet: String?
    /// Last day of that former name; nil when it is just another name, or the day is not known.
    public let formerUntil: CalendarDay?
    /// Postal code that the register holds.
    public let postalCode: String?
    /// Where it is.
    public let coordinate: Coordinate
    /// How near to the door.
    public let level: AddressLevel
    /// How well it fits what was asked, 0 to 1; an exact hit without any correction is 1.
    public let confidence: Double

    /// A candidate from its parts.
    public init(
        text: String,
        number: HouseNumber?,
        unit: String? = nil,
        street: String?,
        municipalityID: AreaID?,
        municipality: String,
        statedMunicipality: String? = nil,
        community: String? = nil,
        formerStreet: String? = nil,
        formerUntil: CalendarDay? = nil,
        postalCode: String? = nil,
        coordinate: Coordinate,
        level: AddressLevel,
        confidence: Double
    ) {
        self.text = text
        self.number = number
        self.unit = unit
        self.street = street
        self.municipalityID = municipalityID
        self.municipality = municipality
        self.statedMunicipality = statedMunicipality
        self.community = community
        self.formerStreet = formerStreet
        self.formerUntil = formerUntil
        self.postalCode = postalCode
        self.coordinate = coordinate
        self.level = level
        self.confidence = confidence
    }

    /// The same place in another municipality, with what the register states beside it.
    public func moved(to id: AreaID, _ name: String, stated: String?) -> AddressCandidate {
        AddressCandidate(
            text: text,
            number: number,
            unit: unit,
            street: street,
            municipalityID: id,
            municipality: name,
            statedMunicipality: stated,
            community: community,
            formerStreet: formerStreet,
            formerUntil: formerUntil,
            postalCode: postalCode,
            coordinate: coordinate,
            level: level,
            confidence: confidence
        )
    }

    private enum CodingKeys: String, CodingKey {
        case text, number, unit, street, municipality, community, coordinate, level, confidence
        case municipalityID = "municipality_id"
        case statedMunicipality = "stated_municipality"
        case formerStreet = "former_street"
        case formerUntil = "former_until"
        case postalCode = "postal_code"
    }
}
