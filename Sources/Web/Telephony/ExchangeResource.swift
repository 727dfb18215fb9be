import Domain
import Foundation
import Hub
import Hummingbird

/// `GET /api/v1/locate?caller=&did=`: what the numbers of a call say of where it is about, and what to ask.
///
/// Neither number is sent back, and nothing of where calls are switched.
struct ExchangeResource: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Whether a request asks by numbers.
    static func asks(_ request: Request) -> Bool {
        let parameters = TelephoneParameters(request)
        return parameters.text("caller") != nil || parameters.text("did") != nil
    }

    func answer(_ request: Request) throws -> Response {
        let numbers = TelephoneParameters(request)
        var parameters = try APIParameters(request)
        for name in ["caller", "did"] {
            guard case .malformed(let reason) = numbers.number(name) else { continue }
            parameters.fail(
                FieldFault(
                    field: name,
                    code: .malformed,
                    fault: LocalizedText(english: "is no telephone number", french: "n’est pas un numéro de téléphone"),
                    expected: reason
                )
            )
        }
        let at = parameters.instant("at")
        try parameters.check()
        let answer = LookUpExchange(surroundings)(
            caller: numbers.number("caller"),
            dialled: numbers.number("did"),
            at: at
        )
        let list = surroundings.numbering.plan.list
        return Response(
            json: JSONText.of { $0.exchange(answer, numbers: numbers, list: list) },
            headers: [.cacheControl: "no-store"]
        )
    }
}

extension JSONText {
    fileprivate mutating func exchange(
        _ answer: ExchangeAnswer,
        numbers: TelephoneParameters,
        list: NumberingList?
    ) {
        object { json in
            json.always("exchange", answer.exchange?.rawValue)
            json.member("source", answer.source.rawValue)
            json.member("certainty", answer.certainty.rawValue)
            json.member("caller", numbers.number("caller").kind)
            json.member("dialled", numbers.number("did").kind)
            json.array("candidates", answer.candidates) { json, candidate in
                json.object { json in
                    json.member("area", candidate.municipality.area.rawValue)
                    json.member("name", candidate.municipality.name)
                    json.member("jurisdiction_id", candidate.municipality.jurisdiction?.rawValue)
                    json.member("is_served", candidate.municipality.isServed)
                    json.member("share", candidate.share)
                    json.member("basis", candidate.basis?.rawValue)
                }
            }
            switch answer.greeting {
            case .neutral: json.member("greeting", "neutral")
            case .municipality(let area): json.member("greeting", area.rawValue)
            }
            json.member("ask", answer.question)
            json.member("reason", answer.reason)
            json.array("hints", answer.hints) { json, hint in
                json.object { json in
                    json.member("hint", hint.rawValue)
                    json.member("text", hint.text)
                }
            }
            switch answer.consent {
            case nil: break
            case .inForce: json.member("consent", "in_force")
            case .lacking(let areas):
                json.member("consent", "lacking")
                json.array("consent_lacking", areas) { $0.string($1.rawValue) }
            }
            json.member("list_date", list.map { "\($0.date)" })
        }
    }
}
