import Domain

/// Layers as people read them, and the pattern each is drawn with.
struct LayerWords: Sendable {
    /// How many patterns there are; each has a shape of its own, so that none needs its colour to be told apart.
    static let patterns = 8

    let words: Words

    /// The layer's name: from the words where the field knows the layer, otherwise as the file spells it.
    func name(_ layer: LayerName) -> String {
        words.texts["layer.\(layer.rawValue)"] ?? layer.rawValue.replacing("_", with: " ")
    }

    /// Number of the layer's pattern, from 1; the two layers that are drawn as lines have none.
    static func pattern(_ layer: LayerName, among layers: [LayerName]) -> Int? {
        let filled = layers.filter { $0 != .municipality && $0 != .upperTier }
        return filled.firstIndex(of: layer).map { $0 % patterns + 1 }
    }

    /// Class of the layer's shapes in the stylesheet.
    static func style(_ layer: LayerName, among layers: [LayerName]) -> String {
        switch layer {
        case .municipality: "boundary"
        case .upperTier: "boundary upper"
        default: "layer-\(pattern(layer, among: layers) ?? 1)"
        }
    }
}
