/// One area that covers a place, its border included.
public struct CoveringArea: Sendable, Hashable, Codable {
    /// Id of the area in its layer.
    public let id: AreaID

    /// The layer it belongs to.
    public let layer: LayerName

    /// What people call it.
    public let name: String

    /// The body that answers inside it; nil when the layer links no body to it (a watershed, say).
    public let jurisdictionID: JurisdictionID?

    /// An area as the index holds it.
    public init(id: AreaID, layer: LayerName, name: String, jurisdictionID: JurisdictionID?) {
        self.id = id
        self.layer = layer
        self.name = name
        self.jurisdictionID = jurisdictionID
    }

    private enum CodingKeys: String, CodingKey {
        case id, layer, name
        case jurisdictionID = "jurisdiction_id"
    }
}
