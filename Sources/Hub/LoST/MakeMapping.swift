import Domain
import Foundation
import LoST
import Logging
import Storage

extension LoSTScene {
    /// The mappings of candidates, each once; those that nobody can be reached for are left out.
    func mappings(
        _ candidates: [Candidate],
        node: ServiceNode,
        service: String,
        form: FindService.BoundaryForm,
        civic: CivicPlace? = nil
    ) async throws -> [Mapping] {
        var mappings: [Mapping] = []
        for candidate in candidates {
            guard let contact = try await contact(of: candidate.lead), let body = candidate.lead.bodyID else {
                continue
            }
            let area = area(of: candidate, node, civic: civic)
            let outline = outline(of: area)
            let keys = BoundaryKeys(desk: surroundings.lost)
            var boundary = Mapping.Boundary.reference(
                source: services.server,
                key: keys.key(of: area, outline: outline)
            )
            if form == .value {
                guard let areas = try self.boundary(of: area), !areas.isEmpty else { continue }
                boundary = .value(areas)
            }
            let since = await since(body, contact)
            mappings.append(
                Mapping(
                    source: services.server,
                    sourceID: surroundings.lost.code(
                        "mapping\n\(node.urn)\n\(body)\n\(area.text)\n\(outline)",
                        bytes: 12
                    ),
                    lastUpdated: since,
                    expires: expiry(of: candidate, node),
                    displayNames: [
                        Mapping.DisplayName(contact.name.english, language: "en"),
                        Mapping.DisplayName(contact.name.french, language: "fr"),
                    ],
                    service: service,
                    boundary: boundary,
                    uris: contact.uris,
                    serviceNumber: contact.serviceNumber
                )
            )
        }
        return mappings
    }

    /// Since when a body's facts are as they are.
    ///
    /// With the database away calls are still sent on: the last change of any tenant's files then stands for it.
    private func since(_ body: String, _ contact: LoSTContact) async -> Date {
        do {
            return try await surroundings.lost.since(
                body,
                fingerprint: contact.fingerprint,
                now: surroundings.second,
                in: surroundings.databases
            )
        } catch {
            surroundings.log.warning("LoST contact not noted", metadata: ["fault": "\(error)"])
            return surroundings.directory.entries.map(\.updatedAt).max() ?? surroundings.second
        }
    }

    /// Until when a mapping may be kept: at least half the configured time, in steps, so that it does not move with every request; not past
    /// a midnight at which the rules may change, and not at all when the hour decides.
    private func expiry(of candidate: Candidate, _ node: ServiceNode) -> Mapping.Expiry {
        guard !candidate.isDefault else { return .noCache }
        let dependence = dependence(node.basis, in: candidate.municipality)
        if dependence?.hours == true { return .noCache }
        let span = Double(services.expiresHours) * 3600
        let step = span / 2
        var until = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / step).rounded(.down) * step + span)
        if dependence?.days == true, let midnight = nextMidnight { until = min(until, midnight) }
        return .at(until)
    }

    private var nextMidnight: Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: rules.timeZone) ?? .gmt
        return calendar.dateInterval(of: .day, for: now)?.end
    }
}
