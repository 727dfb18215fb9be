public import Domain

/// All assets of one generation, compiled for look-up: one grid for each kind, so that a street of trees costs a question about a light nothing.
public struct AssetIndex: Sendable {
    /// Every asset's attributes, ordered by id.
    public let assets: [AssetAttributes]

    private let grids: [AssetKind: SegmentGrid]
    private let positions: [Coordinate]
    private let byName: [String: [Int]]

    /// Squares of 2^12 units, about 45 m of latitude: lights stand close.
    private static let finest: Int64 = 12

    /// Compiles assets; without any, every look-up answers nothing.
    public init(_ assets: [Asset] = []) {
        let ordered = assets.filter { $0.position != nil }.sorted { $0.attributes.id < $1.attributes.id }
        self.assets = ordered.map(\.attributes)
        positions = ordered.compactMap(\.position)
        var byName: [String: [Int]] = [:]
        var numbers: [AssetKind: [Int]] = [:]
        for (number, asset) in ordered.enumerated() {
            numbers[asset.attributes.kind, default: []].append(number)
            byName[asset.attributes.id, default: []].append(number)
            if let painted = asset.attributes.number, painted != asset.attributes.id {
                byName[painted, default: []].append(number)
            }
        }
        self.byName = byName
        grids = numbers.mapValues { numbers in
            SegmentGrid(
                numbers.lazy.flatMap { number in
                    ordered[number].lines.lazy.map { (owner: UInt32(number), line: $0) }
                },
                finest: Self.finest
            )
        }
    }

    /// Bytes the grids hold, attributes aside.
    public var byteCount: Int { grids.values.reduce(0) { $0 + $1.byteCount } }

    /// Assets of a kind within reach of a place, nearest first, ties by id.
    ///
    /// - Parameter metres: How far one may lie; nil: the kind's own tolerance.
    public func near(_ place: Coordinate, kind: AssetKind, within metres: Double? = nil) -> [NearbyAsset] {
        guard let grid = grids[kind] else { return [] }
        return grid.within(metres ?? kind.toleranceMetres, of: place).map { near in
            assets[Int(near.owner)].nearby(metres: near.metres)
        }
    }

    /// Assets that people call by an id or a painted number, ordered by id, each with its position; several towns may use one number.
    ///
    /// - Parameters:
    ///   - kind: The kind that is meant; nil: any.
    ///   - place: Where the person is; distances are from there, zero without it.
    public func called(
        _ name: String,
        kind: AssetKind? = nil,
        from place: Coordinate? = nil
    ) -> [(asset: NearbyAsset, position: Coordinate)] {
        (byName[name] ?? []).filter { kind == nil || assets[$0].kind == kind }.map { number in
            let metres = place.map { GroundScale(around: $0).metres(from: $0, to: positions[number]) } ?? 0
            return (assets[number].nearby(metres: (metres * 100).rounded() / 100), positions[number])
        }
    }
}
