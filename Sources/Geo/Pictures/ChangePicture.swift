public import Domain
import Foundation

/// Draws what changes between two sets of boundaries: old and new outline, the ground that changes hands, and what moves with it.
public struct ChangePicture {
    /// A thing that changes hands: an open request, a past one, an address.
    public struct Mark: Sendable, Hashable {
        /// Where it is.
        public let place: Coordinate
        /// Which list of the legend it belongs to.
        public let kind: Kind

        /// Kinds of things, each with its own sign.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// A service request that is still open.
            case openRequest = "open request"
            /// A service request that is closed.
            case pastRequest = "past request"
            /// A civic address.
            case address
        }

        /// A mark.
        public init(_ kind: Kind, at place: Coordinate) {
            self.place = place
            self.kind = kind
        }
    }

    private let old: [BoundaryFeature]
    private let new: [BoundaryFeature]
    private let changes: [GroundChange]
    private let marks: [Mark]

    /// A picture of one layer.
    ///
    /// - Parameter marks: Things that change hands; at most some thousands, or nobody sees anything.
    public init(
        _ layer: LayerName,
        from old: [BoundaryFeature],
        to new: [BoundaryFeature],
        changes: [GroundChange],
        marks: [Mark]
    ) {
        self.old = old.filter { $0.layer == layer }
        self.new = new.filter { $0.layer == layer }
        self.changes = changes.filter { $0.layer == layer }
        self.marks = marks
    }

    /// The picture as SVG, around the changed ground and the marks; around everything when nothing changes.
    ///
    /// - Throws: ``GeometryFault`` when GEOS gives up.
    public func svg(title: String) throws(GeometryFault) -> String {
        let engine = try GeometryEngine()
        guard let around else { return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>\n" }
        let frame = MapFrame(around: around, width: 820, left: 40, top: 60, margin: 0.15, atLeastMetres: 200)
        let legendTop = frame.top + frame.height + 44
        let height = legendTop + 26
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 880 \(MapFrame.number(height))\" width=\"880\" "
                + "height=\"\(MapFrame.number(height))\" font-family=\"DejaVu Sans, Arial, sans-serif\" role=\"img\">",
            "<title>\(MapFrame.escaped(title))</title>",
            "<defs>\(frame.clipPath(named: "map"))</defs>",
            "<rect width=\"880\" height=\"\(MapFrame.number(height))\" fill=\"#fff\"/>",
            MapFrame.text(title, 40, 34, size: 17, weight: "bold"), "<g clip-path=\"url(#map)\">",
        ]
        for change in changes {
            parts.append(
                "<path d=\"\(frame.path(change.ground))\" fill=\"#ffd24d\" fill-opacity=\"0.8\" fill-rule=\"evenodd\"/>"
            )
        }
        parts += try outlines(old, frame, engine, "stroke=\"#1f5fa8\" stroke-width=\"3\"")
        parts += try outlines(new, frame, engine, "stroke=\"#b00020\" stroke-width=\"1.8\" stroke-dasharray=\"7 4\"")
        for mark in marks { parts.append(Self.sign(mark.kind, frame.point(mark.place))) }
        parts += try labels(frame, engine)
        parts.append("</g>")
        parts += frame.furniture()
        parts += legend(legendTop)
        parts.append("</svg>")
        return parts.joined(separator: "\n") + "\n"
    }

    private var around: CoordinateBox? {
        var box: CoordinateBox?
        let boxes = changes.compactMap(\.ground.box) + marks.map { CoordinateBox($0.place) }
        for next in boxes.isEmpty ? new.compactMap(\.geometry.box) : boxes {
            if box == nil { box = next } else { box?.include(next) }
        }
        return box
    }

    private func outlines(_ features: [BoundaryFeature], _ frame: MapFrame, _ engine: GeometryEngine, _ pen: String)
        throws(GeometryFault) -> [String]
    {
        var parts: [String] = []
        for feature in features where feature.geometry.box?.touches(frame.box) == true {
            let visible = try engine.shape(of: feature.geometry).clipped(to: frame.surroundings).geometry()
            guard !visible.polygons.isEmpty else { continue }
            parts.append("<path d=\"\(frame.path(visible))\" fill=\"none\" \(pen)/>")
        }
        return parts
    }

    private func labels(_ frame: MapFrame, _ engine: GeometryEngine) throws(GeometryFault) -> [String] {
        var parts: [String] = []
        for feature in new where feature.geometry.box?.touches(frame.box) == true {
            let visible = try engine.shape(of: feature.geometry).clipped(to: frame.box)
            guard let place = try visible.placeInside() else { continue }
            let at = frame.point(place)
            parts.append(MapFrame.text(feature.name, at.x, at.y, anchor: "middle", size: 14, weight: "bold"))
        }
        return parts
    }

    private static func sign(_ kind: Mark.Kind, _ at: (x: Double, y: Double)) -> String {
        let (x, y) = (MapFrame.number(at.x), MapFrame.number(at.y))
        switch kind {
        case .openRequest: return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"5\" fill=\"#b00020\" stroke=\"#fff\"/>"
        case .pastRequest:
            return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4\" fill=\"#fff\" stroke=\"#b00020\" stroke-width=\"2\"/>"
        case .address: return "<path d=\"M\(x) \(y)m-3 -3h6v6h-6z\" fill=\"#333\" fill-opacity=\"0.7\"/>"
        }
    }

    private func legend(_ top: Double) -> [String] {
        var parts: [String] = []
        var x = 40.0
        func entry(_ sign: String, _ text: String) {
            parts.append(sign)
            parts.append(MapFrame.text(text, x + 34, top + 4, size: 12))
            x += 48 + Double(text.count) * 7.2
        }
        let y = MapFrame.number(top)
        entry("<path d=\"M\(MapFrame.number(x)) \(y)h28\" stroke=\"#1f5fa8\" stroke-width=\"3\"/>", "old border")
        entry(
            "<path d=\"M\(MapFrame.number(x)) \(y)h28\" stroke=\"#b00020\" stroke-width=\"1.8\" stroke-dasharray=\"7 4\"/>",
            "new border"
        )
        entry(
            "<rect x=\"\(MapFrame.number(x + 6))\" y=\"\(MapFrame.number(top - 7))\" width=\"20\" height=\"14\" fill=\"#ffd24d\"/>",
            "changes hands"
        )
        for kind in Mark.Kind.allCases {
            let count = marks.count { $0.kind == kind }
            if count > 0 { entry(Self.sign(kind, (x + 16, top)), "\(kind.rawValue) (\(count))") }
        }
        return parts
    }
}
