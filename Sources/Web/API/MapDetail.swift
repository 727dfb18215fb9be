import Foundation

/// How fine a drawing of outlines is: the width of the grid that its points are snapped to.
///
/// A ladder of few widths, so that few drawings of a layer are kept and neighbours that were asked for alike fit together.
enum MapDetail: Int, Sendable, Hashable, CaseIterable {
    case continent = 4
    case province = 6
    case region = 8
    case county = 10
    case town = 12
    case quarter = 14
    case street = 17
    /// As imported; only points on a straight line between their neighbours are left out.
    case exact = 99

    /// The coarsest detail that is fine enough for a zoom of a web map.
    init(zoom: Int) {
        self = Self.allCases.first { zoom <= $0.rawValue } ?? .street
        if self == .exact { self = .street }
    }

    /// The coarsest detail whose points lie no further than so many metres from where they were, measured at the equator, where a degree of
    /// longitude is longest.
    init(toleranceMetres: Double) {
        self =
            Self.allCases.first { Double($0.step) / 1e9 * 111_320 / 2 * 2.0.squareRoot() <= toleranceMetres } ?? .exact
    }

    /// Width of the grid in billionths of a degree: half a pixel of 256-pixel tiles.
    var step: Int64 { self == .exact ? 1 : Int64(360e9 / Double(512 << rawValue)) }
}
