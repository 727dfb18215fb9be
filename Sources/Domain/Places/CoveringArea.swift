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

    /// First day on which the area counts, as ISO date; nil: always did.
    public let from: String?

    /// Last day, that day included (a subdivision until the town assumes its streets); nil: no end known.
    public let until: String?

    /// An area as the index holds it.
    public init(
        id: AreaID,
        layer: LayerName,
        name: String,
        jurisdictionID: JurisdictionID?,
        from: String? = nil,
        until: String? = nil
    ) {
        self.id = id
        self.layer = layer
        self.name = name
        self.jurisdictionID = jurisdictionID
        self.from = from
        self.until = until
    }

    /// Whether the area counts on some days only.
    public var isDated: Bool { from != nil || until != nil }

    /// Whether the area counts on a day.
    ///
    /// - Parameter day: ISO date; ISO dates compare as text.
    public func counts(onISODate day: String) -> Bool {
        if let from, day < from { return false }
        if let until, day > until { return false }
        return true
    }

    private enum CodingKeys: String, CodingKey {
        case id, layer, name, from, until
        case jurisdictionID = "jurisdiction_id"
    }
}
