import Domain

/// Compiles areas into an index: tiles, cells and the few edges of each cell.
///
/// Along every row of squares one walks from west to east and knows, from the edges crossed, which areas hold each lower left corner.
struct IndexBuilder {
    private var edges: [GridEdge] = []
    private var originX: Int64 = 0
    private var originY: Int64 = 0
    private var walk = GridWalk(columns: 0, rows: 0, shift: 24)
    private var cells: [UInt32] = []
    private var records = CellRecords()
    private var sets = AreaSets()
    private var tileBuilder = TileBuilder()

    /// Smallest tile: 2^24 units, about 1.9 km of latitude.
    private static let smallestShift: Int64 = 24

    /// - Parameter geometries: Shapes whose position in the array is their number in the index.
    static func build(_ geometries: [AreaGeometry]) -> IndexMemory {
        var builder = IndexBuilder()
        builder.collect(geometries)
        return builder.compile()
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
        var shift = Self.smallestShift
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

    private mutating func compile() -> IndexMemory {
        let (starts, listed) = edgesByTile()
        let crossings = rowCrossings()
        var tiles = [UInt32](repeating: 0, count: walk.columns * walk.rows)
        var current = AreaToggle()
        var next = 0
        for row in 0..<walk.rows {
            current.reset()
            var word = IndexWords.uniform
            for column in 0..<walk.columns {
                let tile = row * walk.columns + column
                var changed = false
                while next < crossings.count, crossings[next].tile == tile {
                    current.toggle(crossings[next].area)
                    next += 1
                    changed = true
                }
                if changed { word = sets.number(of: current.inside) << 2 | IndexWords.uniform }
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
                    ) << 2 | IndexWords.cells
            }
        }
        return IndexMemory(
            originX: originX,
            originY: originY,
            shift: walk.shift,
            columns: walk.columns,
            rows: walk.rows,
            tiles: tiles,
            cells: cells,
            records: records.words,
            sets: sets
        )
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
