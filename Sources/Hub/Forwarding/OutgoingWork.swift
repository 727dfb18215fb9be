import Domain
import Foundation
import Storage

/// What else must leave with a new request: copies to a department's own system, shares told to others, pictures to fetch.
enum OutgoingWork {
    /// Copies for the systems that the tenant's `forwarding.yml` names for this type and department.
    static func copies(of request: ServiceRequest, home: HostedTenant, at now: Date) throws -> [OutboxItem] {
        try targets(of: request, home: home)
            .map { target in
                guard target.kind == .open311 else {
                    return try OutgoingToDepartment.item(request, to: target, at: now)
                }
                return OutboxItem(
                    kind: OutboxKind.open311Request.rawValue,
                    target: OutboxTarget.open311(target.code),
                    orderKey: target.terms.order == .target ? target.code : request.reference.rawValue,
                    payload: try StoredJSON(
                        Open311Message(
                            request: request,
                            target: target.code,
                            serviceCode: target.serviceCodes[request.serviceCode] ?? request.serviceCode.rawValue,
                            isHandOver: false,
                            handOverID: nil
                        )
                    ),
                    createdAt: now
                )
            }
    }

    /// That systems which are no GeoReport servers were given a request: from now on they may speak of it, and hear what becomes of it.
    static func links(of request: ServiceRequest, home: HostedTenant, at now: Date) -> [RequestLink] {
        targets(of: request, home: home).filter { $0.kind != .open311 }.map { target in
            RequestLink(reference: request.reference, peer: target.code, kind: .copy, createdAt: now, updatedAt: now)
        }
    }

    private static func targets(of request: ServiceRequest, home: HostedTenant) -> [ForwardingTarget] {
        home.configuration.forwarding.filter {
            $0.takes(request.serviceCode, department: request.department.map(DepartmentCode.init(trusted:)))
        }
    }

    /// Shares of the matter for other tenants of this hub; bodies outside are named to the resident instead.
    ///
    /// What only the lead's staff may read stays with the lead.
    static func shares(of request: ServiceRequest, home: HostedTenant) throws -> [OutboxItem] {
        try (request.decision?.alsoTold ?? []).compactMap { share in
            guard let tenant = share.lead.tenantID, tenant != home.id else { return nil }
            return OutboxItem(
                kind: OutboxKind.told.rawValue,
                target: OutboxTarget.tenant(tenant),
                orderKey: request.reference.rawValue,
                payload: try StoredJSON(
                    ToldMessage(origin: home.id, request: request.withoutStaffOnlyAnswers, share: share)
                ),
                createdAt: request.requestedAt
            )
        }
    }

    /// Pictures that lie elsewhere: fetched later, so that a slow host never slows a report.
    static func pictures(of request: ServiceRequest, at urls: [String]) throws -> [OutboxItem] {
        let own = request.mediaURLs.count - urls.count
        return try urls.enumerated().compactMap { position, url in
            guard let host = URL(string: url)?.host(), url.lowercased().hasPrefix("http") else { return nil }
            return OutboxItem(
                kind: OutboxKind.photo.rawValue,
                target: OutboxTarget.photo(host: host.lowercased()),
                orderKey: "\(request.reference.rawValue)/\(position)",
                payload: try StoredJSON(
                    PhotoMessage(reference: request.reference, url: url, position: own + position)
                ),
                createdAt: request.requestedAt,
                giveUpAt: request.requestedAt.addingTimeInterval(24 * 3600)
            )
        }
    }
}
