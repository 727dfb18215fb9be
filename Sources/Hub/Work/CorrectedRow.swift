import Domain
import Foundation

/// A request as it is after type or place were put right: worked out before the transaction, put into the locked row within it.
struct CorrectedRow: Sendable {
    let what: RequestLife.Correction
    let answer: RouteAnswer
    /// The type by which this tenant keeps it.
    let service: Service
    /// The type that was meant, as residents know it.
    let asked: Service
    private let place: PlaceInput
    private let answers: Answers
    private let description: String
    private let staffOnly: [String]
    private let clocks: RequestClocks
    private let now: Date

    init(
        _ change: CorrectRequest.Change,
        of request: ServiceRequest,
        at tenant: HostedTenant,
        _ surroundings: Surroundings,
        now: Date
    ) async throws {
        let hub = try await surroundings.directory.hub()
        let code: ServiceCode
        var place = PlaceInput(request)
        switch change {
        case .type(let wanted, _):
            (what, code) = (.type, wanted)
            // What was chosen for another matter (this lamp, that road) says nothing of the new one.
            place.chosenAsset = nil
        case .place(let given):
            (what, code) = (.place, request.serviceCode)
            guard given.coordinate != nil || given.address?.isEmpty == false || given.addressID != nil else {
                throw CorrectRequest.Fault.noPlace
            }
            place = given
        }
        guard let asked = tenant.service(code, at: now) ?? hub.service(code, at: now),
            let kept = tenant.service(code, at: now) ?? tenant.service(forPublicType: asked.publicType, at: now)
        else { throw UnknownService(code: code.rawValue) }
        // A body that keeps the matter as "other" still knows what the resident meant by the public type.
        let meant = what == .place ? hub.service(request.publicType, at: now) ?? asked : asked
        if what == .type, asked.publicType == request.publicType, kept.code == request.serviceCode {
            throw CorrectRequest.Fault.sameType
        }
        let former = tenant.service(request.serviceCode, at: request.requestedAt)
        if case .type(_, let given?) = change {
            (answers, description) = (given, request.description)
        } else if let former {
            let transfer = AnswerTransfer(
                request.answers,
                from: former,
                to: kept,
                language: request.language,
                staffOnly: request.staffOnlyAnswers
            )
            (answers, description) = (transfer.answers, transfer.appended(to: request.description))
        } else {
            (answers, description) = (request.answers, request.description)
        }
        staffOnly = Set(request.staffOnlyAnswers).union(StaffOnlyAnswers.codes(in: answers, of: kept)).sorted()
        answer = try await ExplainResponsibility(surroundings)(
            RouteQuery(
                place: place,
                service: meant.code,
                part: what == .place ? request.decision?.part ?? meant.part : meant.part,
                answers: answers,
                at: now,
                tenant: tenant
            )
        )
        self.place = surroundings.located(place)
        self.asked = meant
        self.now = now
        service = kept
        clocks = RequestClocks(
            service: kept.isCatchAll ? meant : kept,
            answers: answers,
            road: answer.decision.road,
            tenant: tenant,
            received: request.requestedAt
        )
    }

    /// Puts it into the locked row; a due time that has passed stays where it was.
    func put(into request: inout ServiceRequest) {
        func due(_ old: Date?, _ new: Date?) -> Date? {
            guard let old, old < now else { return new }
            return new.map { min(old, $0) } ?? old
        }
        request.coordinate = place.coordinate
        request.address = place.address
        request.addressID = place.addressID
        request.decision = answer.decision
        request.part = answer.decision.part
        request.reviewDue = due(request.reviewDue, clocks.reviewDue)
        request.completeDue = due(request.completeDue, clocks.completeDue)
        request.slaVersion = clocks.slaVersion
        guard what == .type else { return }
        request.serviceCode = service.code
        request.publicType = asked.publicType
        request.department = service.department.rawValue
        if answer.decision.lead.tenantID == request.tenant, let named = answer.decision.department {
            request.department = named
        }
        request.answers = answers
        request.description = description
        request.staffOnlyAnswers = staffOnly
        request.priority = clocks.priority
        request.visibility = request.visibility.stricter(than: service.visibility)
        request.life = request.life.following(service.flow ?? .fourSteps)
    }

    /// Particulars for software: from what to what, and by which row.
    func details(before request: ServiceRequest) -> [String: String] {
        var details = ["previous_lead": request.decision?.lead.bodyID ?? "", "lead": answer.decision.lead.bodyID ?? ""]
        details["rule_id"] = answer.decision.ruleID
        switch what {
        case .type:
            details["from"] = request.publicType.rawValue
            details["to"] = asked.publicType.rawValue
        case .place:
            details["from"] = request.coordinate.map { "\($0.latitudeText),\($0.longitudeText)" } ?? request.address
            details["to"] = place.coordinate.map { "\($0.latitudeText),\($0.longitudeText)" } ?? place.address
        }
        return details.filter { !$0.value.isEmpty }
    }

    /// What the resident reads: what was put right, why, and whose it is now.
    func words(
        before request: ServiceRequest,
        reason: LocalizedText?,
        _ outcome: CorrectRequest.Outcome
    ) -> LocalizedText {
        let change: LocalizedText =
            switch what {
            case .type:
                LocalizedText(
                    english: "It is now looked after as “\(asked.name.english)”.",
                    french: "Elle est maintenant traitée comme «\u{A0}\(asked.name.french)\u{A0}»."
                )
            case .place: LocalizedText(english: "The place was put right.", french: "L’endroit a été corrigé.")
            }
        let changesLead = request.decision?.lead != answer.decision.lead || outcome == .refer || outcome == .undecided
        let sentences = [change, reason, changesLead ? answer.decision.residentText : nil].compactMap(\.self)
        return LocalizedText(
            english: sentences.map(\.english).joined(separator: " "),
            french: sentences.map(\.french).joined(separator: " ")
        )
    }
}
