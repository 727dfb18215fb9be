import CGEOS
import Domain

/// A shape owned by GEOS, freed with this object.
final class Shape {
    let pointer: OpaquePointer
    let engine: GeometryEngine
    private var prepared: OpaquePointer?

    init(_ pointer: OpaquePointer, of engine: GeometryEngine) {
        self.pointer = pointer
        self.engine = engine
    }

    deinit {
        if let prepared { GEOSPreparedGeom_destroy_r(engine.handle, prepared) }
        GEOSGeom_destroy_r(engine.handle, pointer)
    }

    /// Why the shape is invalid and where; nil when it is valid.
    func invalidity() throws(GeometryFault) -> (reason: String, place: Coordinate?)? {
        var reason: UnsafeMutablePointer<CChar>?
        var location: OpaquePointer?
        // 1 valid, 0 invalid, 2 exception; reason and location are ours to free.
        let result = GEOSisValidDetail_r(engine.handle, pointer, 0, &reason, &location)
        defer {
            if let reason { GEOSFree_r(engine.handle, reason) }
            if let location { GEOSGeom_destroy_r(engine.handle, location) }
        }
        switch result {
        case 1: return nil
        case 0: return (reason.map { String(cString: $0) } ?? "invalid", location.flatMap { point($0) })
        default: throw engine.fault("validity can't be told")
        }
    }

    /// The same surface as a valid shape; what has collapsed to a line is dropped.
    func madeValid() throws(GeometryFault) -> Shape {
        // NULL when memory is short.
        guard let how = GEOSMakeValidParams_create_r(engine.handle) else { throw engine.fault("repair") }
        defer { GEOSMakeValidParams_destroy_r(engine.handle, how) }
        // 1 success, 0 exception: an unknown method, which this is not.
        _ = GEOSMakeValidParams_setMethod_r(engine.handle, how, GEOS_MAKE_VALID_STRUCTURE)
        // 1 success, 0 exception, which this can't be.
        _ = GEOSMakeValidParams_setKeepCollapsed_r(engine.handle, how, 0)
        // NULL on exception.
        return try engine.adopt(GEOSMakeValidWithParams_r(engine.handle, pointer, how), "the shape can't be repaired")
    }

    /// A place inside the shape; nil when it is empty.
    func placeInside() throws(GeometryFault) -> Coordinate? {
        // NULL on exception; an empty point for an empty shape.
        let inside = try engine.adopt(GEOSPointOnSurface_r(engine.handle, pointer), "no place inside can be found")
        return point(inside.pointer)
    }

    /// The polygons of this shape; lines and points are left out.
    func geometry() throws(GeometryFault) -> AreaGeometry {
        var polygons: [AreaGeometry.Polygon] = []
        try collect(pointer, &polygons)
        return AreaGeometry(polygons: polygons)
    }

    func prepare() throws(GeometryFault) -> OpaquePointer {
        if let prepared { return prepared }
        // NULL on exception; refers to the shape, which outlives it.
        guard let made = GEOSPrepare_r(engine.handle, pointer) else { throw engine.fault("a shape can't be prepared") }
        prepared = made
        return made
    }

    private func collect(_ pointer: OpaquePointer, _ polygons: inout [AreaGeometry.Polygon]) throws(GeometryFault) {
        let handle = engine.handle
        // The type, -1 on exception: 3 polygon, 6 and 7 collections that may hold polygons.
        switch GEOSGeomTypeId_r(handle, pointer) {
        case 3:
            // 1 true, 0 false, 2 exception.
            guard GEOSisEmpty_r(handle, pointer) == 0 else { return }
            var rings: [AreaGeometry.Ring] = []
            // NULL on exception; owned by the polygon.
            rings.append(try ring(GEOSGetExteriorRing_r(handle, pointer)))
            // -1 on exception.
            for index in 0..<max(GEOSGetNumInteriorRings_r(handle, pointer), 0) {
                rings.append(try ring(GEOSGetInteriorRingN_r(handle, pointer, index)))
            }
            polygons.append(AreaGeometry.Polygon(rings: rings))
        case 6, 7:
            // -1 on exception.
            for index in 0..<max(GEOSGetNumGeometries_r(handle, pointer), 0) {
                // NULL on exception; owned by the collection.
                guard let part = GEOSGetGeometryN_r(handle, pointer, index) else { throw engine.fault("a part") }
                try collect(part, &polygons)
            }
        default: return
        }
    }

    private func ring(_ pointer: OpaquePointer?) throws(GeometryFault) -> AreaGeometry.Ring {
        let handle = engine.handle
        var count: UInt32 = 0
        // The sequence is NULL on exception and owned by the ring; getSize is 0 on exception.
        guard let pointer, let sequence = GEOSGeom_getCoordSeq_r(handle, pointer),
            GEOSCoordSeq_getSize_r(handle, sequence, &count) == 1
        else { throw engine.fault("a ring can't be read") }
        var numbers = [Double](repeating: 0, count: Int(count) * 2)
        // 0 on exception.
        guard GEOSCoordSeq_copyToBuffer_r(handle, sequence, &numbers, 0, 0) == 1 else {
            throw engine.fault("a ring can't be read")
        }
        return (0..<Int(count)).map { index in
            Coordinate(
                trustedLatitudeNano: Int64((numbers[index * 2 + 1] * 1e9).rounded()),
                longitudeNano: Int64((numbers[index * 2] * 1e9).rounded())
            )
        }
    }

    func point(_ pointer: OpaquePointer) -> Coordinate? {
        var x = 0.0
        var y = 0.0
        // 1 success, -1 or 0 on exception.
        guard GEOSGeomGetX_r(engine.handle, pointer, &x) == 1, GEOSGeomGetY_r(engine.handle, pointer, &y) == 1 else {
            return nil
        }
        return try? Coordinate(latitude: y, longitude: x)
    }
}
