public import Domain
import Foundation
import Storage

/// Finds what may be the same matter as a stored request, for the staff of the tenant that has it.
public struct SimilarToRequest: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Looks around a request; nothing for one without a point.
    ///
    /// - Throws: ``UnknownRequest``.
    public func callAsFunction(
        _ reference: RequestReference,
        at tenant: HostedTenant,
        limit: Int = 20
    ) async throws -> SimilarRequests {
        let stored = try await surroundings.databases.withTenant(tenant.code, .readOnly) { transaction in
            try await ServiceRequests(transaction).read(reference)
        }
        guard let request = stored else { throw UnknownRequest() }
        guard let place = request.coordinate, let service = tenant.service(request.serviceCode, at: request.requestedAt)
        else {
            return SimilarRequests(event: nil, requests: [])
        }
        return try await FindSimilarRequests(surroundings)(
            service,
            at: place,
            excluding: reference,
            staffOf: tenant,
            limit: limit
        )
    }
}
