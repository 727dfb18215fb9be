public import Domain
public import Foundation
public import Geo
import Routing
import Storage

/// Compares a generation with the one in force, before it is activated: ground, requests and addresses that would change hands.
///
/// Nothing is written. Requests are read in their tenants' schemas by the tenants' own roles, one tenant after the other; of a request only
/// its reference, place, type, answers to its type's questions and lead are read, and the answers go no further than the rules.
public struct RehearseGeneration: Sendable {
    /// Why there is nothing to rehearse.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// No such generation.
        case unknown(GenerationID)
        /// None is in force to compare with.
        case nothingInForce

        /// One sentence.
        public var description: String {
            switch self {
            case .unknown(let id): "there is no generation \(id); hub311 geo status lists them"
            case .nothingInForce:
                "no generation is in force, so nothing can change; hub311 geo activate puts one in force"
            }
        }
    }

    /// What a rehearsal gives beside its counts: both sets of areas, for maps.
    public struct Result: Sendable {
        /// The counts.
        public let rehearsal: Rehearsal
        /// Areas in force.
        public let old: [BoundaryFeature]
        /// Areas of the candidate.
        public let new: [BoundaryFeature]
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Rehearses a generation.
    ///
    /// - Parameters:
    ///   - instant: The instant whose rules are asked; nil: now.
    ///   - each: Called with everything that changes hands; keep as little as possible of it.
    ///   - progress: Called with a sentence whenever some time has passed.
    /// - Throws: ``Fault``, and what `each` throws.
    public func callAsFunction(
        _ candidate: GenerationID,
        at instant: Date? = nil,
        addresses: RehearsedAddresses? = nil,
        each: (MovedThing) throws -> Void = { _ in },
        progress: (String) -> Void = { _ in }
    ) async throws -> Result {
        let databases = surroundings.databases
        let at = instant ?? surroundings.second
        let now = surroundings.now()
        let (known, inForce) = try await databases.withHub(.readOnly) { transaction in
            let generations = Generations(transaction)
            return (try await generations.generation(candidate) != nil, try await generations.current(at: now))
        }
        guard known else { throw Fault.unknown(candidate) }
        guard let active = inForce else { throw Fault.nothingInForce }
        progress("loading both generations")
        let comparison = PlaceComparison(
            old: try await Geography.index(of: active, from: databases),
            new: try await Geography.index(of: candidate, from: databases),
            routing: surroundings.agreement.routing,
            at: at
        )
        var rehearsal = Rehearsal(active: active, candidate: candidate, at: at)
        for tenant in surroundings.directory.entries {
            try await requests(of: tenant, comparison, &rehearsal, each: each, progress: progress)
        }
        if let addresses {
            var read = 0
            try await addresses.each { address in
                read += 1
                if read % 50_000 == 0 { progress("\(read) addresses") }
                guard let moved = comparison.moved(address) else { return }
                rehearsal.count(moved)
                try each(moved)
            }
            rehearsal.addressesRead = read
        }
        let old = try await areas(of: active)
        let new = try await areas(of: candidate)
        rehearsal.kilometresApart = Self.kilometresApart(old, new)
        rehearsal.ground = try GroundComparison()(from: old, to: new, progress: progress)
        rehearsal.sort()
        return Result(rehearsal: rehearsal, old: old, new: new)
    }

    private static func kilometresApart(_ old: [BoundaryFeature], _ new: [BoundaryFeature]) -> Int? {
        func box(_ features: [BoundaryFeature]) -> CoordinateBox? {
            features.compactMap(\.geometry.box).reduce(nil) { whole, next in
                guard var whole else { return next }
                whole.include(next)
                return whole
            }
        }
        guard let before = box(old), let after = box(new), !before.touches(after) else { return nil }
        return max(1, Int(before.centre.metresOnSphere(to: after.centre) / 1_000))
    }

    private func areas(of id: GenerationID) async throws -> [BoundaryFeature] {
        try await surroundings.databases.withHub(.readOnly) { try await Generations($0).areas(of: id) }
            .map(StoredGeography.feature)
    }

    private func requests(
        of tenant: StoredJurisdiction,
        _ comparison: PlaceComparison,
        _ rehearsal: inout Rehearsal,
        each: (MovedThing) throws -> Void,
        progress: (String) -> Void
    ) async throws {
        let databases = surroundings.databases
        rehearsal.requestsUnplaced += try await databases.withTenant(tenant.code, .readOnly) {
            try await PlacedRequests($0).unplacedCount()
        }
        var last: RequestReference?
        while true {
            let after = last
            // A transaction a lot: nothing is held while the index is asked.
            let lot = try await databases.withTenant(tenant.code, .readOnly) {
                try await PlacedRequests($0).lot(after: after)
            }
            for request in lot {
                rehearsal.requestsRead += 1
                guard let moved = comparison.moved(request, of: tenant.id) else { continue }
                rehearsal.count(moved)
                try each(moved)
            }
            guard lot.count == PlacedRequests.lotSize else { return }
            last = lot.last?.reference
            progress("\(tenant.id): \(rehearsal.requestsRead) requests so far")
        }
    }
}

/// Where a rehearsal takes the addresses from.
public struct RehearsedAddresses: Sendable {
    /// One address, with no more of it than its id and place.
    public struct Point: Sendable {
        let id: String
        let place: Coordinate

        /// An address.
        public init(id: String, place: Coordinate) {
            self.id = id
            self.place = place
        }
    }

    let each: @Sendable ((Point) throws -> Void) async throws -> Void

    /// Addresses from a walk over all of them.
    public init(_ each: @escaping @Sendable ((Point) throws -> Void) async throws -> Void) {
        self.each = each
    }
}
