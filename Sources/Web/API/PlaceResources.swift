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

    func answer(_ request: Request) throws -> Response {
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
        let facts = surroundings.geography.facts(at: coordinate)
        return Response(json: JSONText.of { $0.facts(facts) }, headers: [.cacheControl: "no-store"])
    }
}
