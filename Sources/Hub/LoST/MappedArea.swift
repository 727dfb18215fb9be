import Domain
import Foundation
import Geo
import LoST

extension LoSTScene {
    /// Where the mapping of a candidate holds.
    func area(of candidate: Candidate, _ node: ServiceNode, civic: CivicPlace?) -> MappingArea {
        let dependence = dependence(node.basis, in: candidate.municipality)
        guard let town = candidate.municipality else {
            // Between surveys: the finest cell, less what municipalities claim of it.
            let cell = candidate.place.map { MappingCell(level: MappingCell.finest, holding: $0) }
            return .cell(nil, node.urn, level: cell?.level ?? 0, x: cell?.x ?? 0, y: cell?.y ?? 0)
        }
        let isWhole = dependence?.isWholeMunicipality ?? true
        if let civic { return .civic(isWhole || candidate.isDefault ? civic.part(in: town) : civic.full(in: town)) }
        guard !isWhole || candidate.isDefault, let place = candidate.place, case .part(let part) = node.basis,
            let dependence
        else { return .municipality(town.id) }
        let cell = cell(part, around: place, in: town, dependence)
        return .cell(town.id, node.urn, level: cell.level, x: cell.x, y: cell.y)
    }

    /// The area as it is written into a mapping; nil when it is no longer what it was.
    func boundary(of area: MappingArea) throws -> [ServiceBoundary]? {
        switch area {
        case .municipality(let id):
            return outlines[.municipality, id].map { Self.polygons($0.geometry) }
        case .civic(let parts):
            var elements: [CivicAddress.Element] = []
            for index in stride(from: 0, to: parts.count - 1, by: 2) {
                elements.append(CivicAddress.Element(parts[index], parts[index + 1]))
            }
            return [.civic(CivicAddress(elements))]
        case .cell(let id, let urn, let level, let x, let y):
            let cell = MappingCell(level: level, x: x, y: y)
            return Self.polygons(try clipped(cell, urn: urn, town: id))
        }
    }

    /// The part of a cell on the ground of a municipality, and of those areas of other layers that decide at its middle.
    private func clipped(_ cell: MappingCell, urn: ServiceURN, town id: AreaID?) throws -> AreaGeometry {
        let towns = outlines.areas(in: .municipality)
        guard let id, let town = outlines[.municipality, id] else {
            return try AreaOverlay.clip(cell.geometry, inside: [], outside: towns.map(\.geometry))
        }
        var inside = [town.geometry]
        var outside: [AreaGeometry] = []
        let dependence = services.node(urn).flatMap { self.dependence($0.basis, in: town.area) }
        for layer in dependence?.layers.sorted() ?? [] {
            let here = surroundings.geography.facts(at: cell.centre).areas(in: layer).map(\.id)
            for outline in outlines.areas(in: layer) {
                if here.contains(outline.area.id) {
                    inside.append(outline.geometry)
                } else {
                    outside.append(outline.geometry)
                }
            }
        }
        return try AreaOverlay.clip(cell.geometry, inside: inside, outside: outside)
    }

    /// Fingerprint of the outlines an area is cut from.
    func outline(of area: MappingArea) -> String {
        switch area {
        case .municipality(let id): outlines[.municipality, id]?.fingerprint ?? ""
        case .cell(let id, _, _, _, _): id.flatMap { outlines[.municipality, $0]?.fingerprint } ?? ""
        case .civic: ""
        }
    }

    /// One polygon for each part; together they are the area.
    ///
    /// Outlines run counter-clockwise and holes clockwise, as RFC 5491 (section 5.2.2) wants them.
    private static func polygons(_ geometry: AreaGeometry) -> [ServiceBoundary] {
        geometry.polygons.map { polygon in
            .polygon(
                rings: polygon.rings.enumerated().map { number, ring in
                    isCounterClockwise(ring) == (number == 0) ? ring : ring.reversed()
                }
            )
        }
    }

    private static func isCounterClockwise(_ ring: [Coordinate]) -> Bool {
        guard let origin = ring.first else { return true }
        // Offsets from the first corner keep the products small enough for a double to tell their sign.
        return zip(ring, ring.dropFirst()).reduce(0.0) { sum, edge in
            let (x0, y0) = (edge.0.longitude - origin.longitude, edge.0.latitude - origin.latitude)
            let (x1, y1) = (edge.1.longitude - origin.longitude, edge.1.latitude - origin.latitude)
            return sum + x0 * y1 - x1 * y0
        } > 0
    }
}
