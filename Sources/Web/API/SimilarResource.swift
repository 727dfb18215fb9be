import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import Open311

/// `GET /api/v1/requests/similar`: what was reported already near a place, as anybody may know it.
struct SimilarResource: Sendable {
    /// Most requests of one answer.
    static let most = 20

    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func answer(_ request: Request) async throws -> Response {
        var parameters = try APIParameters(request)
        let place = parameters.coordinate()
        let code: ServiceCode? = parameters.checked("service")
        let named: JurisdictionID? = parameters.checked("jurisdiction_id")
        try parameters.check()
        guard let place else { throw HTTPFault([.missing("lat"), .missing("long")]) }
        guard let code else { throw FieldFault.missing("service") }
        let tenant: HostedTenant =
            if let named { try await surroundings.named(named, field: "jurisdiction_id") } else {
                try await surroundings.directory.hub()
            }
        guard let service = tenant.service(code, at: surroundings.second) else {
            throw FieldFault(
                field: "service",
                code: .unknown,
                fault: LocalizedText(
                    english: "\(FieldFault.excerpt(code.rawValue)) is not offered here",
                    french: "\(FieldFault.excerpt(code.rawValue)) n’est pas offert ici"
                ),
                expected: LocalizedText(
                    english: "a service_code from the list of services",
                    french: "un service_code de la liste des services"
                )
            )
        }
        let route = try await ExplainResponsibility(surroundings)(
            RouteQuery(
                place: PlaceInput(coordinate: place),
                service: service.code,
                answers: Answers(),
                at: surroundings.second,
                tenant: tenant
            )
        )
        let found = try await FindSimilarRequests(surroundings)(
            service,
            at: place,
            lead: route.lead?.id,
            limit: Self.most
        )
        let text = JSONText.of { json in
            json.object { json in
                json.name("event")
                if let event = found.event { json.event(event) } else { json.raw("null") }
                json.array("similar", found.requests) { json, similar in
                    json.object { json in
                        json.member("reference", similar.reference.rawValue)
                        json.member("public_type", similar.publicType.rawValue)
                        json.member("jurisdiction_id", similar.holder.rawValue)
                        json.member("body", similar.holderName?.plain)
                        json.member("distance_metres", similar.metres)
                        json.always("road", similar.road)
                        json.member("step", similar.step.rawValue)
                        json.member("status", similar.status.rawValue)
                        json.member("requested_datetime", WireDateTime.text(similar.requestedAt))
                        json.always("completed_datetime", similar.completedAt.map { WireDateTime.text($0) })
                    }
                }
            }
        }
        return Response(json: text, headers: [.cacheControl: "no-store"])
    }
}

extension JSONText {
    /// A declared event as the public knows it.
    fileprivate mutating func event(_ event: DeclaredEvent) {
        object { json in
            json.member("reference", event.parent.rawValue)
            json.member("jurisdiction_id", event.owner.rawValue)
            json.member("banner", event.banner)
            json.member("begins", WireDateTime.text(event.begins))
            json.always("ends", event.ends.map { WireDateTime.text($0) })
        }
    }
}
