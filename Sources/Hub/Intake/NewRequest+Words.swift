import Domain
import Foundation

extension NewRequest {
    /// Answers that only staff may read, by the type that was asked and by the one it is kept under.
    static func staffOnly(
        _ kept: Answers,
        asked: Service,
        home: SubmitServiceRequest.Home,
        _ given: Answers
    ) -> [String] {
        let codes = StaffOnlyAnswers.codes(in: given, of: asked)
        let assess = AssessPublication(tenant: home.tenant)
        let held = assess.answers(given, of: asked) + assess.answers(kept, of: home.service)
        guard asked.code != home.service.code else { return Set(codes + held).sorted() }
        return Set(codes + held + StaffOnlyAnswers.codes(in: kept, of: home.service)).sorted()
    }

    /// What the person must know at once: 911 first, then what becomes of the request.
    static func notice(
        advice: EmergencyAdvice?,
        answer: RouteAnswer,
        home: SubmitServiceRequest.Home,
        event: DeclaredEvent?
    ) -> LocalizedText? {
        var english: [String] = []
        var french: [String] = []
        if let advice {
            english.append(advice.notice(.english))
            french.append(advice.notice(.french))
        }
        english.append(answer.decision.residentText.english)
        french.append(answer.decision.residentText.french)
        if let event {
            english.append(event.banner.english)
            french.append(event.banner.french)
        }
        return LocalizedText(
            english: english.filter { !$0.isEmpty }.joined(separator: " "),
            french: french.filter { !$0.isEmpty }.joined(separator: " ")
        )
    }

    /// The first lines of its history.
    static func events(
        _ request: ServiceRequest,
        answer: RouteAnswer,
        home: SubmitServiceRequest.Home,
        advice: EmergencyAdvice?,
        event: DeclaredEvent?
    ) -> [RequestEvent] {
        var events: [RequestEvent] = []
        func add(
            _ kind: RequestEvent.Kind,
            actor: String,
            isPublic: Bool = true,
            _ text: LocalizedText? = nil,
            _ details: [String: String] = [:]
        ) {
            events.append(
                RequestEvent(
                    sequence: events.count + 1,
                    at: request.requestedAt,
                    kind: kind,
                    actor: actor,
                    isPublic: isPublic,
                    description: text,
                    details: details
                )
            )
        }
        add(.received, actor: request.channel == .web ? "resident" : request.channel.rawValue)
        add(
            .decided,
            actor: "hub",
            answer.decision.residentText,
            ["rule_id": answer.decision.ruleID ?? "", "rule_version": answer.decision.ruleVersion]
        )
        if let advice {
            add(.adviceGiven, actor: "hub", isPublic: false, nil, ["matched": advice.matched.joined(separator: ", ")])
        }
        if let event {
            let joined = AttachToEvent.note(event, actor: "hub", at: request.requestedAt)
            add(.merged, actor: joined.actor, joined.text, joined.details)
        }
        if let body = home.offeredTo { add(.handOverOffered, actor: "hub", nil, ["to": body.id]) }
        return events
    }
}
