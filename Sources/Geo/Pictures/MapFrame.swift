import Domain
import Foundation

/// A piece of the earth on a page: which box is shown, how large a metre is, and the words of SVG for it.
struct MapFrame {
    /// The part of the earth shown.
    let box: CoordinateBox
    /// Size of the map on the page.
    let width: Double
    let height: Double
    /// Left and upper edge of the map on the page.
    let left: Double
    let top: Double
    /// Metres of one unit of the page.
    let metresPerUnit: Double
    private let scale: GroundScale

    /// A frame of a stated width around a box, which is widened until it has a useful shape and margin.
    init(
        around inner: CoordinateBox,
        width: Double,
        left: Double,
        top: Double,
        margin: Double,
        atLeastMetres least: Double
    ) {
        let centre = inner.centre
        scale = GroundScale(around: centre)
        let across = Double(inner.east - inner.west) * scale.metresPerLongitudeNano
        let up = Double(inner.north - inner.south) * scale.metresPerLatitudeNano
        // Never taller than three quarters of its width, so that a page shows it whole.
        let shownAcross = max(across * (1 + 2 * margin), up * (1 + 2 * margin) / 0.75, least)
        let shownUp = max(up * (1 + 2 * margin), shownAcross * 0.5)
        let halfEast = Int64(shownAcross / 2 / scale.metresPerLongitudeNano)
        let halfNorth = Int64(shownUp / 2 / scale.metresPerLatitudeNano)
        var box = CoordinateBox(
            Coordinate(
                trustedLatitudeNano: max(centre.latitudeNano - halfNorth, -90_000_000_000),
                longitudeNano: max(centre.longitudeNano - halfEast, -180_000_000_000)
            )
        )
        box.include(
            Coordinate(
                trustedLatitudeNano: min(centre.latitudeNano + halfNorth, 90_000_000_000),
                longitudeNano: min(centre.longitudeNano + halfEast, 180_000_000_000)
            )
        )
        self.box = box
        self.width = width
        self.left = left
        self.top = top
        metresPerUnit = shownAcross / width
        height = shownUp / metresPerUnit
    }

    /// The part of the earth shown and a little around it: clipped to that, no edge of the clipping is seen.
    var surroundings: CoordinateBox {
        var wider = box
        let (up, across) = ((box.north - box.south) / 10, (box.east - box.west) / 10)
        wider.include(
            Coordinate(
                trustedLatitudeNano: max(box.south - up, -90_000_000_000),
                longitudeNano: max(box.west - across, -180_000_000_000)
            )
        )
        wider.include(
            Coordinate(
                trustedLatitudeNano: min(box.north + up, 90_000_000_000),
                longitudeNano: min(box.east + across, 180_000_000_000)
            )
        )
        return wider
    }

    /// Where a place lies on the page.
    func point(_ place: Coordinate) -> (x: Double, y: Double) {
        (
            left + Double(place.longitudeNano - box.west) * scale.metresPerLongitudeNano / metresPerUnit,
            top + Double(box.north - place.latitudeNano) * scale.metresPerLatitudeNano / metresPerUnit
        )
    }

    /// Lower edge of the map on the page.
    var bottom: Double { top + height }

    /// Whether something of this size would hardly be seen.
    func isSmall(_ other: CoordinateBox) -> Bool {
        (other.east - other.west) * 60 < box.east - box.west && (other.north - other.south) * 60 < box.north - box.south
    }

    /// The frame as something to clip by.
    func clipPath(named name: String) -> String {
        "<clipPath id=\"\(name)\"><rect x=\"\(Self.number(left))\" y=\"\(Self.number(top))\" width=\"\(Self.number(width))\" "
            + "height=\"\(Self.number(height))\"/></clipPath>"
    }

    /// Small dots where the surveyors measured, unless there are so many that they would hide the line.
    func vertices(_ geometry: AreaGeometry, _ colour: String) -> [String] {
        let places = geometry.polygons.flatMap(\.rings).flatMap { $0.dropFirst() }
        guard places.count <= 300 else { return [] }
        return places.map { place in
            let at = point(place)
            return "<circle cx=\"\(Self.number(at.x))\" cy=\"\(Self.number(at.y))\" r=\"2.5\" fill=\"\(colour)\"/>"
        }
    }

    /// Outlines and holes as path data, to be filled even-odd.
    func path(_ geometry: AreaGeometry) -> String {
        geometry.polygons.flatMap(\.rings).map { line($0) + "Z" }.joined()
    }

    /// A line as path data; vertices nearer than a tenth of a unit to the one before are left out.
    func line(_ places: [Coordinate]) -> String {
        var data = ""
        var last: (x: Double, y: Double)?
        for place in places {
            let next = point(place)
            if let last, abs(last.x - next.x) < 0.1, abs(last.y - next.y) < 0.1 { continue }
            data += "\(data.isEmpty ? "M" : "L")\(Self.number(next.x)) \(Self.number(next.y))"
            last = next
        }
        return data
    }

    /// Frame, degrees along its edges, scale bar and north arrow.
    func furniture() -> [String] {
        var parts = [
            "<rect x=\"\(Self.number(left))\" y=\"\(Self.number(top))\" width=\"\(Self.number(width))\" "
                + "height=\"\(Self.number(height))\" fill=\"none\" stroke=\"#333\"/>"
        ]
        for share in [0.1, 0.5, 0.9] {
            let longitude = box.west + Int64(Double(box.east - box.west) * share)
            let latitude = box.south + Int64(Double(box.north - box.south) * share)
            let x = left + width * share
            let y = top + height * (1 - share)
            parts.append(
                "<path d=\"M\(Self.number(x)) \(Self.number(top + height))v5M\(Self.number(left)) \(Self.number(y))h-5\" stroke=\"#333\"/>"
            )
            parts.append(Self.text(Self.degrees(longitude), x, top + height + 18, anchor: "middle", size: 11))
            parts.append(
                "<text transform=\"translate(\(Self.number(left - 9)) \(Self.number(y))) rotate(-90)\" font-size=\"11\" text-anchor=\"middle\">\(Self.degrees(latitude))</text>"
            )
        }
        let bar = Self.barLength(metresPerUnit * width / 4)
        let length = bar / metresPerUnit
        let (x, y) = (left + 14, top + height - 14)
        parts.append(
            "<path d=\"M\(Self.number(x)) \(Self.number(y - 6))v6h\(Self.number(length))v-6\" fill=\"none\" stroke=\"#000\" stroke-width=\"2\"/>"
        )
        parts.append(
            Self.text(bar >= 1_000 ? "\(Int(bar / 1_000)) km" : "\(Self.number(bar)) m", x + 4, y - 8, size: 12)
        )
        let (nx, ny) = (left + width - 24, top + 40)
        parts.append("<path d=\"M\(Self.number(nx)) \(Self.number(ny - 24))l7 22l-7 -5l-7 5z\" fill=\"#000\"/>")
        parts.append(Self.text("N", nx, ny + 12, anchor: "middle", size: 13, weight: "bold"))
        return parts
    }

    private static func degrees(_ nano: Int64) -> String {
        String(format: "%.5f", locale: Locale(identifier: "en_US_POSIX"), Double(nano) / 1e9)
    }

    /// 1, 2 or 5 times a power of ten, at most the length given.
    private static func barLength(_ most: Double) -> Double {
        let power = pow(10, floor(log10(max(most, 1e-6))))
        return [5, 2, 1].map { $0 * power }.first { $0 <= most } ?? power
    }

    /// A number short enough for a file that people may read.
    static func number(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }

    /// A text on the page; a white rim keeps it readable on any ground.
    static func text(
        _ text: String,
        _ x: Double,
        _ y: Double,
        anchor: String = "start",
        size: Int = 12,
        weight: String = "normal",
        colour: String = "#000"
    ) -> String {

        "<text x=\"\(number(x))\" y=\"\(number(y))\" font-size=\"\(size)\" text-anchor=\"\(anchor)\" font-weight=\"\(weight)\" "
            + "fill=\"\(colour)\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">\(escaped(text))</text>"
    }

    /// A text with what XML must not see escaped.
    static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
