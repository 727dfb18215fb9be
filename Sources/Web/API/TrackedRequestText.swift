import Domain
import Hub
import Open311

/// A request as anybody who knows its reference may see it, as JSON: nothing of the person who reported it.
extension JSONText {
    mutating func tracked(_ tracked: TrackedRequest) {
        let request = tracked.request
        object { json in
            json.member("reference", request.reference.rawValue)
            json.member("jurisdiction_id", request.tenant.rawValue)
            json.member("service_code", request.serviceCode.rawValue)
            json.member("public_type", request.publicType.rawValue)
            json.member("service_name", tracked.service?.name)
            json.member("holder", tracked.holder.plain)
            json.member("status", request.status.rawValue)
            json.member("step", request.step.rawValue)
            json.member("internal_state", request.life.internalState.rawValue)
            json.member("extended_status", request.life.extendedStatus.rawValue)
            json.member("standing", request.standing.rawValue)
            json.always("outcome", request.outcome?.rawValue)
            json.object("steps") { json in
                for step in request.life.publicSteps {
                    json.name(step.rawValue)
                    if let reached = tracked.steps[step] {
                        json.string(WireDateTime.text(reached))
                    } else {
                        json.raw("null")
                    }
                }
            }
            json.always("review_due", request.reviewDue.map { WireDateTime.text($0) })
            json.always("complete_due", request.completeDue.map { WireDateTime.text($0) })
            json.member("description", request.description)
            json.name("lat")
            json.raw(request.coordinate?.latitudeText ?? "null")
            json.name("long")
            json.raw(request.coordinate?.longitudeText ?? "null")
            json.always("address_string", request.address)
            json.array("photos", request.mediaURLs) { $0.string($1) }
            json.member("requested_datetime", WireDateTime.text(request.requestedAt))
            json.member("updated_datetime", WireDateTime.text(request.updatedAt))
            json.always("holder_complete_due", tracked.holderDue.map { WireDateTime.text($0) })
            json.always("dispute_until", tracked.disputeWindow.map { WireDateTime.text($0.closesAt) })
            json.array("parts", tracked.parts) { json, part in
                json.object { json in
                    json.member("name", part.name)
                    json.member("body", part.body)
                    json.member("step", part.step.rawValue)
                    json.always("outcome", part.outcome?.rawValue)
                }
            }
            json.name("hand_over")
            json.offer(tracked)
            json.array("history", tracked.history) { json, event in
                json.object { json in
                    json.member("datetime", WireDateTime.text(event.at))
                    json.member("kind", event.kind.rawValue)
                    json.member("text", event.description)
                }
            }
        }
    }

    private mutating func offer(_ tracked: TrackedRequest) {
        guard let offer = tracked.openOffer else { return raw("null") }
        object { json in
            json.member("offered_to", offer.to.plain)
            json.member("answer_due", WireDateTime.text(offer.answerDue))
        }
    }
}
