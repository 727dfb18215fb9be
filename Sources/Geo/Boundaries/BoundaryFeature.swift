public import Domain

/// One area of a boundary generation: who, which layer, and where.
public struct BoundaryFeature: Sendable, Hashable {
    /// Where an area stands when several claim a place and the file does not say.
    public static let usualPriority = 100

    /// Id, unique in its layer and generation.
    public var id: AreaID

    /// The layer it belongs to.
    public var layer: LayerName

    /// What people call it.
    public var name: String

    /// The body that answers inside it, if the file links one.
    public var jurisdictionID: JurisdictionID?

    /// Stated order where areas overlap: the smaller number comes first, equal numbers go by id.
    public var priority: Int

    /// First day on which it counts, as ISO date; nil: always did.
    public var from: String?

    /// Last day, that day included; nil: no end known.
    public var until: String?

    /// Where it is.
    public var geometry: AreaGeometry

    /// An area with everything known of it.
    public init(
        id: AreaID,
        layer: LayerName,
        name: String,
        jurisdictionID: JurisdictionID? = nil,
        priority: Int = usualPriority,
        from: String? = nil,
        until: String? = nil,
        geometry: AreaGeometry
    ) {
        self.id = id
        self.layer = layer
        self.name = name
        self.jurisdictionID = jurisdictionID
        self.priority = priority
        self.from = from
        self.until = until
        self.geometry = geometry
    }

    /// The area as a look-up answers it.
    public var covering: CoveringArea {
        CoveringArea(id: id, layer: layer, name: name, jurisdictionID: jurisdictionID, from: from, until: until)
    }
}
