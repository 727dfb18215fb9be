import Domain
import Hub
import Hummingbird
import NIOCore

/// `GET /api/v1/services`: what can be reported, at a place when one is given, found by words when some are given.
struct ServicesResource: Sendable {
    /// Most characters of a search.
    static let longestSearch = 200

    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func answer(_ request: Request) async throws -> Response {
        var parameters = try APIParameters(request)
        let place = parameters.coordinate()
        let words = parameters.word("q").map { String($0.prefix(Self.longestSearch)) }
        let named: JurisdictionID? = parameters.checked("jurisdiction")
        try parameters.check()
        let asked =
            if let named { try await surroundings.named(named, field: "jurisdiction") } else {
                try await surroundings.directory.hub()
            }
        var services = OfferedServices(surroundings)(asked, at: place)
        if let words { services = SearchServices()(words, among: services) }
        let body = JSONText.of(capacity: 1 << 15) { json in
            json.object { json in
                json.member("jurisdiction_id", asked.id.rawValue)
                json.array("services", services) { $0.service($1) }
            }
        }
        return Response(json: body, headers: [.cacheControl: "no-cache"])
    }
}

extension JSONText {
    fileprivate mutating func service(_ service: Service) {
        object { json in
            json.member("service_code", service.code.rawValue)
            json.member("public_type", service.publicType.rawValue)
            json.member("service_part", service.part.rawValue)
            json.member("name", service.name)
            json.member("description", service.description)
            json.array("groups", service.groups) { $0.text($1) }
            json.object("keywords") { json in
                json.array("en", service.keywordsEnglish) { $0.string($1) }
                json.array("fr", service.keywordsFrench) { $0.string($1) }
            }
            json.member("type", service.kind.rawValue)
            json.member("location", service.location.rawValue)
            json.member("location_required", service.locationRequired)
            json.member("contact", service.contactRule.rawValue)
            json.member("emergency", service.advice911)
            json.member("caution", service.caution)
            json.array("questions", service.questions) { $0.question($1) }
        }
    }

    private mutating func question(_ question: Question) {
        object { json in
            json.member("code", question.code)
            json.member("kind", question.kind.rawValue)
            json.member("question", question.question)
            json.member("hint", question.hint)
            json.member("unit", question.unit)
            json.member("required", question.isRequired)
            json.array("values", question.values) { json, value in
                json.object { json in
                    json.member("key", value.key)
                    json.member("name", value.name)
                }
            }
            if let condition = question.askedIf {
                json.object("asked_if") { json in
                    json.member("question", condition.question)
                    json.array("is", condition.keys) { $0.string($1) }
                }
            }
        }
    }
}
