public import Domain

/// Which properties of a file mean what, and how much is read.
public struct ImportOptions: Sendable {
    /// Layer of every feature; nil takes each feature's ``layerProperty``.
    public var layer: LayerName?

    /// Property that holds the id; the feature's own `id` member serves when the property is absent.
    public var idProperty = "id"

    /// Property that holds the name; without it the id is the name.
    public var nameProperty = "name"

    /// Property that links an area to the body that answers in it.
    public var jurisdictionProperty = "jurisdiction_id"

    /// Property that holds the layer when ``layer`` is nil.
    public var layerProperty = "layer"

    /// Property that states the order among overlapping areas, a whole number.
    public var priorityProperty = "priority"

    /// Coordinate system of the file where it states none or a wrong one, as `EPSG:26917`.
    public var sourceCRS: String?

    /// Layer inside a GeoPackage or other container; nil when there is only one.
    public var sourceLayer: String?

    /// Encoding of names in a shapefile whose `.cpg` is missing or wrong, as `ISO-8859-1` or `UTF-8`.
    public var sourceEncoding: String?

    /// Most vertices one feature may have.
    public var mostVertices = 5_000_000

    /// Largest single feature in bytes of JSON.
    public var largestFeature = 256_000_000

    /// Findings kept in the report; more are counted.
    public var findingLimit = 5_000

    /// Options with every usual name.
    public init(layer: LayerName? = nil) {
        self.layer = layer
    }
}

/// How far an import has come.
public struct ImportProgress: Sendable, Hashable {
    /// Bytes of the file read so far.
    public let bytesRead: Int
    /// Size of the file in bytes.
    public let bytesTotal: Int
    /// Features met so far.
    public let features: Int
    /// Vertices accepted so far.
    public let vertices: Int

    /// How much of the file was read, 0 to 100.
    public var percent: Int { bytesTotal == 0 ? 100 : min(bytesRead * 100 / bytesTotal, 100) }
}
