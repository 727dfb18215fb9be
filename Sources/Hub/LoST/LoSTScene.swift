import Domain
import Foundation
import Geo
import Routing

/// Everything one LoST request is answered from, taken once: rules, tree, boundaries, instant.
struct LoSTScene: Sendable {
    let surroundings: Surroundings
    let services: LocationServices
    let rules: RuleSet
    let routing: RoutingTable
    let outlines: AreaOutlines
    let hub: HostedTenant
    let now: Date

    /// Who leads at a place, and on which municipality's ground that is so.
    struct Candidate: Sendable, Hashable {
        let lead: Lead
        /// The municipality whose outline bounds the mapping; nil in a gap between surveys.
        let municipality: CoveringArea?
        /// The place the lead was found at; nil where only the municipality is known.
        let place: Coordinate?
        /// Whether nobody is known for sure and the hub takes it meanwhile.
        var isDefault = false
    }

    func isMember(_ area: CoveringArea) -> Bool { surroundings.directory.isActive(jurisdiction(of: area)) }

    func jurisdiction(of area: CoveringArea) -> JurisdictionID {
        area.jurisdictionID ?? JurisdictionID(trusted: area.id.rawValue)
    }

    /// Facts where nothing but the municipality is known.
    func facts(in municipality: CoveringArea) -> PlaceFacts {
        PlaceFacts(
            coordinate: nil,
            generation: surroundings.geography.generation,
            areas: [municipality],
            municipality: .inside(municipality),
            upperTier: .unknown,
            roads: [],
            toleranceMetres: 0
        )
    }

    /// Who answers for a service at a place, the preferred one first; empty where nobody here does.
    func candidates(_ basis: ServiceNode.Basis, at facts: PlaceFacts) -> [Candidate] {
        switch facts.municipality {
        case .inside, .contested:
            let towns = facts.municipality.covering.filter(isMember)
            var found: [Candidate] = []
            for town in towns {
                for candidate in candidates(basis, at: facts, in: town)
                where !found.contains(where: { $0.lead == candidate.lead }) {
                    found.append(candidate)
                }
            }
            return found
        case .gap(let nearest), .outside(let nearest):
            let isOurs =
                facts.upperTier.covering.contains(where: isMember)
                || (facts.municipality.word == "gap" && nearest.contains { isMember($0.area) })
            guard isOurs else { return [] }
            return betweenSurveys(basis, at: facts)
        case .unknown: return []
        }
    }

    /// The same on the ground of one municipality that covers or may cover the place.
    func candidates(_ basis: ServiceNode.Basis, at facts: PlaceFacts, in town: CoveringArea) -> [Candidate] {
        let leads: [Lead]
        switch basis {
        case .municipality: leads = [.tenant(jurisdiction(of: town))]
        case .hub: leads = [.tenant(hub.id)]
        case .part(let part): leads = self.leads(part, at: facts, in: town)
        }
        guard !leads.isEmpty else {
            return [
                Candidate(lead: .tenant(hub.id), municipality: town, place: facts.coordinate, isDefault: true)
            ]
        }
        return leads.map { Candidate(lead: $0, municipality: town, place: facts.coordinate) }
    }

    /// Leads of a part on the ground of a municipality: one, or each that comes into question when only the road at the place would tell.
    func leads(_ part: ServicePart, at facts: PlaceFacts, in town: CoveringArea) -> [Lead] {
        leads(of: decision(part, at: facts, in: town))
    }

    private func leads(of decision: Decision) -> [Lead] {
        if decision.lead != .undecided { return [decision.lead] }
        guard let question = decision.question, question.kind == .road else { return [] }
        var leads: [Lead] = []
        for choice in question.choices where choice.lead != .undecided && !leads.contains(choice.lead) {
            leads.append(choice.lead)
        }
        return leads
    }

    private func decision(_ part: ServicePart, at facts: PlaceFacts, in town: CoveringArea?) -> Decision {
        routing.decide(
            DecisionQuery(
                place: facts,
                part: part,
                chosenMunicipality: town.map { jurisdiction(of: $0).rawValue },
                at: now,
                rung: .mapPoint
            )
        )
    }

    /// A place no municipality claims: whoever leads on every side of it, else the hub for the time being.
    private func betweenSurveys(_ basis: ServiceNode.Basis, at facts: PlaceFacts) -> [Candidate] {
        if case .hub = basis { return [Candidate(lead: .tenant(hub.id), municipality: nil, place: facts.coordinate)] }
        if case .part(let part) = basis {
            let decision = decision(part, at: facts, in: nil)
            if decision.lead != .undecided {
                return [Candidate(lead: decision.lead, municipality: nil, place: facts.coordinate)]
            }
        }
        return [Candidate(lead: .tenant(hub.id), municipality: nil, place: facts.coordinate, isDefault: true)]
    }
}

extension LoSTScene {
    /// What the lead of a service depends on inside a municipality.
    func dependence(_ basis: ServiceNode.Basis, in municipality: CoveringArea?) -> PlaceDependence? {
        guard case .part(let part) = basis else { return nil }
        return PlaceDependence(part: part, municipality: municipality.map(jurisdiction), rules: rules)
    }

    /// The largest cell of the grid around a place in which every place of the municipality has the same leads.
    func cell(_ part: ServicePart, around place: Coordinate, in town: CoveringArea, _ dependence: PlaceDependence)
        -> MappingCell
    {
        let facts = surroundings.geography.facts(at: place)
        let leads = Set(leads(part, at: facts, in: town))
        let first = dependence.somethingElse ? 7 : 0
        for level in first..<MappingCell.finest {
            let cell = MappingCell(level: level, holding: place)
            if isUniform(cell, part, leads, in: town, reach: facts.toleranceMetres) { return cell }
        }
        return MappingCell(level: MappingCell.finest, holding: place)
    }

    /// Whether a cell given out before still has the same leads everywhere on a municipality's ground.
    func isStillUniform(_ cell: MappingCell, _ part: ServicePart, in town: CoveringArea) -> Bool {
        for place in cell.ownPlaces {
            let facts = surroundings.geography.facts(at: place)
            guard facts.municipality.covering.contains(where: { $0.id == town.id }) else { continue }
            let leads = Set(leads(part, at: facts, in: town))
            return isUniform(cell, part, leads, in: town, reach: facts.toleranceMetres)
        }
        return true
    }

    /// Whether no place of a cell can have other leads, whatever roads reach it.
    ///
    /// Every road within reach of the cell is seen from a lookout. When each of them alone, all together, and none give the same leads, no
    /// subset can give others; when they differ, all must be in reach from everywhere in the cell.
    private func isUniform(
        _ cell: MappingCell,
        _ part: ServicePart,
        _ leads: Set<Lead>,
        in town: CoveringArea,
        reach: Double
    ) -> Bool {
        guard reach > 0 else { return true }
        var roads: [NearbyRoad] = []
        for place in cell.lookouts(reach: reach) {
            for road in surroundings.geography.facts(at: place).roads
            where !roads.contains(where: { $0.isSame(as: road) }) {
                roads.append(road)
            }
        }
        for place in cell.ownPlaces {
            let facts = surroundings.geography.facts(at: place)
            guard facts.municipality.covering.contains(where: { $0.id == town.id }) else { continue }
            guard Set(self.leads(part, at: facts, in: town)) == leads else { return false }
        }
        guard !roads.isEmpty else { return true }
        let variants = [[]] + roads.map { [$0] } + [roads]
        let centre = surroundings.geography.facts(at: cell.centre)
        let agree = variants.allSatisfy { Set(self.leads(part, at: centre.with(roads: $0), in: town)) == leads }
        if agree { return true }
        let halfDiagonal = cell.halfDiagonal
        return roads.count == centre.roads.count
            && roads.allSatisfy { road in
                centre.roads.contains { $0.isSame(as: road) && $0.metres + halfDiagonal <= reach }
            }
    }
}

extension NearbyRoad {
    /// Whether two are one road with one owner, however far off each is.
    fileprivate func isSame(as other: NearbyRoad) -> Bool {
        id == other.id && owner == other.owner && ownerKind == other.ownerKind && roadClass == other.roadClass
            && speedLimit == other.speedLimit && change == other.change
    }
}

extension PlaceFacts {
    /// The same place with other roads near it.
    fileprivate func with(roads: [NearbyRoad]) -> PlaceFacts {
        PlaceFacts(
            coordinate: coordinate,
            address: address,
            generation: generation,
            areas: areas,
            municipality: municipality,
            upperTier: upperTier,
            roads: roads,
            toleranceMetres: toleranceMetres
        )
    }
}
