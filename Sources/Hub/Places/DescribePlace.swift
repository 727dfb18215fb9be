public import Domain
public import Foundation
import Geo
import Routing

/// A body that has to do with a place, and how to reach it.
public struct PlaceBody: Sendable, Hashable {
    /// Its name in the forms sentences need.
    public let name: BodyName
    /// Telephone as its file writes it.
    public let phone: String?
    /// Web address as its file writes it.
    public let url: String?
    /// When it is open.
    public let hours: LocalizedText?
    /// Whether it is a tenant of this hub; otherwise people are referred to it.
    public let isTenant: Bool
}

/// What is known of one place, layer by layer, with the bodies behind it: what a page lists and the API gives.
public struct PlaceDescription: Sendable {
    /// One layer of the generation in force.
    public struct Layer: Sendable {
        /// Its name.
        public let name: LayerName
        /// Areas that cover the place, in the stated order; several: an overlap, or the place is on a border.
        public let areas: [Area]
        /// Areas near by where none covers the place; known for municipalities and the upper tier.
        public let nearest: [NearestArea]
    }

    /// An area with the body behind it.
    public struct Area: Sendable {
        /// The area.
        public let area: CoveringArea
        /// Who that is; nil when neither the files of the tenants nor the agreement say.
        public let body: PlaceBody?
    }

    /// A road in reach with its owner on the day in question.
    public struct Road: Sendable {
        /// The road.
        public let road: NearbyRoad
        /// Id of its owner on that day.
        public let ownerID: String
        /// What kind of owner that is.
        public let ownerKind: RoadOwnerKind
        /// Who that is; nil when the files do not say.
        public let owner: PlaceBody?
    }

    /// The facts of boundaries and roads.
    public let facts: PlaceFacts
    /// Whose place it is, in one sentence that names every doubt.
    public let text: LocalizedText
    /// Every layer of the generation, municipality and upper tier first, then by name.
    public let layers: [Layer]
    /// Roads in reach, nearest first.
    public let roads: [Road]
}

/// Says what a place belongs to in every layer, who that is, and where it is uncertain.
public struct DescribePlace: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The description of a point at an instant; a body whose file cannot be read now is left out, the facts never are.
    public func callAsFunction(_ coordinate: Coordinate, at instant: Date) async -> PlaceDescription {
        let facts = surroundings.geography.facts(at: coordinate)
        // Without a hub yet nobody's zone is known: owners are then told as imported.
        let day = (try? await surroundings.directory.hub())?.day(of: instant).description ?? ""
        var layers: [PlaceDescription.Layer] = []
        for name in Self.ordered(surroundings.geography.layers) {
            var areas: [PlaceDescription.Area] = []
            for area in facts.areas(in: name) {
                let body = await body(area.jurisdictionID?.rawValue ?? area.id.rawValue, at: instant)
                areas.append(PlaceDescription.Area(area: area, body: body))
            }
            let nearest =
                switch name {
                case .municipality: facts.municipality.nearest
                case .upperTier: facts.upperTier.nearest
                default: [NearestArea]()
                }
            layers.append(PlaceDescription.Layer(name: name, areas: areas, nearest: nearest))
        }
        var roads: [PlaceDescription.Road] = []
        for road in facts.roads {
            let owner = road.ownership(onISODate: day)
            roads.append(
                PlaceDescription.Road(
                    road: road,
                    ownerID: owner.owner,
                    ownerKind: owner.kind,
                    owner: await body(owner.owner, at: instant)
                )
            )
        }
        return PlaceDescription(
            facts: facts,
            text: PlaceSentence(facts.municipality, layers.first { $0.name == .municipality }?.areas ?? []).text,
            layers: layers,
            roads: roads
        )
    }

    /// Municipality and upper tier first, the rest in the order of their names.
    private static func ordered(_ layers: [LayerName]) -> [LayerName] {
        let first = [LayerName.municipality, .upperTier].filter(layers.contains)
        return first + layers.filter { !first.contains($0) }
    }

    /// A tenant, or a partner of the agreement, by an id that an area or a road names.
    private func body(_ id: String, at instant: Date) async -> PlaceBody? {
        if let jurisdiction = JurisdictionID(rawValue: id),
            let tenant = try? await surroundings.directory.tenant(jurisdiction)
        {
            let contact = tenant.tenant.contact
            return PlaceBody(
                name: tenant.tenant.name,
                phone: contact.phone,
                url: contact.website,
                hours: contact.hours,
                isTenant: true
            )
        }
        guard let partnerID = PartnerID(rawValue: id),
            let partner = surroundings.agreement.routing.partner(partnerID, at: instant)
        else { return nil }
        return PlaceBody(
            name: partner.name,
            phone: partner.phone,
            url: partner.url,
            hours: partner.hours,
            isTenant: false
        )
    }
}

extension Surroundings {
    /// Full name of a lead, as the agreement in force at an instant knows it; nil when undecided or unknown.
    public func name(of lead: Lead, at instant: Date) -> BodyName? {
        agreement.routing.name(of: lead, at: instant)
    }
}
