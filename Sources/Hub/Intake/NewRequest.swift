import Domain
import Foundation
import Routing
import Storage

/// The rows of a new request, built before the transaction so that the transaction only writes.
struct NewRequest: Sendable {
    let request: ServiceRequest
    let receipt: Receipt
    private let intake: Intake
    private let events: [RequestEvent]
    private let home: SubmitServiceRequest.Home
    private let triageDue: Date?
    private let clocks: [RequestClock]
    private let keepClocks: KeepClocks
    private let batchReadyAt: Date
    private let outgoing: [OutboxItem]
    /// Systems outside that are given the request.
    private let given: [RequestLink]
    private let handOver: StoredHandOver?
    private let idempotencyKeptUntil: Date
    private let hubLink: JurisdictionID?
    private let tell: TellPeople
    /// The decision as it is stored.
    private let decision: StoredJSON
    /// What of it waits for a person before the public sees it.
    private let moderation: [ModerationItem]

    init(
        _ intake: Intake,
        asked: Service,
        answer: RouteAnswer,
        home: SubmitServiceRequest.Home,
        surroundings: Surroundings
    ) throws {
        self.intake = intake
        self.home = home
        tell = TellPeople(surroundings: surroundings, tenant: home.tenant)
        hubLink = home.addressed.isHub && home.tenant.id != home.addressed.id ? home.addressed.id : nil
        var written: [UInt8] = []
        DecisionJSON.append(answer.decision, to: &written)
        decision = StoredJSON(utf8: written)
        let at = Date(timeIntervalSince1970: intake.receivedAt.timeIntervalSince1970.rounded(.down))
        let reference = RequestReference.make(code: home.tenant.code)
        let transfer = AnswerTransfer(intake.answers, from: asked, to: home.service, language: intake.language)
        let advice = EmergencyGuard.advice(for: intake.description, service: asked)
        let isWorkedHere = home.offeredTo == nil && home.triage == nil
        let event =
            isWorkedHere
            ? surroundings.events.collecting(
                asked.publicType,
                at: intake.coordinate,
                made: at,
                for: home.tenant.id
            ) : nil
        let notice = Self.notice(advice: advice, answer: answer, home: home, event: event)
        // A body that knows the matter only as "something else" still owes what the public type promises.
        let clocks = RequestClocks(
            service: home.service.isCatchAll ? asked : home.service,
            answers: transfer.answers,
            road: answer.decision.road,
            tenant: home.tenant,
            received: at,
            department: answer.decision.lead.tenantID == home.tenant.id ? answer.decision.department : nil
        )
        let life: RequestLife =
            if home.triage != nil { .waitingForPlace } else if let body = home.offeredTo { .offered(to: body) } else {
                .received
            }
        let flow = home.service.flow ?? .fourSteps
        let leadName = answer.leadName ?? home.tenant.tenant.name
        var request = ServiceRequest(
            reference: reference,
            tenant: home.tenant.id,
            standing: home.standing,
            counterpart: home.offeredTo,
            serviceCode: home.service.code,
            publicType: asked.publicType,
            // What the resident's type is about, not the catch-all under which a small body may keep it: responsibility is asked by it.
            part: answer.decision.part,
            channel: intake.channel,
            language: intake.language,
            life: flow == .fourSteps ? life : life.following(flow),
            description: transfer.appended(to: intake.description),
            coordinate: intake.coordinate,
            address: intake.address,
            addressID: intake.addressID,
            answers: transfer.answers,
            staffOnlyAnswers: Self.staffOnly(transfer.answers, asked: asked, home: home, intake.answers),
            mediaURLs: intake.photos.map(surroundings.settings.photoURL) + intake.mediaURLs,
            decision: answer.decision,
            department: answer.decision.lead.tenantID == home.tenant.id
                ? answer.decision.department ?? home.service.department.rawValue
                : home.service.department.rawValue,
            agencyResponsible: home.triage == nil
                ? leadName.plain[intake.language] : home.tenant.tenant.name.plain[intake.language],
            serviceNotice: notice?[intake.language],
            priority: clocks.priority,
            visibility: home.service.visibility.stricter(than: asked.visibility),
            catalogueVersion: home.tenant.version,
            slaVersion: clocks.slaVersion,
            calendarVersion: home.tenant.calendar.version,
            requestedAt: at,
            updatedAt: at,
            reviewDue: home.triage == nil ? clocks.reviewDue : nil,
            completeDue: home.triage == nil ? clocks.completeDue : nil
        )
        request.parent = event?.parent
        let publication = AssessPublication(tenant: home.tenant)(request)
        request.withheld = publication.withheld
        moderation = publication.items
        let token = asked.kind == .batch ? "\(home.tenant.code.rawValue.lowercased())-\(SecretToken.make())" : nil
        receipt = Receipt(
            reference: reference,
            kind: asked.kind,
            token: token,
            privateToken: intake.channel == .web ? SecretToken.make() : nil,
            notice: notice,
            holder: home.tenant.id,
            decision: answer.decision
        )
        events = Self.events(request, answer: answer, home: home, advice: advice, event: event)
        triageDue = home.triage.flatMap { _ in surroundings.triageDue(from: at, hub: home.tenant) }
        keepClocks = KeepClocks(surroundings: surroundings, tenant: home.tenant)
        self.clocks =
            home.triage == nil ? clocks.stored(from: at, priority: clocks.priority, tenant: home.tenant) : []
        batchReadyAt = at.addingTimeInterval(TimeInterval(home.tenant.tenant.policies.batchTokenSeconds))
        idempotencyKeptUntil = at.addingTimeInterval(surroundings.settings.idempotencySeconds)
        self.request = request
        let offer = try home.offeredTo.map { body in
            try OutgoingOffer(
                request: request,
                to: body,
                from: home.tenant,
                answerMinutes: answer.lead?.tenant.policies.handOverAnswerMinutes
                    ?? surroundings.settings.handOverMinutes,
                surroundings: surroundings,
                bounces: 0,
                contact: intake.contact
            )
        }
        handOver = offer?.row
        given = isWorkedHere ? OutgoingWork.links(of: request, home: home.tenant, at: at) : []
        outgoing =
            (offer.map { [$0.item] } ?? [])
            + (isWorkedHere ? try OutgoingWork.copies(of: request, home: home.tenant, at: at) : [])
            + (home.triage == nil ? try OutgoingWork.shares(of: request, home: home.tenant) : [])
            + (try OutgoingWork.pictures(of: request, at: intake.mediaURLs))
    }

    /// Whether something is put in the outbox.
    var isOutgoing: Bool { !outgoing.isEmpty || intake.contact?.email != nil || intake.contact?.phone != nil }

    /// Queues every row; they travel with COMMIT in one round trip.
    func write(in transaction: TenantTransaction, _ submission: KeyedSubmission) async throws {
        if let key = submission.key {
            try await IdempotencyKeys(transaction).record(
                StoredIdempotencyKey(
                    client: submission.client.id,
                    key: key.stored,
                    bodyHash: submission.bodyHash,
                    begunAt: intake.receivedAt,
                    keptUntil: idempotencyKeptUntil
                ),
                answer: try StoredJSON(try key.sealed(receipt))
            )
        }
        try await ServiceRequests(transaction).insert(
            request,
            readableAt: receipt.token == nil ? nil : batchReadyAt,
            decision: decision
        )
        for event in events {
            try await RequestEvents(transaction).append(event, to: request.reference, version: request.rowVersion)
        }
        try await keepClocks.begin(clocks, of: request, in: transaction)
        for item in moderation { try await ModerationItems(transaction).insert(item) }
        if request.coordinate != nil, request.visibility == .public {
            try await PlaceChanges(transaction).note(request.reference)
        }
        if intake.contact?.isEmpty == false || receipt.privateToken != nil {
            try await Requesters(transaction).insert(
                StoredRequester(
                    reference: request.reference,
                    requester: intake.contact ?? Requester(),
                    language: intake.language,
                    privateTokenHash: receipt.privateToken.map(SecretToken.hash),
                    notedAt: intake.receivedAt
                )
            )
        }
        try await tell.afterIntake(of: request, from: intake.contact, in: transaction)
        if let token = receipt.token {
            try await Tokens(transaction).insert(
                token: token,
                reference: request.reference,
                issuedAt: intake.receivedAt,
                readyAt: batchReadyAt
            )
        }
        if let reason = home.triage, let triageDue {
            try await TriageEntries(transaction).enter(
                StoredTriageEntry(
                    reference: request.reference,
                    reason: reason,
                    candidates: request.decision?.question?.choices.compactMap(\.lead.bodyID) ?? [],
                    enteredAt: request.requestedAt,
                    dueAt: triageDue
                )
            )
            try await keepClocks.beginPlacing(
                request.reference,
                priority: request.priority,
                due: triageDue,
                at: request.requestedAt,
                isBack: false,
                in: transaction
            )
        }
        if let hubLink {
            try await RequestLinks(transaction).put(
                RequestLink(
                    reference: request.reference,
                    peer: hubLink.rawValue,
                    kind: .told,
                    createdAt: request.requestedAt,
                    updatedAt: request.requestedAt
                )
            )
        }
        for link in given { try await RequestLinks(transaction).put(link) }
        if let handOver { try await HandOvers(transaction).insert(handOver) }
        for item in outgoing { try await Outbox(transaction).enqueue(item) }
    }
}
