import Domain

/// Compiles areas into an index: tiles, cells and the few edges of each cell.
///
/// Along every row of squares one walks from west to east and knows, from the edges crossed, which areas hold each lower left corner.
struct IndexBuilder {
    private var edges: [GridEdge] = []
    private var originX: Int64 = 0
    private var originY: Int64 = 0
    private var walk = GridWalk(columns: 0, rows: 0, shift: 24)
    private var tiles: [UInt32] = []
    private var cells: [UInt32] = []
    private var records = CellRecords()
    private var sets = AreaSets()
    private var tileBuilder = TileBuilder()

    /// Smallest tile: 2^24 units, about 1.9 km of latitude; half of it where so many edges pay for more tiles.
    private static func smallestShift(edges: Int) -> Int64 { edges < 500_000 ? 24 : 23 }

    /// Compiles features, whose position in the array is their number in the index.
    ///
    /// - Parameters:
    ///   - catalogue: Names of layers and areas, kept with the index.
    ///   - vertexCount: Vertices of all features.
    static func build(_ features: [BoundaryFeature], catalogue: [UInt8], vertexCount: Int) -> IndexMemory {
        var builder = IndexBuilder()
        builder.collect(features.map(\.geometry))
        builder.compile()
        let municipal = BorderTreeBuilder(features, layer: .municipality)
        let upperTier = BorderTreeBuilder(features, layer: .upperTier)
        // Without the memory there is no index and no answer to give; an allocation inside Swift's own arrays, a line above, ends the process likewise.
        guard
            let memory = builder.memory(municipal, upperTier, catalogue: catalogue, vertexCount: vertexCount)
        else { fatalError("no memory for the boundary index") }
        return memory
    }

    private mutating func collect(_ geometries: [AreaGeometry]) {
        edges.reserveCapacity(geometries.reduce(0) { $0 + $1.vertexCount })
        var box: CoordinateBox?
        for (number, geometry) in geometries.enumerated() {
            for polygon in geometry.polygons {
                for ring in polygon.rings {
                    guard var previous = ring.last else { continue }
                    // A ring is closed: the last vertex equals the first, and the piece between them has no length.
                    for vertex in ring {
                        if vertex != previous {
                            edges.append(
                                GridEdge(
                                    previous.longitudeNano,
                                    previous.latitudeNano,
                                    vertex.longitudeNano,
                                    vertex.latitudeNano,
                                    owner: UInt32(number)
                                )
                            )
                        }
                        previous = vertex
                    }
                    for vertex in ring {
                        if box == nil { box = CoordinateBox(vertex) } else { box?.include(vertex) }
                    }
                }
            }
        }
        guard let box else { return }
        originX = box.west
        originY = box.south
        var shift = Self.smallestShift(edges: edges.count)
        let most = max(1 << 16, edges.count * 2)
        var columns = 0
        var rows = 0
        repeat {
            columns = Int((box.east - box.west) >> shift) + 1
            rows = Int((box.north - box.south) >> shift) + 1
            shift += 1
        } while columns * rows > most
        walk = GridWalk(columns: columns, rows: rows, shift: shift - 1)
        for index in edges.indices { edges[index] = edges[index].moved(originX, originY) }
    }

    private mutating func compile() {
        let (starts, listed) = edgesByTile()
        let crossings = rowCrossings()
        tiles = [UInt32](repeating: 0, count: max(walk.columns * walk.rows, 1))
        var current = AreaToggle()
        var next = 0
        for row in 0..<walk.rows {
            current.reset()
            var word: UInt32 = 0
            for column in 0..<walk.columns {
                let tile = row * walk.columns + column
                var changed = false
                while next < crossings.count, crossings[next].tile == tile {
                    current.toggle(crossings[next].area)
                    next += 1
                    changed = true
                }
                if changed { word = sets.word(of: current.inside) }
                let range = Int(starts[tile])..<Int(starts[tile + 1])
                guard !range.isEmpty else {
                    tiles[tile] = word
                    continue
                }
                let x = Int64(column) << walk.shift
                let y = Int64(row) << walk.shift
                tiles[tile] =
                    tileBuilder.build(
                        edges,
                        listed[range],
                        x: x,
                        y: y,
                        corner: current.inside,
                        shift: walk.shift,
                        cells: &cells,
                        records: &records,
                        sets: &sets
                    )
            }
        }
    }

    private func memory(
        _ municipal: BorderTreeBuilder,
        _ upperTier: BorderTreeBuilder,
        catalogue: [UInt8],
        vertexCount: Int
    ) -> IndexMemory? {
        var header = IndexHeader()
        (header.originX, header.originY, header.shift) = (originX, originY, walk.shift)
        (header.columns, header.rows, header.vertexCount) = (walk.columns, walk.rows, vertexCount)
        // A look-up reads the first word of cells and records even where it has no use for it.
        let (cells, records) = (cells + [0], records.words + [0])
        var parts: [(IndexMemory.Part, UnsafeRawBufferPointer)] = []
        return tiles.withUnsafeBytes { tiles in
            cells.withUnsafeBytes { cells in
                records.withUnsafeBytes { records in
                    parts = [(.tiles, tiles), (.cells, cells), (.records, records)]
                    return sets.starts.withUnsafeBytes { starts in
                        sets.members.withUnsafeBytes { members in
                            parts += [(.setStarts, starts), (.setMembers, members)]
                            return Self.memory(header, parts, municipal, upperTier, catalogue)
                        }
                    }
                }
            }
        }
    }

    private static func memory(
        _ header: IndexHeader,
        _ parts: [(IndexMemory.Part, UnsafeRawBufferPointer)],
        _ municipal: BorderTreeBuilder,
        _ upperTier: BorderTreeBuilder,
        _ catalogue: [UInt8]
    ) -> IndexMemory? {
        municipal.withUnsafeBytes { municipalPieces, municipalBoxes in
            upperTier.withUnsafeBytes { upperTierPieces, upperTierBoxes in
                catalogue.withUnsafeBytes { catalogue in
                    IndexMemory(
                        header,
                        parts: parts + [
                            (.municipalPieces, municipalPieces), (.municipalBoxes, municipalBoxes),
                            (.upperTierPieces, upperTierPieces), (.upperTierBoxes, upperTierBoxes),
                            (.catalogue, catalogue),
                        ]
                    )
                }
            }
        }
    }

    /// Numbers of the edges of each tile, and where each tile's begin.
    private func edgesByTile() -> (starts: [UInt32], listed: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: walk.columns * walk.rows + 1)
        for edge in edges { walk.forEachSquare(edge) { starts[$1 * walk.columns + $0 + 1] += 1 } }
        for tile in 1..<max(starts.count, 1) { starts[tile] += starts[tile - 1] }
        var filled = starts
        var listed = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
        for (number, edge) in edges.enumerated() {
            walk.forEachSquare(edge) { column, row in
                let tile = row * walk.columns + column
                listed[Int(filled[tile])] = UInt32(number)
                filled[tile] += 1
            }
        }
        return (starts, listed)
    }

    /// Where the lower side of each row of tiles enters or leaves an area, in the order of the tiles.
    private func rowCrossings() -> [(tile: Int, area: UInt32)] {
        var crossings: [(tile: Int, area: UInt32)] = []
        for edge in edges {
            var row = (edge.ay + (Int64(1) << walk.shift) - 1) >> walk.shift
            while row << walk.shift < edge.by {
                // The corners right of the crossing change sides: the first whose x is greater than its whole part.
                let column = Int(edge.crossing(row: row << walk.shift) >> walk.shift) + 1
                if column < walk.columns { crossings.append((Int(row) * walk.columns + column, edge.owner)) }
                row += 1
            }
        }
        return crossings.sorted { ($0.tile, $0.area) < ($1.tile, $1.area) }
    }
}
