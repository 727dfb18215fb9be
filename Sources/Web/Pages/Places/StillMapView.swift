import Domain
import Foundation
import Hub
import Storage

/// The still map as its template draws it: paths, names and the pin on a sheet of 1000 by 750 units.
struct StillMapView {
    /// A path with its class.
    struct Shape {
        let style: String
        let fill: String
        let path: String
    }

    /// A name on the map.
    struct Label {
        let x: String
        let y: String
        let text: String
    }

    /// A link to the same map, wider or closer.
    struct Scale {
        let text: String
        let address: String
        let isCurrent: Bool
    }

    let title: String
    let shapes: [Shape]
    let roads: [Shape]
    let labels: [Label]
    let pinX: String
    let pinY: String
    let hasPin: Bool
    let barWidth: String
    let barText: String
    let scales: [Scale]
    let hasScales: Bool
    let hasRoads: Bool

    /// A view of a drawing.
    ///
    /// - Parameter here: Areas the place belongs to; they alone are filled. Without a place every area is.
    init(
        _ map: StillMap,
        pin: Coordinate?,
        here: [CoveringArea],
        layers: [LayerName],
        scales: [Scale],
        title: String
    ) {
        self.title = title
        let point = pin.map { map.window.position(of: $0) }
        // Fills first, lines over them.
        let ordered = map.areas.sorted { Self.height($0.layer) < Self.height($1.layer) }
        shapes = ordered.map { area in
            let isHere = here.contains { $0.layer == area.layer && $0.id == area.id }
            let isFilled = isHere || pin == nil
            return Shape(
                style: LayerWords.style(area.layer, among: layers) + (isHere ? " here" : ""),
                fill: isFilled
                    ? LayerWords.pattern(area.layer, among: layers).map { "url(#pattern-\($0))" } ?? "none" : "none",
                path: area.path
            )
        }
        roads = map.roads.map { Shape(style: "road \($0.ownerKind.rawValue)", fill: "none", path: $0.path) }
        labels = Self.names(map.areas.filter { $0.layer != .upperTier }, pin: point)
        pinX = Self.text((point?.x ?? 0) - 14)
        pinY = Self.text((point?.y ?? 0) - 14)
        hasPin = point != nil
        let (metres, units) = Self.bar(map.window.groundMetres)
        barWidth = Self.text(units)
        barText = metres >= 1_000 ? "\(metres / 1_000)\u{A0}km" : "\(metres)\u{A0}m"
        self.scales = scales
        hasScales = !scales.isEmpty
        hasRoads = !roads.isEmpty
    }

    /// Lines of the municipalities lie over every fill.
    private static func height(_ layer: LayerName) -> Int {
        switch layer {
        case .municipality: 1
        case .upperTier: 2
        default: 0
        }
    }

    /// Names that fit: one for each area, none over another.
    private static func names(_ areas: [DrawnArea], pin: (x: Double, y: Double)?) -> [Label] {
        var taken: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []
        var labels: [Label] = []
        for area in areas.sorted(by: { height($0.layer) > height($1.layer) }) {
            let half = Double(area.name.count) * 8.5
            var (x, y) = area.label
            guard (-100...1_100).contains(x), (125...875).contains(y) else { continue }
            x = min(max(x, half + 8), 992 - half)
            y = min(max(y, 155), 850)
            if let pin, abs(pin.x - x) < half + 20, abs(pin.y - y) < 40 { y = pin.y - 44 }
            let (across, down) = (x - half...x + half, y - 24...y + 8)
            guard !taken.contains(where: { $0.x.overlaps(across) && $0.y.overlaps(down) }) else { continue }
            taken.append((across, down))
            labels.append(Label(x: text(x), y: text(y), text: area.name))
        }
        return labels
    }

    /// A round length that takes up to a quarter of the sheet.
    private static func bar(_ ground: Double) -> (metres: Int, units: Double) {
        let steps = [20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]
        let metres = steps.last { Double($0) <= ground / 4 } ?? 10
        return (metres, Double(metres) / max(ground, 1) * MapWindow.units)
    }

    private static func text(_ value: Double) -> String { String(Int(value.rounded())) }
}
