public import Domain

/// One asset of a generation with its place.
public struct StoredAsset: Sendable, Hashable {
    /// Its id in the assets file.
    public let id: String

    /// What kind of thing it is.
    public let kind: AssetKind

    /// Who owns it: the id of a tenant or partner.
    public let owner: String

    /// Who looks after it when that is not the owner.
    public let operatorID: String?

    /// Everything known of it, for whoever reads it back.
    public let details: StoredJSON

    /// Points or lines in well-known binary form, longitude first, WGS 84.
    public let geometry: [UInt8]

    /// An asset.
    public init(
        id: String,
        kind: AssetKind,
        owner: String,
        operatorID: String?,
        details: StoredJSON,
        geometry: [UInt8]
    ) {
        self.id = id
        self.kind = kind
        self.owner = owner
        self.operatorID = operatorID
        self.details = details
        self.geometry = geometry
    }
}
