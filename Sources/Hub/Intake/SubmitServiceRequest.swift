public import Domain
import Foundation
import Routing
import Storage

/// Takes what a person reports, finds who is responsible, and stores it where it belongs, durably, in one transaction.
///
/// To a tenant's own jurisdiction it is recorded there and offered on when the rule names another body. To the hub's
/// jurisdiction it goes straight to the lead's schema; what has no lead yet waits in the hub's own schema with a
/// reference and a clock. The answer is given only after COMMIT.
public struct SubmitServiceRequest: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Submits an intake to a jurisdiction.
    ///
    /// - Parameter place: What was said of the place, with the choice between two roads; nil: what the intake says.
    /// - Throws: ``IdempotencyFault``, and `StorageError` when the database is away.
    public func callAsFunction(
        _ intake: Intake,
        place: PlaceInput? = nil,
        to tenant: HostedTenant,
        client: ClientIdentity
    ) async throws -> Submission {
        guard let service = offered(intake.service, by: tenant, at: intake.receivedAt) else {
            return .refused([Self.unknown(intake.service)])
        }
        let check = IntakeCheck(intake, service: service)
        guard check.faults.isEmpty else { return .refused(check.faults) }
        let place =
            place ?? PlaceInput(coordinate: intake.coordinate, address: intake.address, addressID: intake.addressID)
        let submission = try KeyedSubmission(intake, place: place, client: client)
        var accepted = intake
        accepted.answers = check.answers
        // An address that is beyond doubt is a point from here on; what is said of it comes from that point.
        let located = surroundings.located(place)
        accepted.coordinate = accepted.coordinate ?? located.coordinate
        let answer = try await explain(accepted, place: located, service: service, tenant: tenant)
        if isElsewhere(answer, tenant: tenant) {
            try await count(answer, intake: accepted)
            return .elsewhere(answer)
        }
        let home = try home(of: answer, tenant: tenant)
        let (receipt, isOutgoing) = try await store(accepted, service: service, answer: answer, home: home, submission)
        if !receipt.isReplay {
            SubmissionCounters.shared.count(home.tenant.id, intake.channel)
            surroundings.placeWork.signal(home.tenant.code)
        }
        // A look at an outbox costs the database as much as the request itself; most requests leave nothing there.
        if isOutgoing { surroundings.work.signal(home.tenant.code) }
        return .taken(receipt)
    }

    private func offered(_ code: ServiceCode, by tenant: HostedTenant, at instant: Date) -> Service? {
        tenant.service(code, at: instant)
    }

    /// Asks the routing layer; where nobody can be asked, the open question is answered "I do not know".
    ///
    /// Then the nearer road or asset takes it, marked for staff. What stays undecided even so is for a person to find out.
    private func explain(
        _ intake: Intake,
        place: PlaceInput,
        service: Service,
        tenant: HostedTenant
    ) async throws -> RouteAnswer {
        let ask = ExplainResponsibility(surroundings)
        var query = RouteQuery(
            place: place,
            service: service.code,
            answers: intake.answers,
            at: intake.receivedAt,
            tenant: tenant
        )
        let first = try await ask(query)
        guard first.decision.lead == .undecided, let question = first.decision.question, question.allowsDoNotKnow
        else { return first }
        switch question.kind {
        case .road where query.place.chosenRoad == nil: query.place.chosenRoad = DecisionQuery.doNotKnow
        case .asset where query.place.chosenAsset == nil: query.place.chosenAsset = DecisionQuery.doNotKnow
        default: return first
        }
        return try await ask(query)
    }

    /// Whether nothing may be stored: the place is not this tenant's, or the matter is an outside body's that keeps no server.
    private func isElsewhere(_ answer: RouteAnswer, tenant: HostedTenant) -> Bool {
        guard tenant.isHub else {
            guard answer.facts.coordinate != nil, answer.lead?.id != tenant.id else { return false }
            if case .unknown = answer.facts.municipality { return false }
            return !surroundings.covers(tenant, answer.facts)
        }
        if answer.lead != nil { return false }
        if let partner = answer.partner { return partner.forwarding == nil }
        if case .outside = answer.facts.municipality { return answer.facts.upperTier.covering.isEmpty }
        return false
    }

    /// Where the row is written, and what it is there.
    struct Home: Sendable {
        let tenant: HostedTenant
        /// The jurisdiction it was addressed to.
        let addressed: HostedTenant
        let service: Service
        let standing: ServiceRequest.Standing
        /// The body it is offered to at once.
        let offeredTo: ReceivingBody?
        /// Why a person of the hub must place it; nil when it has a lead.
        let triage: StoredTriageEntry.Reason?
    }

    private func home(of answer: RouteAnswer, tenant: HostedTenant) throws -> Home {
        guard let service = answer.service else { throw UnknownService(code: "") }
        guard tenant.isHub else {
            let body = ReceivingBody(answer.decision.lead)
            let isOwn = answer.decision.lead.tenantID == tenant.id || body == nil
            let goesOut = isOwn ? nil : body.flatMap { isReachable($0) ? $0 : nil }
            return Home(
                tenant: tenant,
                addressed: tenant,
                service: service,
                standing: .lead,
                offeredTo: goesOut,
                triage: nil
            )
        }
        if let lead = answer.lead, let leadService = answer.leadService, lead.id != tenant.id {
            return Home(
                tenant: lead,
                addressed: tenant,
                service: leadService,
                standing: .lead,
                offeredTo: nil,
                triage: nil
            )
        }
        if answer.lead?.id == tenant.id {
            return Home(
                tenant: tenant,
                addressed: tenant,
                service: service,
                standing: .lead,
                offeredTo: nil,
                triage: nil
            )
        }
        let reason: StoredTriageEntry.Reason =
            switch answer.facts.municipality {
            case .unknown: .placeUnknown
            case .contested, .gap: .placeAmbiguous
            case .outside: .outside
            case .inside: .noLead
            }
        let partner = answer.partner.flatMap { $0.forwarding == nil ? nil : ReceivingBody.partner($0.id) }
        return Home(
            tenant: tenant,
            addressed: tenant,
            service: service,
            standing: partner == nil ? .waiting : .lead,
            offeredTo: partner,
            triage: partner == nil ? reason : nil
        )
    }

    /// Whether a hand-over can be delivered: a tenant always, a partner when it keeps a server.
    private func isReachable(_ body: ReceivingBody) -> Bool {
        switch body {
        case .tenant: true
        case .partner(let id): surroundings.agreement.routing.partner(id, at: surroundings.second)?.forwarding != nil
        }
    }

    /// Writes everything in one transaction; the receipt, and whether something waits to leave the tenant now.
    private func store(
        _ intake: Intake,
        service: Service,
        answer: RouteAnswer,
        home: Home,
        _ submission: KeyedSubmission
    ) async throws -> (Receipt, isOutgoing: Bool) {
        for _ in 0..<4 {
            let record = try NewRequest(intake, asked: service, answer: answer, home: home, surroundings: surroundings)
            do {
                try await surroundings.databases.withTenant(home.tenant.code) { transaction in
                    try await record.write(in: transaction, submission)
                }
                return (record.receipt, record.isOutgoing)
            } catch let fault as StorageError where fault.isAlreadyThere {
                // Either this very submission came before, or the random reference is taken: the key tells which.
                guard let key = submission.key else { continue }
                if let earlier = try await recall(key, submission, home: home) { return (earlier, false) }
            }
        }
        throw StorageError.conflict
    }

    private func recall(_ key: SubmissionKey, _ submission: KeyedSubmission, home: Home) async throws -> Receipt? {
        let now = surroundings.now()
        let recall = try await surroundings.databases.withTenant(home.tenant.code) { transaction in
            try await IdempotencyKeys(transaction)
                .recall(client: submission.client.id, key: key.stored, bodyHash: submission.bodyHash, now: now)
        }
        switch recall {
        case .unknown: return nil
        case .otherBody: throw IdempotencyFault.otherBody
        case .running: throw IdempotencyFault.stillRunning
        case .answer(let stored):
            var receipt = try key.opened(try stored.decoded(as: SealedReceipt.self))
            receipt.isReplay = true
            return receipt
        }
    }

    /// Counts a matter that was referred elsewhere; no reference is invented for it.
    private func count(_ answer: RouteAnswer, intake: Intake) async throws {
        let hub = try await surroundings.directory.hub()
        let contact = StoredContact(
            happenedAt: intake.receivedAt,
            kind: .referral,
            channel: intake.channel,
            language: intake.language,
            serviceCode: intake.service,
            referredTo: answer.decision.lead.bodyID,
            decision: answer.decision
        )
        try await surroundings.databases.withTenant(hub.code) { transaction in
            try await Contacts(transaction).record(contact)
        }
    }

    static func unknown(_ code: ServiceCode) -> FieldFault {
        FieldFault(
            field: "service_code",
            code: .unknown,
            fault: LocalizedText(
                english: "\(FieldFault.excerpt(code.rawValue)) is not offered here",
                french: "\(FieldFault.excerpt(code.rawValue)) n’est pas offert ici"
            ),
            expected: LocalizedText(
                english: "a service_code from the list of services",
                french: "un service_code de la liste des services"
            )
        )
    }
}
