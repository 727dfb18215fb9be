public import Domain

/// What somebody said about the place, as it came in; more than one may be given and all are kept.
public struct PlaceInput: Sendable, Hashable {
    /// A point on the map, or a device's position.
    public var coordinate: Coordinate?
    /// A civic address in words.
    public var address: String?
    /// An address id of the tenant's own register.
    public var addressID: String?
    /// Id of the road the person picked when two were near; `unsure` when the answer was "I do not know".
    public var chosenRoad: String?

    /// The answer "I do not know" to the question which road is meant.
    public static let unsure = "unsure"

    /// A place from its parts.
    public init(
        coordinate: Coordinate? = nil,
        address: String? = nil,
        addressID: String? = nil,
        chosenRoad: String? = nil
    ) {
        self.coordinate = coordinate
        self.address = address
        self.addressID = addressID
        self.chosenRoad = chosenRoad
    }

    /// The strongest evidence that these parts give.
    public var rung: EvidenceRung {
        if coordinate != nil { return chosenRoad == nil || chosenRoad == Self.unsure ? .mapPoint : .asset }
        return .nothing
    }
}
