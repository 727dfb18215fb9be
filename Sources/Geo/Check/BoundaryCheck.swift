public import Domain

/// Looks for ground that several areas claim, that none claims, and for municipalities across the upper tier's border.
///
/// Everything found is a ``BoundaryFinding`` with its place, its size and the areas it is about. What is finer than a pen's stroke is marked
/// as noise; what would answer a resident wrongly for whole streets blocks activation; a person decides the rest.
public struct BoundaryCheck: Sendable {
    /// Ground claimed twice that is smaller than this is rounding and not even counted, in square metres.
    public var smallestOverlap = 0.01

    /// Ground narrower than this is noise, in metres.
    public var noiseWidth = 0.5

    /// Ground smaller than this is noise, in square metres.
    public var noiseSurface = 1.0

    /// An area of which this share lies in another lies on top of it.
    public var shareOnTop = 0.95

    /// A separate part smaller than this, in square metres, against another area's border is a sliver.
    public var sliverSurface = 10_000.0

    /// A separate part smaller than this, in square metres, is no island either.
    public var islandSurface = 100.0

    /// A check with the usual limits.
    public init() {}

    /// Checks layers, those of the features if none are named.
    ///
    /// - Parameters:
    ///   - imports: Reports of the files the features come from: what they mended and refused is found here too.
    ///   - progress: Called with a sentence before each step that may take seconds.
    /// - Throws: ``GeometryFault`` when GEOS gives up, which valid shapes don't make it do.
    public func callAsFunction(
        _ features: [BoundaryFeature],
        layers: [LayerName]? = nil,
        imports: [ImportReport] = [],
        progress: (String) -> Void = { _ in }
    ) throws(GeometryFault) -> BoundaryCheckReport {
        let engine = try GeometryEngine()
        var findings: [BoundaryFinding] = []
        let region = try CheckedRegion(features, engine: engine)
        for layer in layers ?? Set(features.map(\.layer)).sorted() where layer != .upperTier {
            let checked = try CheckedLayer(layer, of: features, limits: self, region: region, engine: engine)
            guard !checked.members.isEmpty else { continue }
            progress("\(layer): overlaps of \(checked.members.count) areas")
            findings += try checked.overlaps()
            progress("\(layer): slivers")
            findings += try checked.slivers()
            progress("\(layer): gaps")
            findings += try checked.gaps()
            if layer == .municipality {
                progress("\(layer): the upper tier's border")
                findings += try checked.strays()
            }
        }
        findings += ImportFindings(imports, features: features).all
        return BoundaryCheckReport(findings: findings)
    }

    /// Noise or worth asking about: by the largest piece, since a strip of a thousand scraps is still a pen's stroke.
    func severity(of ground: GroundPieces) -> BoundaryFinding.Severity {
        ground.pieces.allSatisfy { $0.squareMetres < noiseSurface || $0.widthMetres < noiseWidth } ? .noise : .ask
    }
}

/// The upper tier and the municipalities a layer is held against.
struct CheckedRegion {
    /// Everything the upper tier claims; nil when the generation has none.
    let upperTier: Shape?
    private let municipalities: [(id: AreaID, box: CoordinateBox, shape: Shape)]

    init(_ features: [BoundaryFeature], engine: GeometryEngine) throws(GeometryFault) {
        let upper = features.filter { $0.layer == .upperTier }
        upperTier =
            upper.isEmpty
            ? nil : try engine.shape(of: AreaGeometry(polygons: upper.flatMap(\.geometry.polygons))).union()
        var municipalities: [(id: AreaID, box: CoordinateBox, shape: Shape)] = []
        for feature in features where feature.layer == .municipality {
            guard let box = feature.geometry.box else { continue }
            municipalities.append((feature.id, box, try engine.shape(of: feature.geometry)))
        }
        self.municipalities = municipalities
    }

    /// The one municipality that a place of an area lies in; nil when none or several do.
    func municipality(at place: Coordinate) throws(GeometryFault) -> AreaID? {
        var found: AreaID?
        for candidate in municipalities where candidate.box.touches(CoordinateBox(place)) {
            guard try candidate.shape.covers(place) else { continue }
            guard found == nil else { return nil }
            found = candidate.id
        }
        return found
    }
}
