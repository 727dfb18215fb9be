import Domain
import LoST

/// `listServices`: the top-level services, or those right below one (RFC 5222, section 10).
struct AnswerListServices: Sendable {
    let scene: LoSTScene

    func callAsFunction(_ request: ListServices) throws -> LoSTAnswer {
        .listServices(
            ListServicesResponse(
                services: try scene.children(of: request.service).map(\.urn.rawValue),
                path: request.path + [scene.services.server]
            )
        )
    }
}

/// `listServicesByLocation`: the same, as far as they are served at a place (RFC 5222, section 11).
struct AnswerListServicesByLocation: Sendable {
    let scene: LoSTScene

    func callAsFunction(_ request: ListServicesByLocation) async throws -> LoSTReply {
        let location = try RequestLocation.used(of: request.locations)
        let place = try scene.place(of: location)
        let children = try scene.children(of: request.service)
        // Who answers for anything at all answers for the municipality; where nobody does, another server may.
        let here = ServiceNode(
            urn: ServiceURN(trusted: "urn:service:any"),
            name: LocalizedText(same: ""),
            basis: .municipality
        )
        guard try !scene.candidates(here, at: place).isEmpty else {
            guard let peer = try scene.peer(for: place) else {
                throw LoSTError(.notFound, "nobody is known to serve this place")
            }
            return try await AskPeer(scene: scene)(
                peer,
                .listServicesByLocation(request),
                recursive: request.recursive
            )
        }
        var served: [String] = []
        for child in children where try await isServed(child, at: place) { served.append(child.urn.rawValue) }
        return .answer(
            .listServicesByLocation(
                ListServicesByLocationResponse(
                    services: served,
                    path: request.path + [scene.services.server],
                    locationUsed: location.id
                )
            )
        )
    }

    /// Whether a service, or one below it, has a mapping at the place.
    private func isServed(_ node: ServiceNode, at place: LoSTPlace) async throws -> Bool {
        for candidate in try scene.candidates(node, at: place) where try await scene.contact(of: candidate.lead) != nil
        {
            return true
        }
        for child in node.children where try await isServed(child, at: place) { return true }
        return false
    }
}

extension LoSTScene {
    /// The services right below one, or the top-level ones.
    ///
    /// - Throws: ``LoSTError`` `serviceNotImplemented` when the service is not of this tree.
    func children(of service: String?) throws(LoSTError) -> [ServiceNode] {
        guard let service else { return services.services }
        guard let urn = ServiceURN(rawValue: service), let node = services.node(urn) else {
            throw LoSTError(.serviceNotImplemented, "\(service.prefix(100)) is no service known here")
        }
        return node.children
    }
}
