import Domain
import LoST

/// `getServiceBoundary`: the area a key stands for (RFC 5222, section 9); never asks another server.
struct AnswerServiceBoundary: Sendable {
    let scene: LoSTScene

    func callAsFunction(_ request: GetServiceBoundary) throws -> LoSTAnswer {
        let keys = BoundaryKeys(desk: scene.surroundings.lost)
        guard let area = keys.claim(request.key),
            keys.isKey(request.key, of: area, outline: scene.outline(of: area)),
            isStillWhatItWas(area), let boundary = try scene.boundary(of: area), !boundary.isEmpty
        else { throw LoSTError(.notFound, "no boundary has this key, or it has changed since") }
        return .serviceBoundary(
            GetServiceBoundaryResponse(boundary: boundary, path: [scene.services.server])
        )
    }

    /// A cell is given out again only while the roads and rules still give one answer everywhere in it.
    private func isStillWhatItWas(_ area: MappingArea) -> Bool {
        guard case .cell(let id?, let urn, let level, let x, let y) = area, level < MappingCell.finest else {
            return true
        }
        guard let town = scene.outlines[.municipality, id], let node = scene.services.node(urn),
            case .part(let part) = node.basis
        else { return false }
        return scene.isStillUniform(MappingCell(level: level, x: x, y: y), part, in: town.area)
    }
}
