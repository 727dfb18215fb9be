import Domain
import Foundation
import Hub
import Storage

/// A draft with what the hub says of it: the type, who is responsible, what is still missing.
struct ReportCase: Sendable {
    let site: Site
    let draft: ReportDraft
    /// The type, when the one picked exists.
    let service: Service?
    /// Who is responsible; nil before type and place are known.
    let route: RouteAnswer?
    /// Why the report cannot be sent here; nil when it can.
    let stop: ReportStop?
    /// Addresses that the one in words may mean, to be chosen from; empty when there is nothing to ask.
    let addressChoices: [AddressCandidate]
    /// What was reported already near by; empty until the details are given, and where nothing was.
    let similar: SimilarRequests
    /// The instant all this is about.
    let now: Date

    /// Asks the hub about a draft.
    init(_ draft: ReportDraft, site: Site, surroundings: Surroundings) async throws {
        self.site = site
        self.draft = draft
        now = surroundings.second
        addressChoices = Self.choices(for: draft, surroundings)
        service = draft.service.flatMap { site.tenant.service($0, at: surroundings.second) }
        guard let service, draft.hasPlace || draft.hasNoPlace || service.location == .none else {
            route = nil
            similar = SimilarRequests.none
            stop = service.flatMap { ReportStop(type: $0, tenant: site.tenant, at: surroundings.second) }
            return
        }
        let route = try await ExplainResponsibility(surroundings)(
            RouteQuery(
                place: draft.place,
                service: service.code,
                answers: AnswerCheck(draft.answers, for: service).accepted,
                propertyType: draft.propertyType,
                at: now,
                tenant: site.tenant
            )
        )
        self.route = route
        let offered = (draft.coordinate ?? route.facts.coordinate).map {
            OfferedServices(surroundings)(site.tenant, at: $0, on: surroundings.second)
        }
        similar = try await Self.similar(draft, service, route, surroundings)
        stop =
            ReportStop(type: service, tenant: site.tenant, at: now)
            ?? ReportStop(route, tenant: site.tenant, isCovered: offered.map { !$0.isEmpty } ?? true)
    }

    /// Looked for once the details are given; a place that is not known to a point has no neighbourhood.
    private static func similar(
        _ draft: ReportDraft,
        _ service: Service,
        _ route: RouteAnswer,
        _ surroundings: Surroundings
    ) async throws -> SimilarRequests {
        guard draft.hasDetails, draft.isDifferent != true, let place = draft.coordinate ?? route.facts.coordinate else {
            return .none
        }
        do {
            return try await FindSimilarRequests(surroundings)(service, at: place, lead: route.lead?.id)
        } catch let error as StorageError {
            // With the data away nobody is kept from going on: the words stay on the page, and a repetition is found later.
            guard error.isUnavailability else { throw error }
            return .none
        }
    }

    /// Addresses to choose from: none when there is a point, when one address is beyond doubt, or when the person kept their words.
    private static func choices(for draft: ReportDraft, _ surroundings: Surroundings) -> [AddressCandidate] {
        guard draft.coordinate == nil, draft.isAddressKept != true, let address = draft.address else { return [] }
        let answer = LocateAddress(surroundings)(address)
        guard answer.certain == nil else { return [] }
        return answer.candidates.filter { $0.level != .municipality }
    }

    /// The open question about the place that only the person can answer.
    var question: ResponsibilityQuestion? {
        guard let question = route?.decision.question else { return assetQuestion }
        let isAnswered =
            switch question.kind {
            case .road: draft.chosenRoad != nil
            case .asset: draft.chosenAsset != nil
            case .municipality: draft.chosenMunicipality != nil
            case .propertyType: draft.propertyType != nil
            case .answer: true
            }
        return isAnswered ? assetQuestion : question
    }

    /// Which of several lights or hydrants, where the answer changes nothing but what the crew looks for.
    private var assetQuestion: ResponsibilityQuestion? {
        guard draft.chosenAsset == nil else { return nil }
        return route?.assetQuestion
    }

    /// The first step that is still missing.
    var needed: ReportStep {
        guard let service else { return .what }
        if stop != nil { return .details }
        if service.location != .none, !draft.hasPlace, service.locationRequired || !draft.hasNoPlace { return .where }
        if question != nil || !addressChoices.isEmpty { return .where }
        guard draft.hasDetails else { return .details }
        return similar.requests.isEmpty || draft.isDifferent == true ? .check : .already
    }

    /// The questions of the type that the answers so far call for, in order.
    var askedQuestions: [Question] {
        guard let service else { return [] }
        let accepted = AnswerCheck(draft.answers, for: service).accepted
        return service.questions.filter { $0.askedIf?.isMet(by: accepted) ?? true }
    }

    /// The report as it is submitted.
    func intake(_ service: Service) -> Intake {
        Intake(
            channel: .web,
            service: service.code,
            language: site.language,
            description: draft.description ?? "",
            coordinate: draft.coordinate,
            address: draft.address,
            answers: AnswerCheck(draft.answers, for: service).accepted,
            contact: draft.contact,
            photos: draft.photos,
            receivedAt: now,
            idempotencyKey: draft.id
        )
    }

    /// Who would get it now, in one word that changes when that changes.
    var leadMark: String? { route.map { $0.decision.lead.description } }

    /// When the lead must have read it and be done, as far as that is promised.
    var clocks: RequestClocks? {
        guard let service, let route, let lead = route.lead else { return nil }
        return RequestClocks(
            service: route.leadService ?? service,
            answers: draft.answers,
            road: route.decision.road,
            tenant: lead,
            received: now
        )
    }
}

/// Why a report is not taken here, though type and place are known: a whole answer, never a dead end.
enum ReportStop: Sendable {
    /// Another time of the year.
    case season(Service, opens: MonthDay, closes: MonthDay)
    /// Only by telephone.
    case call(Service)
    /// Outside the region.
    case outside(RouteAnswer)
    /// A matter of a body that is no municipality here.
    case partner(RouteAnswer)
    /// On a town's own page: a place of somebody else in the region.
    case elsewhere(RouteAnswer)

    /// What the type itself says.
    init?(type: Service, tenant: HostedTenant, at instant: Date) {
        if let season = type.season, !season.contains(tenant.day(of: instant)) {
            self = .season(type, opens: season.from, closes: season.to)
        } else if type.isLiveTransfer {
            self = .call(type)
        } else {
            return nil
        }
    }

    /// What the decision says.
    init?(_ route: RouteAnswer, tenant: HostedTenant, isCovered: Bool) {
        let isElsewhere = if case .outside = route.facts.municipality { route.lead == nil } else { false }
        // An enclave or a neighbour whose border we know is outside too.
        if isElsewhere || route.partner?.kind == .municipality {
            self = .outside(route)
        } else if tenant.isHub, let partner = route.partner, partner.forwarding == nil {
            self = .partner(route)
        } else if !tenant.isHub, !isCovered {
            self = .elsewhere(route)
        } else {
            return nil
        }
    }

    /// What the hub answered on Send.
    init(refused route: RouteAnswer, tenant: HostedTenant) {
        self = ReportStop(route, tenant: tenant, isCovered: false) ?? .elsewhere(route)
    }
}
