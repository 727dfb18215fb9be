public import Domain
import Foundation

/// Where the surveys of a generation don't fit together: looked at before it is activated.
public struct BoundaryCheckReport: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Places claimed by two areas of a layer, the largest first.
    public var overlaps: [Overlap] = []
    /// Places inside a layer that no area claims, the largest first.
    public var gaps: [Gap] = []
    /// Parts of municipalities on the wrong side of the upper tier's border, the largest first.
    public var strays: [Stray] = []

    /// Two areas that claim the same ground.
    public struct Overlap: Sendable, Hashable, Codable {
        /// The layer of both.
        public let layer: LayerName
        /// The area that comes first in the stated order.
        public let first: AreaID
        /// The other.
        public let second: AreaID
        /// Surface claimed twice, in square metres.
        public let squareMetres: Double
        /// How many separate pieces it has.
        public let pieceCount: Int
        /// The largest pieces.
        public let pieces: [Piece]

        private enum CodingKeys: String, CodingKey {
            case layer, first, second, pieces
            case squareMetres = "square_metres"
            case pieceCount = "piece_count"
        }
    }

    /// Ground inside a layer that nobody claims.
    public struct Gap: Sendable, Hashable, Codable {
        /// The layer.
        public let layer: LayerName
        /// A place in it.
        public let place: Coordinate
        /// Its surface in square metres.
        public let squareMetres: Double
        /// The areas around it.
        public let neighbours: [AreaID]
        /// Whether it is closed in on all sides; else it opens to the upper tier's border.
        public let isEnclosed: Bool
        /// Whether the upper tier claims it; nil when the generation has no upper tier.
        public let isInUpperTier: Bool?

        private enum CodingKeys: String, CodingKey {
            case layer, place, neighbours
            case squareMetres = "square_metres"
            case isEnclosed = "is_enclosed"
            case isInUpperTier = "is_in_upper_tier"
        }
    }

    /// A part of a municipality on the other side of the upper tier's border than the rest of it.
    public struct Stray: Sendable, Hashable, Codable {
        /// The municipality.
        public let area: AreaID
        /// Whether the part lies outside the upper tier (and the rest inside) or the other way round.
        public let isOutside: Bool
        /// Its surface in square metres.
        public let squareMetres: Double
        /// How many separate pieces it has.
        public let pieceCount: Int
        /// The largest pieces.
        public let pieces: [Piece]

        private enum CodingKeys: String, CodingKey {
            case area, pieces
            case isOutside = "is_outside"
            case squareMetres = "square_metres"
            case pieceCount = "piece_count"
        }
    }

    /// One piece of ground.
    public struct Piece: Sendable, Hashable, Codable {
        /// A place in it.
        public let place: Coordinate
        /// Its surface in square metres.
        public let squareMetres: Double

        private enum CodingKeys: String, CodingKey {
            case place
            case squareMetres = "square_metres"
        }
    }

    /// The report for a person, one line for each finding.
    public var description: String {
        var lines: [String] = []
        for overlap in overlaps {
            let place = overlap.pieces.first.map { ", largest at \($0.place)" } ?? ""
            lines.append(
                "overlap \(overlap.layer) \(overlap.first) and \(overlap.second): \(Self.shown(overlap.squareMetres)) m² in "
                    + "\(overlap.pieceCount) piece(s)\(place)"
            )
        }
        for gap in gaps {
            let neighbours = gap.neighbours.map(\.rawValue).joined(separator: ", ")
            lines.append(
                "gap \(gap.layer) at \(gap.place): \(Self.shown(gap.squareMetres)) m² between \(neighbours)"
                    + (gap.isInUpperTier == false ? ", not in the upper tier either" : "")
                    + (gap.isEnclosed ? "" : ", open to the upper tier's border")
            )
        }
        for stray in strays {
            let place = stray.pieces.first.map { ", largest at \($0.place)" } ?? ""
            lines.append(
                "\(stray.isOutside ? "outside" : "inside") the upper tier: \(Self.shown(stray.squareMetres)) m² of "
                    + "\(stray.area) in \(stray.pieceCount) piece(s)\(place)"
            )
        }
        return lines.isEmpty
            ? "no overlap, no gap, nothing across the upper tier's border" : lines.joined(separator: "\n")
    }

    private static func shown(_ squareMetres: Double) -> String {
        String(format: squareMetres < 100 ? "%.2f" : "%.0f", squareMetres)
    }
}
