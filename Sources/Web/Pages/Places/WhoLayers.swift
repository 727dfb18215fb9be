import Domain
import Foundation
import Hub

/// The list beside the map: each layer with its pattern, and what the place belongs to in it.
struct WhoLayers {
    /// An area in words, with how to reach whoever it stands for.
    struct Area {
        let name: String
        let body: String?
        let note: String?
        let phone: String?
        let phoneAddress: String?
        let url: String?
    }

    /// One layer.
    struct Row {
        let id: String
        let name: String
        let style: String
        let fill: String
        let source: String
        let here: String
        let isShown: Bool
        let areas: [Area]
        let hasAreas: Bool
        let missing: String?
        let doubt: String?
    }

    let rows: [Row]

    /// Layers without a place: the legend of the map.
    init(_ layers: [LayerName], shown: Set<String>, _ words: Words) {
        rows = layers.map { Self.row($0, among: layers, shown: shown, answer: nil, words) }
    }

    /// Layers with what a place belongs to.
    init(_ place: PlaceDescription, shown: Set<String>, _ words: Words) {
        let names = place.layers.map(\.name)
        rows = place.layers.map { Self.row($0.name, among: names, shown: shown, answer: $0, words) }
    }

    private static func row(
        _ layer: LayerName,
        among layers: [LayerName],
        shown: Set<String>,
        answer: PlaceDescription.Layer?,
        _ words: Words
    ) -> Row {
        let areas = answer?.areas.map { Self.area($0, words) } ?? []
        let isBase = layer == .municipality || layer == .upperTier
        return Row(
            id: layer.rawValue,
            name: LayerWords(words: words).name(layer),
            style: LayerWords.style(layer, among: layers),
            fill: LayerWords.pattern(layer, among: layers).map { "url(#pattern-\($0))" } ?? "none",
            source: "/api/v1/boundaries?layer=\(layer.rawValue)",
            here: answer?.areas.map(\.area.id.rawValue).joined(separator: ";") ?? "",
            isShown: isBase || shown.contains(layer.rawValue),
            areas: areas,
            hasAreas: !areas.isEmpty,
            missing: answer.flatMap { $0.areas.isEmpty ? Self.missing($0, words) : nil },
            doubt: areas.count > 1 ? words("who.several") : nil
        )
    }

    private static func area(_ area: PlaceDescription.Area, _ words: Words) -> Area {
        let body = area.body?.name.plain[words.language]
        // A municipality or a distributor is the body itself; a ward is a part of one.
        let jurisdiction = area.area.jurisdictionID?.rawValue
        let isBody = body != nil && (jurisdiction == nil || jurisdiction == area.area.id.rawValue)
        return Area(
            name: isBody ? body ?? area.area.name : area.area.name,
            body: isBody || body == area.area.name ? nil : body,
            note: area.body.flatMap { $0.isTenant ? nil : words("who.not-here") },
            phone: area.body?.phone.map { PhoneText($0).shown },
            phoneAddress: area.body?.phone.map { PhoneText($0).address },
            url: area.body?.url.flatMap { StopPage.safe($0) }
        )
    }

    /// What is said where no area covers the place.
    private static func missing(_ layer: PlaceDescription.Layer, _ words: Words) -> String {
        guard let nearest = layer.nearest.first else { return words("who.none-here") }
        return words(
            "who.nearest",
            ["area": nearest.area.name, "n": String(max(1, Int(nearest.metres.rounded())))]
        )
    }
}
