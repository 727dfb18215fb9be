import Domain
import Foundation
import Open311

/// A decision as JSON, the same value that `hub311 route explain --json` prints and the database keeps.
extension JSONText {
    mutating func decision(_ decision: Decision) {
        object { json in
            json.lead("lead", decision.lead)
            json.member("department", decision.department)
            json.member("mode", decision.mode.rawValue)
            json.array("also_told", decision.alsoTold) { $0.told($1) }
            json.member("confidence", decision.confidence.rawValue)
            json.member("rung", decision.rung.rawValue)
            json.member("rule_id", decision.ruleID)
            json.member("rule_version", decision.ruleVersion)
            json.member("generation", decision.generation?.rawValue)
            json.member("part", decision.part.rawValue)
            json.member("public_type", decision.publicType?.rawValue)
            json.member("municipality", decision.municipality?.rawValue)
            if let road = decision.road {
                json.name("road")
                json.road(road)
            }
            if let asset = decision.asset {
                json.name("asset")
                json.asset(asset)
            }
            if let question = decision.question {
                json.name("question")
                json.question(question)
            }
            json.array("rejected", decision.rejected) { $0.rejected($1) }
            json.member("resident_text", decision.residentText)
            json.member("staff_text", decision.staffText)
            json.array("flags", decision.flags) { $0.string($1) }
            json.member("as_of", WireDateTime.text(decision.asOf))
        }
    }

    mutating func lead(_ key: StaticString, _ lead: Lead) {
        object(key) { json in
            switch lead {
            case .tenant(let id):
                json.member("kind", "tenant")
                json.member("jurisdiction_id", id.rawValue)
            case .partner(let id):
                json.member("kind", "partner")
                json.member("partner_id", id.rawValue)
            case .undecided: json.member("kind", "undecided")
            }
        }
    }

    private mutating func told(_ told: AlsoTold) {
        object { json in
            json.lead("lead", told.lead)
            json.member("part", told.part.rawValue)
            json.member("public_type", told.publicType?.rawValue)
            json.member("first", told.first)
            json.member("rule_id", told.ruleID)
            json.member("reason", told.reason)
        }
    }

    private mutating func rejected(_ candidate: RejectedCandidate) {
        object { json in
            json.lead("lead", candidate.lead)
            json.member("rule_id", candidate.ruleID)
            json.member("reason", candidate.reason)
        }
    }

    private mutating func question(_ question: ResponsibilityQuestion) {
        object { json in
            json.member("kind", question.kind.rawValue)
            json.member("code", question.code)
            json.member("text", question.text)
            json.array("choices", question.choices) { json, choice in
                json.object { json in
                    json.member("key", choice.key)
                    json.member("label", choice.label)
                    json.lead("lead", choice.lead)
                    json.member("metres", choice.metres)
                }
            }
            json.member("preselected", question.preselected)
            json.member("allows_do_not_know", question.allowsDoNotKnow)
        }
    }
}
