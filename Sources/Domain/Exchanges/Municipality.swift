/// A municipality as a telephone answer names it.
public struct Municipality: Sendable, Hashable, Codable {
    /// Its area in the boundary file.
    public let area: AreaID

    /// Its name.
    public let name: LocalizedText

    /// The body that answers there; nil when nobody known does.
    public let jurisdiction: JurisdictionID?

    /// Whether that body is served by this hub; elsewhere people are referred.
    public let isServed: Bool

    /// A municipality.
    public init(area: AreaID, name: LocalizedText, jurisdiction: JurisdictionID?, isServed: Bool) {
        self.area = area
        self.name = name
        self.jurisdiction = jurisdiction
        self.isServed = isServed
    }

    private enum CodingKeys: String, CodingKey {
        case area, name, jurisdiction
        case isServed = "is_served"
    }
}
