import Domain
import LoST

/// `findService`: who answers for a service at a place, and how to reach them (RFC 5222, section 8).
struct AnswerFindService: Sendable {
    let scene: LoSTScene

    func callAsFunction(_ request: FindService) async throws -> LoSTReply {
        let location = try RequestLocation.used(of: request.locations)
        let place = try scene.place(of: location)
        guard let asked = request.service else {
            throw LoSTError(.badRequest, "findService has no service")
        }
        guard let urn = ServiceURN(rawValue: asked), let node = scene.services.nearest(urn) else {
            return try await elsewhere(asked, request)
        }
        let candidates = try scene.candidates(node, at: place)
        if candidates.isEmpty, let peer = try scene.peer(for: place) {
            return try await AskPeer(scene: scene)(peer, .findService(request), recursive: request.recursive)
        }
        var civic: CivicPlace?
        if case .civic(let found) = place { civic = found }
        let mappings = try await scene.mappings(
            candidates,
            node: node,
            service: node.urn == urn ? asked : node.urn.rawValue,
            form: request.boundary,
            civic: civic
        )
        guard !mappings.isEmpty else { throw LoSTError(.notFound, "nobody is known to serve this place") }
        var warnings: [LoSTWarning] = []
        if node.urn != urn {
            warnings.append(LoSTWarning(.serviceSubstitution, "\(node.urn) is the nearest service known here"))
        }
        if candidates.contains(where: \.isDefault) {
            warnings.append(
                LoSTWarning(.defaultMappingReturned, "who answers here is not certain; the contact centre finds out")
            )
        }
        var validation: LocationValidation?
        if request.validatesLocation, let civic {
            let checked = ValidateCivicAddress()(civic)
            validation = checked.validation
            warnings += checked.warnings
        }
        return .answer(
            .findService(
                FindServiceResponse(
                    mappings: mappings,
                    validation: validation,
                    warnings: warnings.isEmpty ? [] : [LoSTWarnings(source: scene.services.server, warnings)],
                    path: request.path + [scene.services.server],
                    locationUsed: location.id
                )
            )
        )
    }

    /// A service that is not of this tree: a peer's, or nobody's.
    private func elsewhere(_ asked: String, _ request: FindService) async throws -> LoSTReply {
        let urn = ServiceURN(rawValue: asked)
        guard let urn, let peer = scene.services.peers.first(where: { $0.services.contains { $0.covers(urn) } }) else {
            throw LoSTError(.serviceNotImplemented, "\(asked.prefix(100)) is no service known here")
        }
        return try await AskPeer(scene: scene)(peer, .findService(request), recursive: request.recursive)
    }
}
