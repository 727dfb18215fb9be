import Domain
import Hub
import Hummingbird
import NIOCore

/// `GET /api/v1/addresses/suggest` and `GET /api/v1/locate?address=`: civic addresses while they are typed, and where they are.
struct AddressResources: Sendable {
    /// Most characters of a text being typed.
    static let longestText = 300

    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Suggestions, best first; an empty list when nothing fits or no register is in force.
    func suggest(_ request: Request) throws -> Response {
        var parameters = try APIParameters(request)
        let text = parameters.word("q")
        if text == nil { parameters.fail(.missing("q")) }
        if let text, text.unicodeScalars.count > Self.longestText {
            parameters.fail(
                "q",
                .tooLong,
                "at most \(Self.longestText) characters",
                "au plus \(Self.longestText) caractères"
            )
        }
        let municipality = parameters.word("municipality").map { String($0.prefix(Self.longestText)) }
        let limit = parameters.limit()
        try parameters.check()
        let found = SuggestAddresses(surroundings)(
            // A blank behind the last word says that it is complete; the parameter's own text has lost it.
            parameters.raw("q") ?? text ?? "",
            municipality: municipality,
            limit: limit
        )
        let body = JSONText.of { json in
            json.object { json in
                json.array("suggestions", found) { $0.candidate($1) }
            }
        }
        return Response(json: body, headers: [.cacheControl: "no-store"])
    }

    /// Where an address is: found, several to be asked about, or nothing; with what boundaries and roads say of a place beyond doubt.
    func locate(_ address: String, _ parameters: APIParameters) -> Response {
        let municipality = parameters.word("municipality").map { String($0.prefix(Self.longestText)) }
        let answer = LocateAddress(surroundings)(address, municipality: municipality)
        let facts = answer.certain.map { surroundings.geography.facts(at: $0.coordinate).with(address: $0.text) }
        let body = JSONText.of { json in
            json.object { json in
                json.member("outcome", answer.outcome.rawValue)
                json.query(answer.query)
                json.member("municipality_id", answer.municipalityID?.rawValue)
                json.array("candidates", answer.candidates) { $0.candidate($1) }
                json.array("warnings", answer.warnings) { json, warning in
                    json.object { json in
                        json.member("code", warning.rawValue)
                        json.member("message", warning.text)
                    }
                }
                if let facts {
                    json.name("facts")
                    json.facts(facts)
                }
            }
        }
        return Response(json: body, headers: [.cacheControl: "no-store"])
    }
}

extension JSONText {
    /// A candidate, the same in suggestions and answers.
    mutating func candidate(_ candidate: AddressCandidate) {
        object { json in
            json.member("text", candidate.text)
            json.member("number", candidate.number?.description)
            json.member("unit", candidate.unit)
            json.member("street", candidate.street)
            json.member("municipality_id", candidate.municipalityID?.rawValue)
            json.member("municipality", candidate.municipality)
            json.member("stated_municipality", candidate.statedMunicipality)
            json.member("community", candidate.community)
            json.member("former_street", candidate.formerStreet)
            json.member("former_until", candidate.formerUntil?.description)
            json.member("postal_code", candidate.postalCode)
            json.name("lat")
            json.raw(candidate.coordinate.latitudeText)
            json.name("long")
            json.raw(candidate.coordinate.longitudeText)
            json.member("level", candidate.level.rawValue)
            json.member("confidence", candidate.confidence)
        }
    }

    fileprivate mutating func query(_ query: AddressQuery) {
        object("query") { json in
            json.member("number", query.number?.description)
            json.member("unit", query.unit)
            json.member("street", query.street)
            json.member("cross_street", query.crossStreet)
            json.member("municipality", query.municipality)
            json.member("postal_code", query.postalCode)
        }
    }
}

extension APIParameters {
    /// `limit`, 1 to ``SuggestAddresses/most``; 8 when none is given.
    fileprivate mutating func limit() -> Int {
        guard let text = word("limit") else { return 8 }
        guard let limit = Int(text), (1...SuggestAddresses.most).contains(limit) else {
            fail(
                "limit",
                .outOfRange,
                "a whole number from 1 to \(SuggestAddresses.most)",
                "un nombre entier de 1 à \(SuggestAddresses.most)"
            )
            return 8
        }
        return limit
    }
}
