import Domain
import Hub
import Hummingbird
import NIOCore

/// `GET /api/v1/bodies`: who answers for what at a point, layer by layer, with how to reach each.
struct BodiesResource: Sendable {
    private let bodies: BodiesAtPlace

    init(_ surroundings: Surroundings) {
        bodies = BodiesAtPlace(surroundings)
    }

    func answer(_ request: Request) async throws -> Response {
        var parameters = try APIParameters(request)
        let coordinate = parameters.coordinate()
        let instant = parameters.instant("at")
        if coordinate == nil, parameters.word("lat") == nil, parameters.word("long") == nil {
            parameters.fail(.missing("lat"))
            parameters.fail(.missing("long"))
        }
        try parameters.check()
        guard let coordinate else { throw HTTPFault([FieldFault.missing("lat")]) }
        let found = try await bodies(coordinate, at: instant)
        let text = JSONText.of { json in
            json.object { json in json.array("bodies", found) { $0.body($1) } }
        }
        return Response(json: text, headers: [.cacheControl: "no-store"])
    }
}

extension JSONText {
    fileprivate mutating func body(_ body: BodyAtPlace) {
        object { json in
            json.member("layer", body.layer.rawValue)
            json.member("area", body.area.rawValue)
            json.member("area_name", body.areaName)
            if let lead = body.body { json.lead("body", lead) }
            json.member("name", body.name)
            json.member("text", body.text)
            json.member("phone", body.phone)
            json.member("hours", body.hours)
            json.member("url", body.url)
            json.member("until", body.until)
        }
    }
}
