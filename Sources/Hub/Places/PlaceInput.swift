public import Domain

/// What somebody said about the place, as it came in; more than one may be given and all are kept.
public struct PlaceInput: Sendable, Hashable {
    /// A point on the map, or a device's position.
    public var coordinate: Coordinate?
    /// A civic address in words.
    public var address: String?
    /// An address id of the tenant's own register.
    public var addressID: String?
    /// Id of the road the person picked when two were near, or ``DecisionQuery/doNotKnow``.
    public var chosenRoad: String?
    /// Id or painted number of the asset the person picked, or ``DecisionQuery/doNotKnow``.
    public var chosenAsset: String?
    /// The road as the person calls it: `Highway 7`.
    public var roadName: String?
    /// Id of the municipality the person picked when two came into question, or ``DecisionQuery/doNotKnow``.
    public var chosenMunicipality: String?
    /// Kind of property the person named when that decides: `home`, `shop`, `park`, `private`.
    public var propertyType: String?

    /// What the coordinate is known by, when it was found from something weaker than a point on the map: a civic address.
    public var evidence: EvidenceRung?

    /// A place from its parts.
    public init(
        coordinate: Coordinate? = nil,
        address: String? = nil,
        addressID: String? = nil,
        chosenRoad: String? = nil,
        chosenMunicipality: String? = nil,
        propertyType: String? = nil,
        evidence: EvidenceRung? = nil,
        chosenAsset: String? = nil,
        roadName: String? = nil
    ) {
        self.coordinate = coordinate
        self.address = address
        self.addressID = addressID
        self.chosenRoad = chosenRoad
        self.chosenMunicipality = chosenMunicipality
        self.propertyType = propertyType
        self.evidence = evidence
        self.chosenAsset = chosenAsset
        self.roadName = roadName
    }

    /// The strongest evidence that these parts give.
    public var rung: EvidenceRung {
        // An asset that was picked is the strongest evidence there is, with a point or without.
        if let chosenAsset, chosenAsset != DecisionQuery.doNotKnow { return .asset }
        guard coordinate != nil else { return .nothing }
        guard let chosenRoad, chosenRoad != DecisionQuery.doNotKnow else { return evidence ?? .mapPoint }
        return .asset
    }
}
