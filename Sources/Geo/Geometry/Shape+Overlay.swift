import CGEOS
import Domain

extension Shape {
    /// What both cover.
    func intersection(_ other: Shape) throws(GeometryFault) -> Shape {
        // NULL on exception.
        try engine.adopt(GEOSIntersection_r(engine.handle, pointer, other.pointer), "an overlap can't be computed")
    }

    /// What this covers and the other does not.
    func difference(_ other: Shape) throws(GeometryFault) -> Shape {
        // NULL on exception.
        try engine.adopt(GEOSDifference_r(engine.handle, pointer, other.pointer), "a difference can't be computed")
    }

    /// Everything the parts cover.
    func union() throws(GeometryFault) -> Shape {
        // NULL on exception.
        try engine.adopt(GEOSUnaryUnion_r(engine.handle, pointer), "a union can't be computed")
    }

    /// What lies inside a box; quick, and good enough to draw.
    func clipped(to box: CoordinateBox) throws(GeometryFault) -> Shape {
        let (west, south) = (Double(box.west) / 1e9, Double(box.south) / 1e9)
        let (east, north) = (Double(box.east) / 1e9, Double(box.north) / 1e9)
        // NULL on exception.
        return try engine.adopt(
            GEOSClipByRect_r(engine.handle, pointer, west, south, east, north),
            "a shape can't be clipped"
        )
    }

    /// The outline: all rings as lines.
    func border() throws(GeometryFault) -> Shape {
        // NULL on exception.
        try engine.adopt(GEOSBoundary_r(engine.handle, pointer), "an outline can't be computed")
    }

    /// Whether the two share a place; quick when asked again and again.
    func touches(_ other: Shape) throws(GeometryFault) -> Bool {
        // 1 true, 0 false, 2 exception.
        switch GEOSPreparedIntersects_r(engine.handle, try prepare(), other.pointer) {
        case 0: false
        case 1: true
        default: throw engine.fault("two shapes can't be compared")
        }
    }

    /// Whether the other lies in this one, border included; quick when asked again and again.
    func covers(_ other: Shape) throws(GeometryFault) -> Bool {
        // 1 true, 0 false, 2 exception.
        switch GEOSPreparedCovers_r(engine.handle, try prepare(), other.pointer) {
        case 0: false
        case 1: true
        default: throw engine.fault("two shapes can't be compared")
        }
    }

    /// Whether a place lies in this one, border included; the judge of our own index.
    func covers(_ place: Coordinate) throws(GeometryFault) -> Bool { try covers(try engine.shape(of: place)) }

    /// Whether the other lies within a distance in degrees; quick when asked again and again.
    func isWithin(_ degrees: Double, of other: Shape) throws(GeometryFault) -> Bool {
        // 1 true, 0 false, 2 exception.
        switch GEOSPreparedDistanceWithin_r(engine.handle, try prepare(), other.pointer, degrees) {
        case 0: false
        case 1: true
        default: throw engine.fault("two shapes can't be compared")
        }
    }

    /// The place of this shape nearest to another; nil when one of them is empty.
    func nearestPlace(to other: Shape) throws(GeometryFault) -> Coordinate? {
        // NULL on exception or when a shape is empty; two points, ours to free: the first on this shape.
        guard let sequence = GEOSNearestPoints_r(engine.handle, pointer, other.pointer) else { return nil }
        defer { GEOSCoordSeq_destroy_r(engine.handle, sequence) }
        var x = 0.0
        var y = 0.0
        // 0 on exception.
        guard GEOSCoordSeq_getXY_r(engine.handle, sequence, 0, &x, &y) == 1 else {
            throw engine.fault("the nearest place can't be found")
        }
        return try? Coordinate(latitude: y, longitude: x)
    }
}
