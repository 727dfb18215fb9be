import Domain
import Foundation
import Tenancy

@testable import Routing

/// The demonstration region: its real agreement, compiled, and places in it stated by hand.
enum Region {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static let tenants = TenantFolder.load("\(folder)/tenants")

    static let bodies = tenants.configurations.map { RoutingBody($0.tenant) }

    static let agreement = AgreementReading(
        folder: "\(folder)/tenants/agreement",
        named: "tenants/agreement",
        tenants: Dictionary(uniqueKeysWithValues: bodies.map { ($0.id, Set($0.departments.keys)) })
    )

    static let table = RoutingTable(agreement.ruleSets, jurisdictions: bodies)

    /// Noon in Toronto on a working day of November 2026.
    static let noon = instant("2026-11-18T17:00:00Z")

    static func instant(_ text: String) -> Date {
        guard let date = try? Date(text, strategy: .iso8601) else { preconditionFailure("no instant: \(text)") }
        return date
    }

    static func day(_ text: String) -> CalendarDay {
        guard let day = try? CalendarDay(text) else { preconditionFailure("no day: \(text)") }
        return day
    }

    static func area(_ id: String, layer: LayerName = .municipality) -> CoveringArea {
        CoveringArea(
            id: AreaID(trusted: id),
            layer: layer,
            name: id,
            jurisdictionID: layer == .municipality ? JurisdictionID(trusted: id) : nil
        )
    }

    /// A place inside one municipality, with roads near it and areas of other layers.
    static func place(
        _ municipality: String,
        roads: [NearbyRoad] = [],
        other: [(layer: String, id: String)] = []
    ) -> PlaceFacts {
        let areas = other.map { area($0.id, layer: LayerName(trusted: $0.layer)) }
        return place(.inside(area(municipality)), roads: roads, areas: [area(municipality)] + areas)
    }

    static func place(
        _ verdict: PlaceVerdict,
        roads: [NearbyRoad] = [],
        areas: [CoveringArea] = []
    ) -> PlaceFacts {
        PlaceFacts(
            coordinate: try? Coordinate(latitude: 44.13, longitude: -79.2),
            generation: GenerationID(7),
            areas: areas,
            municipality: verdict,
            upperTier: .inside(area("maplewater", layer: .upperTier)),
            roads: roads,
            toleranceMetres: 20
        )
    }

    static func road(
        _ id: String,
        _ name: String,
        _ owner: String,
        _ kind: RoadOwnerKind,
        speed: Int? = 50,
        metres: Double = 4,
        change: RoadOwnerChange? = nil,
        operatorID: String? = nil,
        aliases: [RoadAlias] = [],
        route: String? = nil,
        km: Double? = nil
    ) -> NearbyRoad {
        NearbyRoad(
            id: id,
            name: name,
            owner: owner,
            ownerKind: kind,
            roadClass: "local",
            speedLimit: speed,
            metres: metres,
            alias: aliases.first?.name,
            change: change,
            operatorID: operatorID,
            aliases: aliases,
            route: route,
            km: km
        )
    }

    static func light(
        _ number: String,
        _ owner: String,
        operatorID: String? = nil,
        component: String? = nil,
        from: String? = nil,
        until: String? = nil,
        metres: Double = 5
    ) -> NearbyAsset {
        NearbyAsset(
            id: "light-\(number)",
            kind: .light,
            number: number,
            owner: owner,
            operatorID: operatorID,
            component: component,
            from: from,
            until: until,
            metres: metres
        )
    }

    static let regional = road("rr25-1", "Regional Road 25", "maplewater", .upper)
    static let local = road("bb-mill-service", "Mill Service Road", "brindle-bay", .local, speed: 40, metres: 9)

    static func decide(
        _ part: String,
        _ place: PlaceFacts,
        answers: Answers = Answers(),
        road: String? = nil,
        asset: String? = nil,
        roadName: String? = nil,
        municipality: String? = nil,
        property: String? = nil,
        at instant: Date = noon,
        rung: EvidenceRung = .mapPoint,
        answerBy: CalendarDay? = nil
    ) -> Decision {
        table.decide(
            DecisionQuery(
                place: place,
                part: ServicePart(trusted: part),
                answers: answers,
                chosenRoad: road,
                chosenMunicipality: municipality,
                propertyType: property,
                at: instant,
                rung: rung,
                answerBy: answerBy,
                chosenAsset: asset,
                roadName: roadName
            )
        )
    }
}

extension Lead {
    static func tenant(_ id: String) -> Lead { .tenant(JurisdictionID(trusted: id)) }
    static func partner(_ id: String) -> Lead { .partner(PartnerID(trusted: id)) }
}
