public import Domain
public import Foundation

/// A question to the routing layer as people ask it: this place, this matter.
public struct RouteQuery: Sendable {
    /// What is known of the place.
    public var place: PlaceInput
    /// A public type, or a type of ``tenant``.
    public var service: ServiceCode?
    /// A service part, when no type was picked.
    public var part: ServicePart?
    /// Answers to the type's questions.
    public var answers: Answers
    /// Kind of property: `home`, `shop`, `park`, `private`.
    public var propertyType: String?
    /// The instant to decide for; nil: now.
    public var at: Date?
    /// The tenant whose catalogue ``service`` is looked up in; nil: the hub's public types.
    public var tenant: HostedTenant?

    /// A question.
    public init(
        place: PlaceInput,
        service: ServiceCode? = nil,
        part: ServicePart? = nil,
        answers: Answers = Answers(),
        propertyType: String? = nil,
        at: Date? = nil,
        tenant: HostedTenant? = nil
    ) {
        self.place = place
        self.service = service
        self.part = part
        self.answers = answers
        self.propertyType = propertyType
        self.at = at
        self.tenant = tenant
    }
}

/// The decision with what a page or an API shows beside it.
public struct RouteAnswer: Sendable {
    /// Who, why, how sure.
    public let decision: Decision
    /// What was asked of the routing layer; the same query gives the same decision again.
    public let query: DecisionQuery
    /// What the boundaries and roads say of the place.
    public let facts: PlaceFacts
    /// The type that was asked about.
    public let service: Service?
    /// The body that leads, when it is a tenant.
    public let lead: HostedTenant?
    /// The type by which the lead knows the matter.
    public let leadService: Service?
    /// The body that leads, when it is outside the hub.
    public let partner: Partner?
    /// What the 911 guard says of the type itself.
    public let emergency: EmergencyAdvice?

    /// "Which street light?", where several are in reach and all have the same lead; the crew must find the right one.
    ///
    /// Nil where the decision itself asks, and where one was chosen.
    public var assetQuestion: ResponsibilityQuestion? {
        guard decision.question == nil, let meant = decision.asset, query.chosenAsset == nil else { return nil }
        let day = decision.asOf.formatted(.iso8601.year().month().day())
        let inReach = facts.assets.filter { asset in
            asset.kind == meant.kind && asset.metres <= asset.kind.toleranceMetres && asset.isInService(onISODate: day)
        }
        guard inReach.count > 1 else { return nil }
        return ResponsibilityQuestion(
            kind: .asset,
            text: meant.kind.which,
            choices: inReach.map { .init(key: $0.id, label: $0.title, lead: decision.lead, metres: $0.metres) },
            preselected: meant.id,
            allowsDoNotKnow: true
        )
    }

    /// Name of the body that leads; nil when it is undecided.
    public var leadName: BodyName? { lead?.tenant.name ?? partner?.name }
}
