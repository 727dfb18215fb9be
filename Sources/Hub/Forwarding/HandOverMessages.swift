import Domain
import Foundation

/// An offer as it travels: the request as the origin has it, and why it is offered.
struct OfferMessage: Sendable, Codable {
    /// Identity of the offer on both sides.
    let id: UUID
    let origin: JurisdictionID
    let request: ServiceRequest
    let answerDue: Date
    let earlierBounces: Int
    let message: String?
    /// The requester, when the receiving body needs to reach the person.
    let contact: Requester?
    /// Whether the sender's clocks go on at the receiver: the responsibility has moved, not the promise.
    ///
    /// Nil: the receiver sets its own.
    var clockContinues: Bool?
    /// What it is a part of, where another department or body does the rest; nil for a whole request.
    var part: OfferedPart?
}

/// That an offered request is a part of another one.
struct OfferedPart: Sendable, Codable {
    let parent: RequestReference
    /// What the part is called towards the person who reported the whole.
    let name: LocalizedText
}

/// Type and place of a request after somebody put them right.
struct CorrectedRequest: Sendable, Codable {
    let publicType: ServiceCode
    let part: ServicePart?
    let coordinate: Coordinate?
    let address: String?
    let addressID: String?

    init(_ request: ServiceRequest) {
        publicType = request.publicType
        part = request.part
        coordinate = request.coordinate
        address = request.address
        addressID = request.addressID
    }

    /// Puts the same right in another body's row.
    func put(into request: inout ServiceRequest, of tenant: HostedTenant, at now: Date) {
        if publicType != request.publicType, let service = tenant.service(forPublicType: publicType, at: now) {
            request.serviceCode = service.code
            request.department = service.department.rawValue
        }
        request.publicType = publicType
        request.part = part
        request.coordinate = coordinate
        request.address = address
        request.addressID = addressID
    }
}

/// The answer to an offer as it travels back.
struct OfferAnswerMessage: Sendable, Codable {
    let id: UUID
    let reference: RequestReference
    /// Nil when it was accepted.
    let refusal: HandOver.Refusal?
    let at: Date
    let by: String
    /// The department that took it, for the resident's page.
    let department: LocalizedText?
    /// The holder's own clocks.
    let reviewDue: Date?
    let completeDue: Date?
    /// Given back because somebody else answers for it: who, by which row, and why.
    var suggestion: Decision?
}

/// An offer that no longer stands: run out, or taken back.
struct OfferWithdrawn: Sendable, Codable {
    let id: UUID
    let reference: RequestReference
    let at: Date
    let by: String
}

/// What the holder did, told to the origin: one event and where it leads.
struct HolderNews: Sendable, Codable {
    let reference: RequestReference
    let holder: ReceivingBody
    let event: RequestEvent
    let step: PublicStep
    let outcome: Outcome?
    let statusNotes: String?
    /// The holder's own clocks.
    var reviewDue: Date?
    var completeDue: Date?
    /// Type and place, when the holder put them right.
    var correction: CorrectedRequest?
}

/// What the holder had ended was opened again where it was born.
struct OriginReopened: Sendable, Codable {
    let reference: RequestReference
    let origin: JurisdictionID
    let at: Date
    let by: String
    /// Whether the requester says that it is not done.
    var isDispute: Bool?
}

/// The requester took back what the holder has.
struct OriginWithdrew: Sendable, Codable {
    let reference: RequestReference
    let origin: JurisdictionID
    let at: Date
    let by: String
}

/// Pictures of a request that came after it was offered or handed on.
struct PicturesMessage: Sendable, Codable {
    let reference: RequestReference
    /// All of them, in order.
    let mediaURLs: [String]
}

/// A share of a matter told to another tenant.
struct ToldMessage: Sendable, Codable {
    let origin: JurisdictionID
    let request: ServiceRequest
    let share: AlsoTold
}

/// A request nobody takes.
struct ArbitrationMessage: Sendable, Codable {
    let origin: JurisdictionID
    let request: ServiceRequest
    let reason: String
    /// Who was asked and what they said, the oldest first.
    var bounces: [Bounce]?

    /// One body that did not take it.
    struct Bounce: Sendable, Codable {
        let body: String
        /// Code of the refusal; nil when it did not answer.
        let reason: String?
        let text: String?
        let at: Date
    }
}

/// The arbiter's word on a request nobody took, for the tenant where it was born.
struct ArbiterWord: Sendable, Codable {
    let reference: RequestReference
    let body: ReceivingBody
    let decision: Decision
    let text: LocalizedText
    let by: String
    let at: Date
}

/// A request on its way to a system outside.
struct Open311Message: Sendable, Codable {
    let request: ServiceRequest
    /// Code of the forwarding target.
    let target: String
    /// The target's own code for the kind of matter.
    let serviceCode: String
    /// Whether the whole request is handed over (a partner), or a copy goes to a department's own system.
    let isHandOver: Bool
    let handOverID: UUID?
}

/// A picture to fetch.
struct PhotoMessage: Sendable, Codable {
    let reference: RequestReference
    let url: String
    let position: Int
}
