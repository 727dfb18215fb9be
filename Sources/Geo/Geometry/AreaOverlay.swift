public import Domain

/// What shapes have in common, computed by GEOS: for answers about areas rather than points.
///
/// Every call makes an engine of its own and throws it away, so calls may run side by side.
public enum AreaOverlay {
    /// How an area and a shape meet.
    public struct Meeting: Sendable, Hashable {
        /// Position in the list of areas given.
        public let index: Int
        /// Whether the area covers the whole shape.
        public let coversShape: Bool
        /// What both cover, in square metres; zero where they only touch.
        public let squareMetres: Double
    }

    /// Why a shape is no area; nil when it is one.
    public static func invalidity(of shape: AreaGeometry) throws(GeometryFault) -> String? {
        let engine = try GeometryEngine()
        return try engine.shape(of: shape).invalidity()?.reason
    }

    /// The areas that share a place with a shape.
    public static func meetings(of shape: AreaGeometry, with areas: [AreaGeometry]) throws(GeometryFault) -> [Meeting] {
        guard let box = shape.box else { return [] }
        let engine = try GeometryEngine()
        let asked = try engine.shape(of: shape)
        var meetings: [Meeting] = []
        for (index, area) in areas.enumerated() {
            guard let other = area.box, other.touches(box) else { continue }
            let ground = try engine.shape(of: area)
            guard try asked.touches(ground) else { continue }
            let common = try asked.intersection(ground).geometry()
            meetings.append(
                Meeting(index: index, coversShape: try ground.covers(asked), squareMetres: common.squareMetres)
            )
        }
        return meetings
    }

    /// What is left of a shape inside every area of one list and outside every area of another.
    public static func clip(
        _ shape: AreaGeometry,
        inside: [AreaGeometry],
        outside: [AreaGeometry] = []
    ) throws(GeometryFault) -> AreaGeometry {
        guard let box = shape.box else { return shape }
        let engine = try GeometryEngine()
        var rest = try engine.shape(of: shape)
        for area in inside { rest = try rest.intersection(try engine.shape(of: area)) }
        for area in outside {
            guard let other = area.box, other.touches(box) else { continue }
            rest = try rest.difference(try engine.shape(of: area))
        }
        return try rest.geometry()
    }

    /// Those of some places that a shape covers, border included.
    public static func places(_ places: [Coordinate], coveredBy shape: AreaGeometry) throws(GeometryFault)
        -> [Coordinate]
    {
        let engine = try GeometryEngine()
        let asked = try engine.shape(of: shape)
        var covered: [Coordinate] = []
        for place in places where try asked.covers(place) { covered.append(place) }
        return covered
    }
}
