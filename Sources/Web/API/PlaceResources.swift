import Domain
import Hub
import Hummingbird
import NIOCore

/// `GET /api/v1/locate`: what boundaries and roads say of a point, before any rule is asked; or where a civic address is.
struct PlaceResources: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func answer(_ request: Request) async throws -> Response {
        var parameters = try APIParameters(request)
        if parameters.word("lat") == nil, parameters.word("long") == nil, let address = parameters.address() {
            try parameters.check()
            return AddressResources(surroundings).locate(address, parameters)
        }
        let coordinate = parameters.coordinate()
        // A number is the weakest evidence: it is asked only where there is no point.
        if coordinate == nil, parameters.word("lat") == nil, parameters.word("long") == nil,
            ExchangeResource.asks(request)
        {
            return try ExchangeResource(surroundings).answer(request)
        }
        if coordinate == nil, parameters.word("lat") == nil, parameters.word("long") == nil {
            parameters.fail(.missing("lat"))
            parameters.fail(.missing("long"))
        }
        try parameters.check()
        guard let coordinate else { throw HTTPFault([FieldFault.missing("lat")]) }
        let place = await DescribePlace(surroundings)(coordinate, at: surroundings.second)
        return Response(json: JSONText.of { Self.text(place, &$0) }, headers: [.cacheControl: "no-store"])
    }

    /// The facts, whose place it is in a sentence, and each body behind an area or a road once, with how to reach it.
    private static func text(_ place: PlaceDescription, _ json: inout JSONText) {
        var told: Set<String> = []
        let areas = place.layers.flatMap(\.areas).map {
            ($0.area.jurisdictionID?.rawValue ?? $0.area.id.rawValue, $0.body)
        }
        let known = (areas + place.roads.map { ($0.ownerID, $0.owner) }).compactMap { id, body in
            body.flatMap { told.insert(id).inserted ? (id, $0) : nil }
        }
        json.facts(place.facts) { json in
            json.member("text", place.text)
            json.array("bodies", known) { json, entry in json.body(entry.1, of: entry.0) }
        }
    }
}
