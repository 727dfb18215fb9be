public import Domain
public import Foundation
import Routing

/// One body that answers for something at a place, by the area of one layer: the distributor, a school board, the police.
public struct BodyAtPlace: Sendable, Hashable, Codable {
    /// The layer whose area names it.
    public let layer: LayerName
    /// The area.
    public let area: AreaID
    /// What the area is called.
    public let areaName: String
    /// The body; nil when the area names nobody that is known here.
    public let body: Lead?
    /// The body's name.
    public let name: LocalizedText?
    /// What it does, or what to tell it.
    public let text: LocalizedText?
    /// Telephone.
    public let phone: String?
    /// When the telephone is answered.
    public let hours: LocalizedText?
    /// Web address.
    public let url: String?
    /// Last day on which it answers here, as ISO date; nil: no end known.
    public let until: String?

    private enum CodingKeys: String, CodingKey {
        case layer, area, body, name, text, phone, hours, url, until
        case areaName = "area_name"
    }
}

/// Names the body of every layer at a place: "your electricity distributor is …".
public struct BodiesAtPlace: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The bodies in the order of the layers; empty where nothing covers the place.
    ///
    /// - Parameter at: The instant asked about; areas that do not count on its day are left out. nil: now.
    public func callAsFunction(_ place: Coordinate, at: Date? = nil) async throws -> [BodyAtPlace] {
        let instant = at ?? surroundings.second
        let hub = try await surroundings.directory.hub()
        let day = hub.day(of: instant).description
        var bodies: [BodyAtPlace] = []
        for area in surroundings.geography.facts(at: place).areas where area.counts(onISODate: day) {
            bodies.append(try await body(of: area, at: instant))
        }
        return bodies
    }

    private func body(of area: CoveringArea, at instant: Date) async throws -> BodyAtPlace {
        let ids = [area.jurisdictionID?.rawValue, area.id.rawValue].compactMap(\.self)
        for id in ids {
            if let tenant = try await surroundings.directory.tenant(JurisdictionID(trusted: id))?.tenant {
                return BodyAtPlace(
                    layer: area.layer,
                    area: area.id,
                    areaName: area.name,
                    body: .tenant(tenant.id),
                    name: tenant.name.plain,
                    text: Self.departments(of: tenant),
                    phone: tenant.contact.phone,
                    hours: tenant.contact.hours,
                    url: tenant.contact.website,
                    until: area.until
                )
            }
            if let partner = surroundings.agreement.routing.partner(PartnerID(trusted: id), at: instant) {
                return BodyAtPlace(
                    layer: area.layer,
                    area: area.id,
                    areaName: area.name,
                    body: .partner(partner.id),
                    name: partner.name.plain,
                    text: partner.text,
                    phone: partner.phone,
                    hours: partner.hours,
                    url: partner.url,
                    until: area.until
                )
            }
        }
        return BodyAtPlace(
            layer: area.layer,
            area: area.id,
            areaName: area.name,
            body: nil,
            name: nil,
            text: nil,
            phone: nil,
            hours: nil,
            url: nil,
            until: area.until
        )
    }

    /// What a tenant does, by its departments.
    private static func departments(of tenant: Tenant) -> LocalizedText? {
        guard !tenant.departments.isEmpty else { return nil }
        return LocalizedText(
            english: tenant.departments.map(\.name.english).joined(separator: ", "),
            french: tenant.departments.map(\.name.french).joined(separator: ", ")
        )
    }
}
