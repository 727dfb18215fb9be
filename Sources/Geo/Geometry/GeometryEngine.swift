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
    let handle: GEOSContextHandle_t
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

    func adopt(_ pointer: OpaquePointer?, _ attempt: String) throws(GeometryFault) -> Shape {
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
