public import Domain
import Foundation
import Storage

/// Declares a storm, a flood or another event: makes the request that everything is joined to, and begins to collect.
public struct DeclareEvent: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Declares an event of a tenant, or of the whole region when the tenant is the hub.
    ///
    /// The parent is written first: a fault before the event itself leaves an open request that staff see, and nothing else.
    ///
    /// - Throws: ``EventFault/refused(_:)``.
    public func callAsFunction(
        _ declaration: EventDeclaration,
        at tenant: HostedTenant,
        by actor: String
    ) async throws -> DeclaredEvent {
        let now = surroundings.second
        let faults = declaration.faults(at: tenant, now: now)
        guard faults.isEmpty, let type = declaration.types.first,
            let service = tenant.catalogue.service(forPublicType: type, at: tenant.day(of: now))
        else { throw EventFault.refused(faults) }
        let parent = try parent(declaration, service, at: tenant, now: now)
        let event = DeclaredEvent(
            owner: tenant.id,
            parent: parent.reference,
            types: declaration.types,
            area: declaration.area,
            begins: declaration.begins ?? now,
            ends: declaration.ends,
            banner: declaration.banner
        )
        try await surroundings.databases.withTenant(tenant.code) { transaction in
            try await ServiceRequests(transaction).insert(parent)
            for (index, kind) in [RequestEvent.Kind.received, .reviewed].enumerated() {
                try await RequestEvents(transaction).append(
                    RequestEvent(
                        sequence: index + 1,
                        at: now,
                        kind: kind,
                        actor: actor,
                        description: kind == .received ? declaration.banner : nil,
                        details: ["event": event.id.uuidString]
                    ),
                    to: parent.reference
                )
            }
            if parent.coordinate != nil { try await PlaceChanges(transaction).note(parent.reference) }
        }
        try await surroundings.databases.withHub { transaction in
            try await DeclaredEvents(transaction).insert(event, by: actor, at: now)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "event.declare",
                    jurisdiction: tenant.id,
                    subject: event.parent.rawValue
                )
            )
        }
        surroundings.events.add(event)
        return event
    }

    private func parent(
        _ declaration: EventDeclaration,
        _ service: Service,
        at tenant: HostedTenant,
        now: Date
    ) throws -> ServiceRequest {
        let language = tenant.tenant.languages.first ?? .english
        var life = RequestLife.received
        _ = try life.review(at: now)
        return ServiceRequest(
            reference: RequestReference.make(code: tenant.code),
            tenant: tenant.id,
            standing: .lead,
            serviceCode: service.code,
            publicType: service.publicType,
            part: service.part,
            channel: .api,
            language: language,
            life: life,
            description: declaration.banner[language],
            coordinate: declaration.area.middle,
            department: service.department.rawValue,
            agencyResponsible: tenant.tenant.name.plain[language],
            priority: service.priority,
            visibility: .public,
            catalogueVersion: tenant.version,
            calendarVersion: tenant.calendar.version,
            requestedAt: now,
            updatedAt: now
        )
    }
}
