import Domain
import Foundation
import Hub
import Hummingbird
import NIOCore

/// `GET /api/v1/route`: who answers for a matter at a place, and why.
struct RouteResource: Sendable {
    private let surroundings: Surroundings
    private let explain: ExplainResponsibility

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        explain = ExplainResponsibility(surroundings)
    }

    func answer(_ request: Request) async throws -> Response {
        var parameters = try APIParameters(request)
        let language = parameters.language()
        var query = RouteQuery(
            place: PlaceInput(
                coordinate: parameters.coordinate(),
                address: parameters.address(),
                chosenRoad: parameters.word("road"),
                chosenMunicipality: parameters.word("municipality"),
                chosenAsset: parameters.word("asset"),
                roadName: parameters.word("road_name")
            ),
            service: parameters.checked("service"),
            part: parameters.checked("part"),
            answers: parameters.answers,
            propertyType: parameters.word("property"),
            at: parameters.instant("at")
        )
        if parameters.word("service") == nil, parameters.word("part") == nil { parameters.fail(.missing("service")) }
        let jurisdiction: JurisdictionID? = parameters.checked("jurisdiction")
        try parameters.check()
        if let jurisdiction { query.tenant = try await surroundings.named(jurisdiction, field: "jurisdiction") }
        let answer = try await explain(query)
        return Response(json: Self.text(answer, language), headers: [.cacheControl: "no-store"])
    }

    private static func text(_ answer: RouteAnswer, _ language: Language) -> ByteBuffer {
        JSONText.of(capacity: 6144) { json in
            json.object { json in
                json.member("text", answer.decision.residentText[language])
                json.name("lead")
                json.body(answer)
                json.name("service")
                json.service(answer)
                json.name("emergency")
                json.advice(answer.emergency)
                json.name("decision")
                json.decision(answer.decision)
            }
        }
    }
}

extension JSONText {
    /// The body that leads, with how to reach it; `null` when it is undecided.
    fileprivate mutating func body(_ answer: RouteAnswer) {
        if let lead = answer.lead {
            let tenant = lead.tenant
            object { json in
                json.member("kind", "tenant")
                json.member("jurisdiction_id", lead.id.rawValue)
                json.member("name", tenant.name.plain)
                json.member("tier", tenant.tier.rawValue)
                json.member("call_number", tenant.callNumber)
                json.member("phone", tenant.contact.phone)
                json.member("email", tenant.contact.email)
                json.member("url", tenant.contact.website)
                json.member("hours", tenant.contact.hours)
                if let code = answer.decision.department,
                    let department = tenant.department(DepartmentCode(trusted: code))
                {
                    json.object("department") { json in
                        json.member("code", code)
                        json.member("name", department.name)
                    }
                }
            }
        } else if let partner = answer.partner {
            object { json in
                json.member("kind", "partner")
                json.member("partner_id", partner.id.rawValue)
                json.member("name", partner.name.plain)
                json.member("phone", partner.phone)
                json.member("url", partner.url)
                json.member("hours", partner.hours)
                json.member("referral", partner.text)
                json.member("warning", partner.warning)
            }
        } else {
            raw("null")
        }
    }

    /// The type that was asked about and the lead's own name for it; `null` when only a part was given.
    fileprivate mutating func service(_ answer: RouteAnswer) {
        guard let service = answer.service else { return raw("null") }
        object { json in
            json.member("service_code", service.code.rawValue)
            json.member("name", service.name)
            json.member("lead_service_code", answer.leadService?.code.rawValue)
            json.member("lead_service_name", answer.leadService?.name)
        }
    }

    /// What must be said before anything else; `null` when there is no danger.
    fileprivate mutating func advice(_ advice: EmergencyAdvice?) {
        guard let advice else { return raw("null") }
        object { json in json.array("texts", advice.texts) { $0.text($1) } }
    }
}
