public import Domain
public import Foundation
import Routing
import Storage

/// A request that may be of the same matter, as anybody may see it: no words, no photos, nothing of who made it.
public struct SimilarRequest: Sendable, Hashable {
    /// The number to join: of the request itself, or of the one it repeats.
    public let reference: RequestReference
    /// The body that has it.
    public let holder: JurisdictionID
    /// Its name; nil for one the agreement in force does not know.
    public let holderName: BodyName?
    /// The kind residents know.
    public let publicType: ServiceCode
    /// Whole metres over the ground.
    public let metres: Int
    /// Name of the road that decided; nil without one.
    public let road: String?
    /// Where it stands.
    public let step: PublicStep
    /// Open or closed.
    public let status: Open311Status
    /// When it was received.
    public let requestedAt: Date
    /// When it ended; nil while open.
    public let completedAt: Date?
}

/// What was found beside a report.
public struct SimilarRequests: Sendable, Hashable {
    /// The event that collects such reports here and now; nil when there is none.
    public let event: DeclaredEvent?
    /// Requests, open ones first, then the nearest.
    public let requests: [SimilarRequest]

    /// Nothing.
    public static let none = SimilarRequests(event: nil, requests: [])

    /// Whether nothing was found.
    public var isEmpty: Bool { event == nil && requests.isEmpty }
}

/// Finds what was reported already near a place: of the same part or one that counts as the same, open or ended lately, by whichever
/// channel and to whichever tenant it came.
///
/// Looks into the hub's index of places, where there are public fields only. Kinds that are not public are never found, and nothing is
/// found for them.
public struct FindSimilarRequests: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks around a place.
    ///
    /// - Parameters:
    ///   - service: The type of the report; its part and public type decide what counts as the same.
    ///   - lead: The tenant that would get the report; its events and the hub's collect it. Nil: not known.
    ///   - excluded: A request that is not to be found: the one it is asked for.
    ///   - staff: A tenant whose staff asks: its own requests of every kind are found too.
    public func callAsFunction(
        _ service: Service,
        at place: Coordinate,
        lead: JurisdictionID? = nil,
        excluding excluded: RequestReference? = nil,
        staffOf staff: HostedTenant? = nil,
        limit: Int = 3
    ) async throws -> SimilarRequests {
        guard service.visibility == .public || staff != nil else { return .none }
        let now = surroundings.second
        let reach = surroundings.duplicateRules.reach(of: service.part, type: service.publicType)
        let circle = SearchCircle(centre: place, metres: Double(reach.metres))
        let since = now.addingTimeInterval(-Double(reach.recentlyClosedDays) * 86_400)
        var found = try await surroundings.databases.withHub(.readOnly) { transaction in
            try await RequestPlaces(transaction).near(circle, parts: reach.parts, types: reach.types, endedAfter: since)
        }
        if let staff {
            found += try await surroundings.databases.withTenant(staff.code, .readOnly) { transaction in
                try await Duplicates(transaction)
                    .near(circle, parts: reach.parts, types: reach.types, endedAfter: since)
            }
        }
        let event = (lead ?? staff?.id).flatMap {
            surroundings.events.collecting(service.publicType, at: place, made: now, for: $0)
        }
        let routing = surroundings.agreement.routing
        let requests = Self.byRoot(found.filter { $0.place.reference != excluded }) { id in
            routing.name(of: .tenant(id), at: now)
        }
        return SimilarRequests(event: event, requests: Array(requests.prefix(limit)))
    }

    /// One entry for each matter: duplicates are found as the request they repeat.
    private static func byRoot(
        _ found: [(place: RequestPlace, metres: Double)],
        name: (JurisdictionID) -> BodyName?
    ) -> [SimilarRequest] {
        var roots: [RequestReference: (place: RequestPlace, metres: Double)] = [:]
        for one in found {
            let root = one.place.parent ?? one.place.reference
            guard let known = roots[root] else {
                roots[root] = one
                continue
            }
            // The parent itself tells how it stands; of two children the nearer one does.
            let isBetter =
                known.place.reference == root ? false : one.place.reference == root || one.metres < known.metres
            if isBetter { roots[root] = one }
        }
        return roots.map { root, one in
            SimilarRequest(
                reference: root,
                holder: one.place.tenant,
                holderName: name(one.place.tenant),
                publicType: one.place.publicType,
                metres: Int(one.metres.rounded()),
                road: one.place.road,
                step: one.place.step,
                status: one.place.status,
                requestedAt: one.place.requestedAt,
                completedAt: one.place.completedAt
            )
        }
        .sorted { left, right in
            (left.status == .open ? 0 : 1, left.metres, left.reference)
                < (right.status == .open ? 0 : 1, right.metres, right.reference)
        }
    }
}

extension Surroundings {
    /// When two reports count as of the same matter, by the agreement in force.
    var duplicateRules: DuplicateRules { agreement.routing.ruleSet(at: second)?.duplicates ?? .standard }
}
