public import Domain

/// One area of a boundary generation with its shape.
public struct StoredArea: Sendable, Hashable {
    /// The layer it belongs to.
    public let layer: LayerName

    /// Its id within the layer.
    public let id: AreaID

    /// What people call it.
    public let name: String

    /// The body that answers inside it, where the file links one.
    public let jurisdictionID: JurisdictionID?

    /// Whatever else is known of it, for whoever reads it back.
    public let properties: StoredJSON

    /// Polygon or multipolygon in well-known binary form, longitude first, WGS 84.
    public let geometry: [UInt8]

    /// An area.
    public init(
        layer: LayerName,
        id: AreaID,
        name: String,
        jurisdictionID: JurisdictionID?,
        properties: StoredJSON = .emptyObject,
        geometry: [UInt8]
    ) {
        self.layer = layer
        self.id = id
        self.name = name
        self.jurisdictionID = jurisdictionID
        self.properties = properties
        self.geometry = geometry
    }
}

/// One road segment of a boundary generation with its centreline.
public struct StoredRoad: Sendable, Hashable {
    /// Its id in the roads file.
    public let id: String

    /// The official name.
    public let name: String

    /// The owner, a jurisdiction id or a plain name.
    public let owner: String

    /// What kind of body the owner is.
    public let ownerKind: RoadOwnerKind

    /// Class for rules and maintenance standards.
    public let roadClass: String

    /// Everything known of it, for whoever reads it back.
    public let details: StoredJSON

    /// Line or multiline in well-known binary form, longitude first, WGS 84.
    public let geometry: [UInt8]

    /// A road segment.
    public init(
        id: String,
        name: String,
        owner: String,
        ownerKind: RoadOwnerKind,
        roadClass: String,
        details: StoredJSON,
        geometry: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.ownerKind = ownerKind
        self.roadClass = roadClass
        self.details = details
        self.geometry = geometry
    }
}
