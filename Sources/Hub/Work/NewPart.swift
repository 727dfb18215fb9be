import Domain
import Foundation
import Storage

/// A part of a request, ready to be written as a request of its own beside the whole.
struct NewPart: Sendable {
    let request: ServiceRequest
    let body: ReceivingBody
    /// What it is called towards the person who reported the whole.
    let name: LocalizedText
    let bodyName: LocalizedText
    private let parent: RequestReference
    private let answerMinutes: Int?
    private let decidedText: LocalizedText
    private let actor: String
    private let now: Date

    init(
        _ part: SplitRequest.Part,
        of whole: ServiceRequest,
        at tenant: HostedTenant,
        hub: HostedTenant,
        _ surroundings: Surroundings,
        now: Date,
        by actor: String
    ) async throws {
        let answer = try await ExplainResponsibility(surroundings)(
            RouteQuery(
                place: PlaceInput(whole),
                service: part.service,
                answers: part.answers,
                at: now,
                tenant: tenant
            )
        )
        guard let asked = answer.service,
            let service = tenant.service(part.service, at: now)
                ?? tenant.service(forPublicType: asked.publicType, at: now)
        else { throw UnknownService(code: part.service.rawValue) }
        guard let body = ReceivingBody(answer.decision.lead) else {
            throw SplitRequest.Fault.stillUndecided(part.service.rawValue, answer.decision.residentText)
        }
        let isOwn = body == .tenant(tenant.id)
        answerMinutes = isOwn ? nil : try await surroundings.answerMinutes(of: body)
        self.body = body
        self.actor = actor
        self.now = now
        parent = whole.reference
        decidedText = answer.decision.residentText
        bodyName = (answer.leadName ?? tenant.tenant.name).plain
        // What is nobody else's business is not named on the page of the whole.
        name =
            asked.visibility == .public || whole.visibility == asked.visibility
            ? asked.name : LocalizedText(english: "Another part of the work", french: "Une autre partie du travail")
        let clocks = RequestClocks(
            service: service.isCatchAll ? asked : service,
            answers: part.answers,
            road: answer.decision.road,
            tenant: tenant,
            received: now
        )
        request = ServiceRequest(
            reference: RequestReference.make(code: tenant.code),
            tenant: tenant.id,
            standing: .lead,
            serviceCode: service.code,
            publicType: asked.publicType,
            part: answer.decision.part,
            channel: whole.channel,
            language: whole.language,
            life: RequestLife.received.following(service.flow ?? .fourSteps),
            description: Self.description(whole, part),
            coordinate: whole.coordinate,
            address: whole.address,
            addressID: whole.addressID,
            zipcode: whole.zipcode,
            answers: part.answers,
            staffOnlyAnswers: StaffOnlyAnswers.codes(in: part.answers, of: service),
            mediaURLs: whole.mediaURLs,
            decision: answer.decision,
            department: isOwn
                ? answer.decision.department ?? service.department.rawValue : service.department.rawValue,
            agencyResponsible: bodyName[whole.language],
            priority: min(clocks.priority, whole.priority),
            // Seen under the reference of the whole, and in no list beside it.
            visibility: whole.visibility.stricter(than: asked.visibility).stricter(than: .requester),
            catalogueVersion: tenant.version,
            slaVersion: clocks.slaVersion,
            calendarVersion: tenant.calendar.version,
            requestedAt: now,
            updatedAt: now,
            reviewDue: clocks.reviewDue,
            completeDue: clocks.completeDue
        )
    }

    private static func description(_ whole: ServiceRequest, _ part: SplitRequest.Part) -> String {
        guard let words = part.words, !words.isEmpty else { return whole.description }
        return String("\(whole.description)\n\n\(words)".prefix(4000))
    }

    /// Writes it beside the whole, and offers it when another body answers for it.
    func write(in transaction: TenantTransaction, _ surroundings: Surroundings, _ tenant: HostedTenant) async throws {
        let events = RequestEvents(transaction)
        try await ServiceRequests(transaction).insert(request)
        var started = request
        try await KeepClocks(surroundings: surroundings, tenant: tenant)
            .deliver(&started, asked: nil, goesOn: true, isBack: false, at: now, in: transaction)
        try await events.append(
            RequestEvent(
                sequence: 1,
                at: now,
                kind: .received,
                actor: actor,
                isPublic: false,
                details: ["part_of": parent.rawValue]
            ),
            to: request.reference,
            version: request.rowVersion
        )
        try await events.append(
            RequestEvent(
                sequence: 2,
                at: now,
                kind: .decided,
                actor: "hub",
                description: decidedText,
                details: [
                    "rule_id": request.decision?.ruleID ?? "", "rule_version": request.decision?.ruleVersion ?? "",
                ]
            ),
            to: request.reference,
            version: request.rowVersion
        )
        try await RequestChildren(transaction).insert(
            RequestChild(reference: request.reference, parent: parent, name: name, splitAt: now, splitBy: actor)
        )
        guard let answerMinutes else {
            for item in try OutgoingWork.copies(of: request, home: tenant, at: now) {
                try await Outbox(transaction).enqueue(item)
            }
            for link in OutgoingWork.links(of: request, home: tenant, at: now) {
                try await RequestLinks(transaction).put(link)
            }
            return
        }
        let make = MakeOffer(
            surroundings: surroundings,
            tenant: tenant,
            answerMinutes: answerMinutes,
            part: OfferedPart(parent: parent, name: name)
        )
        try await make(request.reference, to: body, at: now, by: actor, in: transaction)
    }
}
