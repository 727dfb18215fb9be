import Domain
import Foundation
import Hub
import Storage
import TestSupport

/// Places of the demonstration region that tests go to.
enum Place {
    static let regionalRoad25 = (44.13, -79.20005)
    static let twoRoads = (44.15, -79.19989)
    static let localStreet = (44.1016, -79.18)
    static let backGarden = (44.1030, -79.1725)
    static let cobblefordHome = (44.1285, -78.8775)
    static let dunmoreStreet = (44.2732, -79.03)
    static let highway7 = (44.31, -79.1)
    static let greyhaven = (44.2768, -79.1125)
    static let hartwick = (44.2, -79.42)
    static let gap = (44.12, -78.99905)
    static let townline = (44.22, -79.26)
}

extension DemonstrationRegion {
    /// An intake as software sends it.
    func intake(
        _ service: String = "RD-POTH",
        at place: (Double, Double)? = Place.regionalRoad25,
        address: String? = nil,
        channel: Channel = .open311,
        description: String = "A deep hole by the curb",
        answers: [String: [String]] = [:],
        contact: Requester? = nil,
        media: [String] = [],
        key: String? = nil
    ) throws -> Intake {
        Intake(
            channel: channel,
            service: ServiceCode(trusted: service),
            language: .english,
            description: description,
            coordinate: try place.map { try Coordinate(latitude: $0.0, longitude: $0.1) },
            address: address,
            answers: Answers(answers),
            contact: contact,
            mediaURLs: media,
            receivedAt: clock.now,
            idempotencyKey: key
        )
    }

    /// Submits to a jurisdiction; nil: the hub's own.
    func submit(_ intake: Intake, to id: String? = nil, client: String = "test") async throws -> Submission {
        let tenant: HostedTenant = if let id { try await tenant(id) } else { try await hub() }
        return try await SubmitServiceRequest(surroundings)(intake, to: tenant, client: ClientIdentity(id: client))
    }

    /// Submits and expects that it is taken.
    func take(_ intake: Intake, to id: String? = nil, client: String = "test") async throws -> Receipt {
        switch try await submit(intake, to: id, client: client) {
        case .taken(let receipt): return receipt
        case .refused(let faults): throw Missing(what: "a receipt; refused: \(faults)")
        case .elsewhere(let answer): throw Missing(what: "a receipt; elsewhere: \(answer.decision.lead)")
        }
    }

    /// Answers to every question of a type that must be answered: its first key, or a word.
    func required(_ service: String, of id: String? = nil) async throws -> [String: [String]] {
        let tenant: HostedTenant = if let id { try await tenant(id) } else { try await hub() }
        guard let found = tenant.service(ServiceCode(trusted: service), at: clock.now) else {
            throw Missing(what: "service \(service)")
        }
        var answers: [String: [String]] = [:]
        for question in found.questions where question.isRequired {
            answers[question.code] = [
                question.values.first?.key
                    ?? (question.kind == .number ? "1" : question.kind == .datetime ? "2026-06-15T10:00:00Z" : "x")
            ]
        }
        return answers
    }

    /// The row of a request in a tenant's schema.
    func row(_ reference: RequestReference, in id: String) async throws -> ServiceRequest? {
        try await databases.withTenant(try await tenant(id).code) { try await ServiceRequests($0).read(reference) }
    }

    /// Kinds of the history of a request in a tenant's schema.
    func history(_ reference: RequestReference, in id: String) async throws -> [RequestEvent] {
        try await databases.withTenant(try await tenant(id).code) { try await RequestEvents($0).all(of: reference) }
    }

    /// Runs something in a tenant's schema.
    func inside<Value>(_ id: String, _ body: (TenantTransaction) async throws -> Value) async throws -> Value {
        try await databases.withTenant(try await tenant(id).code, .readWrite, body)
    }
}
