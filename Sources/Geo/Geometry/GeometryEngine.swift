import CGEOS
import Domain

/// What GEOS could not do, in its own words.
public struct GeometryFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// GEOS's message, or what was being tried when it gave none.
    public let reason: String

    /// The reason.
    public var description: String { reason }
}

/// One GEOS context: everything made by it is used by one thread at a time and dies before it.
///
/// Not Sendable on purpose. A check or import makes its own and throws it away at the end.
final class GeometryEngine {
    fileprivate let handle: GEOSContextHandle_t
    private let message: UnsafeMutablePointer<String>

    /// - Throws: ``GeometryFault`` when GEOS can't start, for want of memory.
    init() throws(GeometryFault) {
        // NULL when memory is short.
        guard let handle = GEOS_init_r() else { throw GeometryFault(reason: "GEOS can't start") }
        self.handle = handle
        message = .allocate(capacity: 1)
        message.initialize(to: "")
        // Returns the handler set before; there is none.
        _ = GEOSContext_setErrorMessageHandler_r(
            handle,
            { text, box in
                guard let text, let box else { return }
                box.assumingMemoryBound(to: String.self).pointee = String(cString: text)
            },
            message
        )
    }

    deinit {
        GEOS_finish_r(handle)
        message.deinitialize(count: 1)
        message.deallocate()
    }

    /// The last message of GEOS as a fault.
    func fault(_ attempt: String) -> GeometryFault {
        defer { message.pointee = "" }
        return GeometryFault(reason: message.pointee.isEmpty ? attempt : "\(attempt): \(message.pointee)")
    }

    fileprivate func adopt(_ pointer: OpaquePointer?, _ attempt: String) throws(GeometryFault) -> Shape {
        guard let pointer else { throw fault(attempt) }
        return Shape(pointer, of: self)
    }

    /// A GEOS shape of an area.
    func shape(of geometry: AreaGeometry) throws(GeometryFault) -> Shape {
        var parts: [OpaquePointer?] = []
        do { for polygon in geometry.polygons { parts.append(try pointer(of: polygon)) } } catch {
            for part in parts { GEOSGeom_destroy_r(handle, part) }
            throw error
        }
        let count = UInt32(parts.count)
        // NULL on failure; takes the parts over either way. 6 is GEOS_MULTIPOLYGON.
        return try adopt(GEOSGeom_createCollection_r(handle, 6, &parts, count), "a polygon can't be built")
    }

    /// A GEOS point.
    func shape(of place: Coordinate) throws(GeometryFault) -> Shape {
        // NULL on failure.
        try adopt(GEOSGeom_createPointFromXY_r(handle, place.longitude, place.latitude), "a point can't be built")
    }

    private func pointer(of polygon: AreaGeometry.Polygon) throws(GeometryFault) -> OpaquePointer {
        var rings: [OpaquePointer?] = []
        for ring in polygon.rings {
            var numbers: [Double] = []
            numbers.reserveCapacity(ring.count * 2)
            for vertex in ring {
                numbers.append(vertex.longitude)
                numbers.append(vertex.latitude)
            }
            // NULL on failure; x and y only.
            let sequence = GEOSCoordSeq_copyFromBuffer_r(handle, numbers, UInt32(ring.count), 0, 0)
            // NULL on failure (a ring not closed); takes the sequence over either way.
            guard let sequence, let line = GEOSGeom_createLinearRing_r(handle, sequence) else {
                for ring in rings { GEOSGeom_destroy_r(handle, ring) }
                throw fault("a ring can't be built")
            }
            rings.append(line)
        }
        guard let outline = rings.first ?? nil else { throw GeometryFault(reason: "a polygon without outline") }
        var holes = Array(rings.dropFirst())
        let count = UInt32(holes.count)
        // NULL on failure; takes the rings over either way.
        guard let polygon = GEOSGeom_createPolygon_r(handle, outline, &holes, count) else {
            throw fault("a polygon can't be built")
        }
        return polygon
    }
}

/// A shape owned by GEOS, freed with this object.
final class Shape {
    fileprivate let pointer: OpaquePointer
    let engine: GeometryEngine
    private var prepared: OpaquePointer?

    fileprivate init(_ pointer: OpaquePointer, of engine: GeometryEngine) {
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

    private func prepare() throws(GeometryFault) -> OpaquePointer {
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

    private func point(_ pointer: OpaquePointer) -> Coordinate? {
        var x = 0.0
        var y = 0.0
        // 1 success, -1 or 0 on exception.
        guard GEOSGeomGetX_r(engine.handle, pointer, &x) == 1, GEOSGeomGetY_r(engine.handle, pointer, &y) == 1 else {
            return nil
        }
        return try? Coordinate(latitude: y, longitude: x)
    }
}
