import Domain
import Foundation

/// Draws one finding of a check: the areas around it, the ground in question, scale, north, names, latitude and longitude.
///
/// What is drawn is what was surveyed, vertex by vertex; nothing is smoothed. A strip too thin to be seen gets a second map around its
/// widest piece. With a decision, the ground is shaded by who answers on it.
public struct FindingPicture {
    static let colours = ["#1f5fa8", "#b35900", "#4d7a1f", "#7a3d99", "#806000", "#336b6b"]

    private let finding: BoundaryFinding
    private let features: [BoundaryFeature]
    private let decided: DecidedGrounds

    /// A picture of a finding among the features it was found in.
    ///
    /// - Parameter decided: The decided ground of the same generation, to shade by owner.
    public init(_ finding: BoundaryFinding, of features: [BoundaryFeature], decided: DecidedGrounds = .none) {
        self.finding = finding
        self.features = features.filter { $0.layer == finding.layer }
        self.decided = decided
    }

    /// The picture as SVG.
    ///
    /// - Parameter piece: Which of the listed pieces to show, from 1; nil shows the largest.
    /// - Throws: ``GeometryFault`` when GEOS gives up.
    public func svg(piece: Int? = nil) throws(GeometryFault) -> String {
        let engine = try GeometryEngine()
        let number = min(max((piece ?? 1) - 1, 0), max(finding.ground.polygons.count - 1, 0))
        let ground = AreaGeometry(polygons: finding.ground.polygons.isEmpty ? [] : [finding.ground.polygons[number]])
        let listed = finding.pieces.indices.contains(number) ? finding.pieces[number] : nil
        let place = listed?.place ?? finding.place
        var frames = [
            MapFrame(
                around: ground.box ?? CoordinateBox(place),
                width: 820,
                left: 40,
                top: 84,
                margin: 0.3,
                atLeastMetres: 60
            )
        ]
        if let width = listed?.widthMetres, width > 0, width < frames[0].metresPerUnit * 14 {
            frames.append(
                MapFrame(
                    around: CoordinateBox(place),
                    width: 820,
                    left: 40,
                    top: frames[0].top + frames[0].height + 58,
                    margin: 0,
                    atLeastMetres: max(width * 10, 20)
                )
            )
        }
        let height = MapFrame.number((frames.last ?? frames[0]).bottom + 34)
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 880 \(height)\" width=\"880\" height=\"\(height)\" "
                + "font-family=\"DejaVu Sans, Arial, sans-serif\" role=\"img\">",
            "<title>\(MapFrame.escaped(finding.id))</title>", "<defs>" + Self.hatching,
        ]
        for (index, frame) in frames.enumerated() { parts.append(frame.clipPath(named: "map\(index)")) }
        parts.append("</defs><rect width=\"880\" height=\"\(height)\" fill=\"#fff\"/>")
        parts += heading(number, listed)
        for (index, frame) in frames.enumerated() {
            if index == 1 { parts.append(MapFrame.text("Around \(place)", 40, frame.top - 10, size: 12)) }
            parts.append("<g clip-path=\"url(#map\(index))\">")
            parts += try map(frame, ground, place, number: index, engine)
            parts.append("</g>")
            parts += frame.furniture()
        }
        parts.append("</svg>")
        return parts.joined(separator: "\n") + "\n"
    }

    private static let hatching =
        "<pattern id=\"ground\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
        + "<rect width=\"8\" height=\"8\" fill=\"#f4b6b6\"/><path d=\"M0 0v8\" stroke=\"#b00020\" stroke-width=\"3\"/></pattern>"

    private func heading(_ number: Int, _ piece: BoundaryFinding.Piece?) -> [String] {
        let word = finding.kind.rawValue.replacingOccurrences(of: "_", with: " ")
        let size = BoundaryCheckReport.shown(finding.squareMetres)
        var second = "\(finding.layer) · \(finding.severity.rawValue) · at \(piece?.place ?? finding.place)"
        if finding.pieceCount > 1, let piece {
            second +=
                " · piece \(number + 1) of \(finding.pieceCount): \(BoundaryCheckReport.shown(piece.squareMetres)) m²"
        }
        var parts = [
            MapFrame.text(
                "\(word.prefix(1).uppercased() + word.dropFirst()), \(size) m²",
                40,
                26,
                size: 18,
                weight: "bold"
            ),
            MapFrame.text(second, 40, 46, size: 12), MapFrame.text(finding.id, 40, 64, size: 11, colour: "#555"),
        ]
        if let decision = finding.decision {
            let text = "decided: \(decision.summary)"
            parts.append(MapFrame.text(text, 860, 26, anchor: "end", size: 14, weight: "bold"))
            parts.append(
                MapFrame.text("\(decision.decidedBy), \(decision.decidedOn)", 860, 64, anchor: "end", size: 11)
            )
        }
        return parts
    }

    private func map(
        _ frame: MapFrame,
        _ ground: AreaGeometry,
        _ place: Coordinate,
        number: Int,
        _ engine: GeometryEngine
    ) throws(GeometryFault) -> [String] {
        var parts: [String] = []
        var outlines: [String] = []
        var labels: [String] = []
        let groundShape = try engine.shape(of: ground)
        for feature in features where feature.geometry.box?.touches(frame.surroundings) == true {
            let shape = try engine.shape(of: feature.geometry)
            let geometry = try shape.clipped(to: frame.surroundings).geometry()
            guard !geometry.polygons.isEmpty else { continue }
            let position = finding.owners.firstIndex { $0.id == feature.id }
            let colour = position.map { Self.colours[$0 % Self.colours.count] } ?? "#777"
            let data = frame.path(geometry)
            parts.append("<path d=\"\(data)\" fill=\"\(colour)\" fill-opacity=\"0.14\" fill-rule=\"evenodd\"/>")
            let dashes = position == 1 ? " stroke-dasharray=\"9 4\"" : ""
            let pen = position == nil ? "1" : "2.5"
            outlines.append("<path d=\"\(data)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(pen)\"\(dashes)/>")
            if position != nil { outlines += frame.vertices(geometry, colour) }
            let visible = try shape.clipped(to: frame.box)
            let own = ground.polygons.isEmpty ? visible : try visible.difference(groundShape)
            guard let inside = try own.placeInside() else { continue }
            let at = frame.point(inside)
            labels.append(
                MapFrame.text(feature.name, at.x, at.y, anchor: "middle", size: 14, weight: "bold", colour: colour)
            )
            guard feature.name != feature.id.rawValue else { continue }
            labels.append(
                MapFrame.text(feature.id.rawValue, at.x, at.y + 15, anchor: "middle", size: 11, colour: colour)
            )
        }
        parts += GroundShading(finding, features: features, decided: decided).parts(frame, ground, number: number)
        parts += outlines
        if ground.polygons.isEmpty || number == 0 && ground.box.map(frame.isSmall) == true {
            let at = frame.point(place)
            parts.append(
                "<circle cx=\"\(MapFrame.number(at.x))\" cy=\"\(MapFrame.number(at.y))\" r=\"12\" fill=\"none\" stroke=\"#b00020\" stroke-width=\"3\"/>"
            )
        }
        return parts + labels
    }
}
